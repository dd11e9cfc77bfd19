/** Sums what the store holds of a poll's days, as the result shows it. */
import { attosToMicros, microsToDecimal } from '../../core/money.ts';
import type { Store } from '../../store/open.ts';
import { countReconciled, type PolledSum, sumPolled } from '../../store/polled.ts';
import type { PolledAmount, PollResult } from './types.ts';
import type { Window } from './windows.ts';

type Sums = Pick<PollResult, 'totals' | 'byService' | 'byDay' | 'reconciliation'>;

/** Decimal texts to the micro; the dearest service first. */
export async function resultSums(store: Store, source: string, window: Window | null): Promise<Sums> {
  if (!window) return { totals: [], byService: [], byDay: [], reconciliation: { days: 0, ok: true } };
  const sums = await sumPolled(store, source, window.start, window.end);
  const { days, different } = await countReconciled(store, source, window.start, window.end);
  const services = group(sums, ({ service }) => service);
  return {
    totals: group(sums, () => '').map(({ amount }) => amount),
    byService: services
      .sort((a, b) => Number(b.amount.billedCost ?? 0) - Number(a.amount.billedCost ?? 0))
      .map(({ name, amount }) => ({ service: name, ...amount })),
    byDay: group(sums, ({ day }) => day).map(({ name, amount }) => ({ day: name, ...amount })),
    reconciliation: { days, ok: different === 0 },
  };
}

function group(
  sums: readonly PolledSum[],
  nameOf: (sum: PolledSum) => string,
): { name: string; amount: PolledAmount }[] {
  const groups = new Map<
    string,
    { name: string; currency: string; billed: bigint | null; effective: bigint | null }
  >();
  for (const sum of sums) {
    const key = JSON.stringify([nameOf(sum), sum.currency]);
    const before = groups.get(key);
    groups.set(key, {
      name: nameOf(sum),
      currency: sum.currency,
      billed: add(before?.billed ?? null, sum.billed),
      effective: add(before?.effective ?? null, sum.effective),
    });
  }
  return [...groups.values()].map(({ name, currency, billed, effective }) => ({
    name,
    amount: { currency, billedCost: decimal(billed), effectiveCost: decimal(effective) },
  }));
}

function add(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

function decimal(attos: bigint | null): string | null {
  return attos === null ? null : microsToDecimal(attosToMicros(attos));
}
