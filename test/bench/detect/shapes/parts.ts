/** Pieces that several shapes are made of. */
import type { Calendar, Kind, Random, Span } from '../types.ts';

/** Series that run all the time can go wrong in every way. */
export const ALL_KINDS: readonly Kind[] = ['spike', 'step', 'ramp', 'spike', 'runaway', 'rate', 'drop'];

/** For noisy ones: a drop would drown. */
export const UP_KINDS: readonly Kind[] = ['spike', 'step', 'runaway', 'spike', 'ramp', 'rate'];

/** What a scope costs a day, in dollars. */
export function dailyLevel(random: Random): number {
  return random.spread(60, 6000);
}

/** Share of a working day's traffic for each weekday (index 1–7): some products rest at weekends, some do not. */
export function weekRhythm(random: Random, quietest = 0.25): Float64Array {
  const weekend = random.between(quietest, 0.9);
  const tilt = random.between(-0.06, 0.06);
  const shares = [
    1,
    1,
    1 + tilt,
    1 + tilt / 2,
    1,
    1 - Math.abs(tilt),
    weekend,
    weekend * random.between(0.85, 1.1),
  ];
  return Float64Array.from(shares);
}

/** Working-day rhythm at a level: one value per step. */
export function weekly(calendar: Calendar, level: number, rhythm: Float64Array): Float64Array {
  return Float64Array.from(calendar.weekday, (day) => level * (rhythm[day] ?? 1));
}

export function flat(length: number, level: number): Float64Array {
  return new Float64Array(length).fill(level);
}

/** Multiplies each value with a function of its step. */
export function times(values: Float64Array, factor: (index: number) => number): Float64Array {
  return values.map((value, index) => value * factor(index));
}

export function plus(values: Float64Array, more: Float64Array): Float64Array {
  return values.map((value, index) => value + (more[index] ?? 0));
}

/**
 * Everything up to the `seen`-th burst: somebody who has not seen a series burst yet may be surprised by it, and an
 * alarm is as right as none.
 */
export function untilSeen(bursts: Float64Array, seen: number): Span[] {
  let count = 0;
  for (let index = 0; index < bursts.length; index++) {
    const begins = (bursts[index] ?? 0) > 0 && !((bursts[index - 1] ?? 0) > 0);
    if (begins) count += 1;
    const ends = (bursts[index] ?? 0) > 0 && !((bursts[index + 1] ?? 0) > 0);
    if (ends && count >= seen) return index > 0 ? [{ first: 0, last: index }] : [];
  }
  return [{ first: 0, last: bursts.length - 1 }];
}
