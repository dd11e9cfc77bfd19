/** Decides what becomes of each bill when a live source delivers some days anew: those days give way, others stay. */
import { addDays, type Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { StagedBill } from '../../sources/types.ts';
import type { BillPart, StoredBill } from '../../store/bills.ts';
import type { BillPlan } from './plan.ts';

export interface Days {
  readonly start: Day;
  readonly end: Day;
}

/** A stored bill that had some of the days and is not delivered any more: it loses them. */
export interface LostBill {
  readonly stored: StoredBill;
  readonly replaced: readonly BillPart[];
  /** What it keeps; nothing: the bill goes. */
  readonly parts: readonly BillPart[];
}

/**
 * `stored` are all bills of the source that have some of the days, and those of the staged accounts. A staged bill
 * whose stored part of these days has the same content is unchanged. Throws UPSTREAM for charges outside the days.
 */
export function planDays(
  staged: readonly StagedBill[],
  stored: readonly StoredBill[],
  days: Days,
): { readonly plans: readonly BillPlan[]; readonly lost: readonly LostBill[] } {
  const plans = staged.map((bill, index): BillPlan => {
    if (bill.firstDay < days.start || bill.lastDay > days.end)
      throw new AppError(
        'UPSTREAM',
        `Charges of ${bill.firstDay < days.start ? bill.firstDay : bill.lastDay} came when ${days.start} to ${days.end} was asked for. Nothing was changed.`,
      );
    const known = stored.find((one) => one.account === bill.account && one.periodStart === bill.periodStart);
    const own: BillPart = { digests: [bill.digest], firstDay: bill.firstDay, lastDay: bill.lastDay };
    const within = known ? known.parts.filter((part) => touches(part, days)) : [];
    const [only] = within;
    const same = within.length === 1 && only?.digests.length === 1 && only.digests[0] === bill.digest;
    if (known && same)
      return { index, bill, stored: known, outcome: 'unchanged', replaced: [], parts: known.parts };
    const kept = known ? without(known.parts, days) : [];
    const parts = [...kept, own].sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
    return {
      index,
      bill,
      stored: known,
      outcome: known ? 'replaced' : 'new',
      replaced: known ? [whole(days)] : [],
      parts,
    };
  });
  const lost = stored
    .filter((bill) => bill.parts.some((part) => touches(part, days)))
    .filter((bill) => !plans.some((plan) => plan.stored?.id === bill.id))
    .map((bill) => ({ stored: bill, replaced: [whole(days)], parts: without(bill.parts, days) }));
  return { plans, lost };
}

function touches(part: BillPart, days: Days): boolean {
  return part.firstDay <= days.end && days.start <= part.lastDay;
}

/** The parts without these days; what is left of a cut one has no digest of its own. */
function without(parts: readonly BillPart[], days: Days): BillPart[] {
  return parts.flatMap((part) => {
    if (!touches(part, days)) return [part];
    return [
      ...(part.firstDay < days.start
        ? [{ digests: [], firstDay: part.firstDay, lastDay: addDays(days.start, -1) }]
        : []),
      ...(part.lastDay > days.end
        ? [{ digests: [], firstDay: addDays(days.end, 1), lastDay: part.lastDay }]
        : []),
    ];
  });
}

function whole(days: Days): BillPart {
  return { digests: [], firstDay: days.start, lastDay: days.end };
}
