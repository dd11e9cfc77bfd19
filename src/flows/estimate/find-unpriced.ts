/** Which used language models have no price, so that an estimate can say what it lacks. */
import { createAllocate } from '../../analysis/allocate/allocate.ts';
import { createFindPrice } from '../../analysis/estimate/find-price.ts';
import { priceUsage } from '../../analysis/estimate/price-usage.ts';
import type { Day } from '../../core/day.ts';
import { DIMENSIONS } from '../../core/dimension.ts';
import type { EstimateFilter } from '../../store/estimates.ts';
import { type DaySpan, type MeterKind, openMeterKinds, tagsOfMeter } from '../../store/metered-usage.ts';
import type { Context } from '../context.ts';
import { shapeOf } from '../metered-usage/shape.ts';

export interface Unpriced {
  readonly day: Day;
  /** "gpt-9", "gpt-4o (priority)" where only the tier has no price. */
  readonly model: string;
}

/** Usage on incomplete days within the filter that no price covers, each model and day once. */
export async function findUnpriced(
  { store, settings }: Pick<Context, 'store' | 'settings'>,
  { filter, ...days }: DaySpan & { readonly filter: EstimateFilter },
): Promise<Unpriced[]> {
  const findPrice = createFindPrice(settings.prices);
  const allocate = createAllocate(settings);
  const found = new Map<string, Unpriced>();
  for (const kind of await openMeterKinds(store, days)) {
    const price = findPrice(kind.provider, kind.model, kind.day);
    if (price && priceUsage({ ...kind, quantity: 1n }, price) !== undefined) continue;
    const name = kind.model === '' ? '(no model named)' : kind.model;
    const unpriced = { day: kind.day, model: price ? `${name} (${kind.tier})` : name };
    const key = JSON.stringify(unpriced);
    if (found.has(key)) continue;
    const isAsked = async () =>
      (await tagsOfMeter(store, kind)).some((tags) => {
        const { allocation } = allocate(shapeOf({ ...kind, tags }));
        return DIMENSIONS.every(
          (dimension) => !(dimension in filter) || (allocation[dimension] ?? null) === filter[dimension],
        );
      });
    if (sameColumns(kind, filter) && (await isAsked())) found.set(key, unpriced);
  }
  return [...found.values()];
}

function sameColumns(kind: MeterKind, filter: EstimateFilter): boolean {
  return (['provider', 'service'] as const).every(
    (column) => filter[column] === undefined || filter[column] === kind[column],
  );
}
