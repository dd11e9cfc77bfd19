/** The days to come of what a budget counts: the one place that asks the forecast engine. */
import { addDays, type Day, daysBetween, eachDay, earlier } from '../../core/day.ts';
import { OUTLOOK_DAYS, type OutlookInput, outlookOf } from '../forecast/outlook.ts';

/** Sum of the days from the first one asked for to one of them, micros; four times out of five it lies between both ends. */
export interface SumAhead {
  readonly mean: bigint;
  readonly lower: bigint;
  readonly upper: bigint;
}

const WEEK = 7;

/**
 * Sums of the days from `first` to each day up to `last`, both after the last complete one, each with its own 80 % band
 * (bands of sums are not sums of bands). Beyond the 92 days of an outlook its last week is repeated, and the band goes
 * on widening as it did. Undefined where an outlook cannot be made: fewer than 14 known days.
 */
export function foresee(input: OutlookInput, first: Day, last: Day): SumAhead[] | undefined {
  const outlook = outlookOf(input);
  if (!outlook) return undefined;
  const edge = addDays(outlook.until, OUTLOOK_DAYS);
  const sums = eachDay(first, earlier(last, edge)).map((day): SumAhead => {
    const { mean, bands } = outlook.sum(first, day);
    return { mean, lower: bands['80'].low, upper: bands['80'].high };
  });
  const farthest = sums.at(-1);
  if (!farthest || last <= edge) return sums;
  const near = BigInt(sums.length);
  const week = outlook.days.slice(-WEEK);
  for (const day of eachDay(addDays(edge, 1), last)) {
    const step = daysBetween(edge, day);
    const daily = week[(step - 1) % WEEK]?.mean ?? 0n;
    const mean = (sums.at(-1)?.mean ?? 0n) + daily;
    const wider = (distance: bigint) => (distance * BigInt(sums.length + 1)) / near;
    sums.push({
      mean,
      lower: mean - wider(farthest.mean - farthest.lower),
      upper: mean + wider(farthest.upper - farthest.mean),
    });
  }
  return sums;
}
