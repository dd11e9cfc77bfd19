/** Long gaps, shortened where a file has so long ones that they would fill the memory. */
import { type Grain, STEPS_A_WEEK } from '../../core/series.ts';

/** More slots than this are not laid out; 20,000 rows need a few more than that many. */
const MOST_SLOTS = 1_000_000;
/** What is left of a long gap: longer than any detector remembers steps. */
const WEEKS_LEFT = 13;

/**
 * Slot numbers from 0, given numbers on the grid in order. `base` is the number of slot 0 on the grid, a whole step
 * of the grain. In a file with gaps of years (or one stray time in 1970) long gaps are shortened by whole weeks, so
 * that weekdays stay where they are, and the newest rows keep their date.
 */
export function squeeze(
  numbers: Float64Array,
  lanes: number,
  grain: Grain,
): { readonly base: number; readonly kept: Int32Array } {
  const last = numbers.at(-1) ?? 0;
  const week = STEPS_A_WEEK[grain] * lanes;
  const whole = (number: number): number => Math.floor(number / lanes) * lanes;
  const span = last - whole(numbers[0] ?? 0);
  const left =
    span > MOST_SLOTS
      ? Math.max(week, Math.min(WEEKS_LEFT * week, week * Math.floor(MOST_SLOTS / 20 / week)))
      : span;
  const kept = new Int32Array(numbers.length);
  let removed = 0;
  let cut = 0;
  for (let index = numbers.length - 1; index > 0; index--) {
    const gap = (numbers[index] ?? 0) - (numbers[index - 1] ?? 0);
    if (gap > left + week) removed += Math.floor((gap - left) / week) * week;
  }
  const base = whole((numbers[0] ?? 0) + removed);
  for (let index = 0; index < numbers.length; index++) {
    const gap = index === 0 ? 0 : (numbers[index] ?? 0) - (numbers[index - 1] ?? 0);
    if (gap > left + week) cut += Math.floor((gap - left) / week) * week;
    kept[index] = (numbers[index] ?? 0) + removed - cut - base;
  }
  return { base, kept };
}
