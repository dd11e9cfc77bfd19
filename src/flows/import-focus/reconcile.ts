/** Makes source-days add up to the micro, and proves it. */

import type { Day } from '../../core/day.ts';
import { BASES } from '../../core/dimension.ts';
import { AppError } from '../../core/errors.ts';
import { microsToDecimal } from '../../core/money.ts';
import { exactDays } from '../../store/bills.ts';
import { type FactSum, nudgeFact, sumDailyCost, sumFacts } from '../../store/facts.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { type ReconciliationRow, saveReconciliations } from '../../store/reconciliations.ts';
import { dayKey, type ExactDay, sumDays, toMicros } from './sums.ts';
import type { ReconciliationDifference } from './types.ts';

/** What the bills say of some days, and what the facts hold, per day and currency. */
export interface SettledDays {
  readonly exact: ReadonlyMap<string, ExactDay>;
  readonly facts: ReadonlyMap<string, FactSum['micros']>;
}

/**
 * Corrects facts that stay when a bill beside them went and took its rounding with it: at most a few micros per
 * source-day. Throws INTERNAL when the facts are off by more than rounding can explain.
 */
export async function settleDays(
  tx: StoreTransaction,
  source: string,
  days: readonly Day[],
): Promise<SettledDays> {
  const exact = sumDays(await exactDays(tx, source, days));
  const facts = byKey(await sumFacts(tx, source, days));
  let nudged = false;
  for (const [key, { day, currency, exact: wanted }] of exact)
    for (const basis of BASES) {
      const held = facts.get(key)?.[basis] ?? null;
      const off = toMicros(wanted[basis]) - (held ?? 0n);
      if (off === 0n) continue;
      if (held === null || off > MOST_ROUNDING || off < -MOST_ROUNDING)
        throw new AppError(
          'INTERNAL',
          `The facts of ${source} on ${day} differ from its bills by ${microsToDecimal(off)} ${currency}. Nothing was imported.`,
        );
      await nudgeFact(tx, { source, day, currency, basis }, off);
      nudged = true;
    }
  return { exact, facts: nudged ? byKey(await sumFacts(tx, source, days)) : facts };
}

const MOST_ROUNDING = 10_000n;

/** Compares bill, facts and allocated costs of these days, and records it. Throws INTERNAL when bill and facts differ. */
export async function reconcileDays(
  tx: StoreTransaction,
  source: string,
  days: readonly Day[],
  { exact, facts }: SettledDays,
  now: number,
): Promise<{ days: number; differences: ReconciliationDifference[] }> {
  const daily = byKey(await sumDailyCost(tx, source, days));
  const rows = [...exact].map(([key, { day, currency, exact: bill }]): ReconciliationRow => {
    const [held, allocated] = [facts.get(key), daily.get(key)];
    const factsOk =
      toMicros(bill.billed) === (held?.billed ?? 0n) && toMicros(bill.effective) === (held?.effective ?? 0n);
    if (!factsOk)
      throw new AppError(
        'INTERNAL',
        `The facts of ${source} on ${day} do not add up to its bills. Nothing was imported.`,
      );
    const ok = held?.billed === allocated?.billed && held?.effective === allocated?.effective;
    return {
      day,
      currency,
      billedExact: bill.billed,
      effectiveExact: bill.effective,
      billedFacts: held?.billed ?? null,
      effectiveFacts: held?.effective ?? null,
      billedDaily: allocated?.billed ?? null,
      effectiveDaily: allocated?.effective ?? null,
      ok,
    };
  });
  await saveReconciliations(tx, source, days, rows, new Date(now));
  return { days: new Set(rows.map((row) => row.day)).size, differences: rows.flatMap(differencesOf) };
}

function byKey(sums: readonly FactSum[]): Map<string, FactSum['micros']> {
  return new Map(sums.map((sum) => [dayKey(sum), sum.micros]));
}

function differencesOf(row: ReconciliationRow): ReconciliationDifference[] {
  const { day, currency } = row;
  const all = [
    { basis: 'BilledCost' as const, bill: row.billedExact, facts: row.billedFacts, daily: row.billedDaily },
    {
      basis: 'EffectiveCost' as const,
      bill: row.effectiveExact,
      facts: row.effectiveFacts,
      daily: row.effectiveDaily,
    },
  ];
  const text = (micros: bigint | null) => (micros === null ? null : microsToDecimal(micros));
  return all
    .filter(({ facts, daily }) => facts !== daily)
    .map(({ basis, bill, facts, daily }) => ({
      day,
      currency,
      basis,
      bill,
      facts: text(facts),
      daily: text(daily),
    }));
}
