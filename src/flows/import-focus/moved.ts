/** Says what a corrected bill changes: days before and after. */
import type { StagedBill } from '../../sources/types.ts';
import type { BillDayRow } from '../../store/bills.ts';
import type { Restated } from '../../store/polled.ts';
import { dayKey } from './sums.ts';
import type { MovedDay } from './types.ts';

/** Days whose BilledCost or EffectiveCost differs, in order; null on the side that does not have the day. */
export function movedDays(
  bill: Pick<StagedBill, 'account' | 'periodStart' | 'days'>,
  before: readonly BillDayRow[],
): MovedDay[] {
  const [old, now] = [before, bill.days].map((rows) => new Map(rows.map((row) => [dayKey(row), row])));
  const keys = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  return keys.flatMap((key) => {
    const [was, is] = [old?.get(key), now?.get(key)];
    const row = was ?? is;
    const billedCost = { before: was?.exact.billed ?? null, after: is?.exact.billed ?? null };
    const effectiveCost = { before: was?.exact.effective ?? null, after: is?.exact.effective ?? null };
    if (
      !row ||
      (was && is && billedCost.before === billedCost.after && effectiveCost.before === effectiveCost.after)
    )
      return [];
    const { account: billingAccountId, periodStart: billingPeriodStart } = bill;
    return [
      {
        billingAccountId,
        billingPeriodStart,
        day: row.day,
        currency: row.currency,
        billedCost,
        effectiveCost,
      },
    ];
  });
}

/** A warning when stored days are missing from the bill that replaces them. */
export function vanishedDays(bill: StagedBill, before: readonly BillDayRow[]): string[] {
  const now = new Set(bill.days.map((row) => row.day));
  const gone = [...new Set(before.map((row) => row.day))].filter((day) => !now.has(day)).sort();
  if (gone.length === 0) return [];
  const span = gone.length === 1 ? `${gone[0]}` : `${gone[0]} to ${gone.at(-1)}`;
  return [
    `The bill of account ${bill.account} for ${bill.periodStart.slice(0, 7)} no longer has ${gone.length === 1 ? 'a day' : `${gone.length} days`} that it had (${span}). If this file is only a part of that bill, import the whole again, or add parts with --add.`,
  ];
}

/** A bill that loses more than this share of its rows is rather a part of a bill than a correction. */
const SUSPICIOUS_LOSS = 0.25;

/** A warning when the bill that replaces another has far fewer rows. */
export function shrunkBill(bill: StagedBill, before: readonly BillDayRow[]): string[] {
  const [was, is] = [before, bill.days].map((days) => days.reduce((sum, { rows }) => sum + rows, 0));
  if (was === undefined || is === undefined || is >= was * (1 - SUSPICIOUS_LOSS)) return [];
  return [
    `The bill of account ${bill.account} for ${bill.periodStart.slice(0, 7)} had ${was.toLocaleString('en-US')} rows and now has ${is.toLocaleString('en-US')}: it was replaced. If this file is only a part of that bill, import the whole again in one command, or add parts with --add.`,
  ];
}

/** As it is kept. */
export function toRestated(day: MovedDay): Restated {
  return {
    billingAccount: day.billingAccountId,
    day: day.day,
    currency: day.currency,
    billedBefore: day.billedCost.before,
    billedAfter: day.billedCost.after,
    effectiveBefore: day.effectiveCost.before,
    effectiveAfter: day.effectiveCost.after,
  };
}
