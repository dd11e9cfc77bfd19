/** Reads all that a source yields for a window, for tests. */
import { addDecimals } from '../../../src/core/decimal.ts';
import type {
  AnySource,
  Charge,
  ChargeBatch,
  FetchRequest,
  MeteredUsage,
} from '../../../src/sources/types.ts';
import type { TruthCharge } from './truth.ts';

export interface CollectedBatch {
  readonly days: ChargeBatch['days'];
  readonly charges: readonly Charge[];
  /** undefined when the batch says nothing about usage. */
  readonly usage: readonly MeteredUsage[] | undefined;
  readonly warnings: readonly string[];
  readonly lateWarnings: readonly string[];
}

/** Every batch in the order it came. */
export async function collect(
  source: AnySource,
  settings: unknown,
  request: FetchRequest,
): Promise<CollectedBatch[]> {
  const batches: CollectedBatch[] = [];
  for await (const batch of source.fetch(settings, request)) {
    if (batch.kind !== 'charges') throw new Error('These are files.');
    const charges: Charge[] = [];
    for await (const some of batch.charges) charges.push(...some);
    batches.push({
      days: batch.days,
      charges,
      usage: batch.usage?.(),
      warnings: batch.warnings ?? [],
      lateWarnings: batch.lateWarnings?.() ?? [],
    });
  }
  return batches;
}

/** Exact sums per day and currency. */
export function totals(
  rows: readonly { readonly day: string; readonly currency: string; readonly amount: string | null }[],
): Record<string, string | null> {
  const sums: Record<string, string | null> = {};
  for (const { day, currency, amount } of rows) {
    const key = `${day} ${currency}`;
    sums[key] = addDecimals(sums[key] ?? null, amount);
  }
  return sums;
}

export function chargeTotals(
  charges: readonly Charge[],
  column: 'BilledCost' | 'EffectiveCost' = 'BilledCost',
) {
  return totals(
    charges.map((charge) => ({
      day: charge.ChargePeriodStart,
      currency: charge.BillingCurrency,
      amount: charge[column],
    })),
  );
}

export function truthTotals(charges: readonly TruthCharge[]) {
  return totals(charges);
}

/** Quantity per meter of what passes. */
export function meterTotals(
  usage: readonly MeteredUsage[],
  keep: (one: MeteredUsage) => boolean = () => true,
): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const one of usage.filter(keep)) sums[one.meter] = (sums[one.meter] ?? 0n) + one.quantity;
  return sums;
}
