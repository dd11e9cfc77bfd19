/** Allocates the hours of a batch by the same rules as its days. */
import { createAllocate } from '../../analysis/allocate/allocate.ts';
import { DIMENSIONS } from '../../core/dimension.ts';
import { divideRounded, parseDecimal, rescale } from '../../core/money.ts';
import type { Settings } from '../../core/settings.ts';
import type { HourCharge } from '../../sources/types.ts';
import type { HourlyCostRow } from '../../store/hourly-costs.ts';

/** 10^-18, as fine as bills are kept. */
const SCALE = 18;

/** One row per hour and combination, each rounded to micros once: an hour is a detail, the day is exact. */
export function allocateHours(settings: Settings, hours: readonly HourCharge[]): HourlyCostRow[] {
  const allocate = createAllocate(settings);
  const sums = new Map<string, { row: HourlyCostRow; billed: bigint | null; effective: bigint | null }>();
  for (const charge of hours) {
    const { allocation } = allocate({ columns: charge, tags: charge.Tags });
    const row: HourlyCostRow = {
      hour: charge.hour,
      allocation,
      provider: charge.ProviderName,
      service: charge.ServiceName,
      ...(charge.RegionId && { region: charge.RegionId }),
      ...(charge.SubAccountId && { account: charge.SubAccountId }),
      category: charge.ChargeCategory,
      currency: charge.BillingCurrency,
      billedMicros: null,
      effectiveMicros: null,
    };
    const dimensions = DIMENSIONS.map((dimension) => allocation[dimension] ?? null);
    const key = JSON.stringify([
      row.hour,
      dimensions,
      row.provider,
      row.service,
      row.region,
      row.account,
      row.category,
      row.currency,
    ]);
    const sum = sums.get(key) ?? { row, billed: null, effective: null };
    sums.set(key, {
      row,
      billed: add(sum.billed, charge.BilledCost),
      effective: add(sum.effective, charge.EffectiveCost),
    });
  }
  return [...sums.values()].map(({ row, billed, effective }) => ({
    ...row,
    billedMicros: micros(billed),
    effectiveMicros: micros(effective),
  }));
}

function add(sum: bigint | null, text: string | null): bigint | null {
  if (text === null) return sum;
  const { digits, scale } = parseDecimal(text);
  return (sum ?? 0n) + rescale(digits, scale, SCALE);
}

function micros(attos: bigint | null): bigint | null {
  return attos === null ? null : divideRounded(attos, 10n ** BigInt(SCALE - 6));
}
