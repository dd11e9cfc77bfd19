/** What usage after the last complete day of its source will probably cost, for an answer's small print. */
import type { Convert } from '../../analysis/convert.ts';
import { sumKnown } from '../../analysis/tabulate.ts';
import type { AnswerEstimate } from '../../core/answer.ts';
import type { Day } from '../../core/day.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import { type EstimateFilter, type OpenEstimate, readOpenEstimates } from '../../store/estimates.ts';
import type { Context } from '../context.ts';
import { findUnpriced } from './find-unpriced.ts';

/**
 * Estimates of the days from start to end that are not complete, in the answer's currency; of each, only what goes
 * beyond the cost that has arrived. Undefined when there is nothing to estimate, or the question is about what usage
 * does not say (region, account, charge category).
 */
export async function openEstimate(
  context: Context,
  query: {
    readonly filter: CostFilter;
    readonly start: Day;
    readonly end: Day;
    readonly currency: string;
    readonly convert: Convert;
  },
): Promise<AnswerEstimate | undefined> {
  const { filter, start, end, currency, convert } = query;
  if (!isAboutUsage(filter)) return undefined;
  const days = { start, end };
  const [estimates, unpriced] = await Promise.all([
    readOpenEstimates(context.store, { ...days, filter }),
    findUnpriced(context, { ...days, filter }),
  ]);
  const more = estimates.flatMap((estimate) => {
    const micros = beyondArrived(estimate);
    return micros > 0n ? [{ ...estimate, micros }] : [];
  });
  const known = [...new Set([...more, ...unpriced].map(({ day }) => day))].sort();
  const [from, to] = [known[0], known.at(-1)];
  if (!from || !to) return undefined;
  const unconverted = new Map<string, bigint>();
  const amounts = more.map(({ micros, currency: own, day }) => {
    const converted = convert(micros, own, currency, day);
    if (converted === undefined) unconverted.set(own, (unconverted.get(own) ?? 0n) + micros);
    return converted ?? null;
  });
  return {
    amount: sumKnown(amounts),
    currency,
    from,
    to,
    unpriced: [...new Set(unpriced.map(({ model }) => model))].sort(),
    unconverted: [...unconverted].map(([own, micros]) => ({ currency: own, micros })),
  };
}

function isAboutUsage(filter: CostFilter): filter is EstimateFilter {
  return !('region' in filter || 'account' in filter || 'category' in filter);
}

/** Zero when nearly all of it has arrived: a difference of a tenth is what estimates are off by anyway. */
function beyondArrived({ estimatedMicros, arrivedMicros }: OpenEstimate): bigint {
  const arrived = arrivedMicros ?? 0n;
  return arrived * 10n >= estimatedMicros * 9n ? 0n : estimatedMicros - arrived;
}
