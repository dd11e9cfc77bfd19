/** Metered usage × list price, allocated as the charges will be, in place of what was estimated for these days. */
import { type Allocate, createAllocate } from '../../analysis/allocate/allocate.ts';
import { createFindPrice, type FindPrice } from '../../analysis/estimate/find-price.ts';
import { priceUsage } from '../../analysis/estimate/price-usage.ts';
import type { Allocation } from '../../core/dimension.ts';
import { attosToMicros } from '../../core/money.ts';
import { type EstimateRow, hasBill, replaceEstimates } from '../../store/estimates.ts';
import type { DaySpan, MeteredRow } from '../../store/metered-usage.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { Context } from '../context.ts';
import { shapeOf } from '../metered-usage/shape.ts';

/** Usage of a source without any bill is billed elsewhere, so that nothing is estimated for it. */
export async function estimateDays(
  tx: StoreTransaction,
  { settings }: Pick<Context, 'settings'>,
  { source, days, usage }: { source: string; days: DaySpan; usage: readonly MeteredRow[] },
): Promise<void> {
  const rows = (await hasBill(tx, source))
    ? toEstimates(usage, createFindPrice(settings.prices), createAllocate(settings))
    : [];
  await replaceEstimates(tx, source, days, rows);
}

/** Rounded to micros once per day, model and allocation. What has no price is in no row. */
export function toEstimates(
  usage: readonly MeteredRow[],
  findPrice: FindPrice,
  allocate: Allocate,
): EstimateRow[] {
  const sums = new Map<string, { row: Omit<EstimateRow, 'micros'>; attos: bigint }>();
  const decided = new Map<string, Allocation>();
  for (const one of usage) {
    const { day, provider, service, model: llmModel } = one;
    const price = findPrice(provider, llmModel, day);
    const attos = price && priceUsage(one, price);
    if (!price || attos === undefined) continue;
    const name = JSON.stringify([provider, service, llmModel, one.tags]);
    const allocation = decided.get(name) ?? allocate(shapeOf(one)).allocation;
    decided.set(name, allocation);
    const row = { day, provider, service, llmModel, allocation, currency: price.currency };
    const key = JSON.stringify(row);
    sums.set(key, { row, attos: (sums.get(key)?.attos ?? 0n) + attos });
  }
  return [...sums.values()].map(({ row, attos }) => ({ ...row, micros: attosToMicros(attos) }));
}
