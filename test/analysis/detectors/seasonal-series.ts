/** Series for the tests of the seasonal detector, drawn from a seed. */
import { DEFAULT_GATES, decide } from '../../../src/analysis/detectors/decide.ts';
import { seasonal } from '../../../src/analysis/detectors/seasonal.ts';
import type { Direction, Hints, Judgement } from '../../../src/analysis/detectors/types.ts';
import type { Grain, Series } from '../../../src/core/series.ts';

/** 2026-01-05 is a Monday. */
export const MONDAY = '2026-01-05';

export interface Dice {
  /** Evenly from 0 to 1. */
  chance(): number;
  /** Standard normal. */
  normal(): number;
}

/** Random numbers that are the same for the same seed (mulberry32; Box & Muller for the normal ones). */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const chance = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance,
    normal: () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance()),
  };
}

/** A row of values, each from its index. */
export function row(length: number, valueAt: (index: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, index) => valueAt(index));
}

/** Weekdays at 100, weekends at 60, with noise of 5 %. */
export function office(length: number, seed: number): Float64Array {
  const { normal } = dice(seed);
  return row(length, (index) => (index % 7 < 5 ? 100 : 60) * (1 + 0.05 * normal()));
}

export function judged(values: Float64Array, hints?: Hints, grain: Grain = 'day'): Judgement {
  return seasonal.judge(seriesOf(values, grain), seasonal.params.parse({}), hints);
}

/** Indexes of the alarms that the default gates let through. */
export function alarms(
  values: Float64Array,
  options: { readonly direction?: Direction; readonly hints?: Hints; readonly grain?: Grain } = {},
): number[] {
  const { direction = 'up', hints, grain = 'day' } = options;
  const { anomalous } = decide(seriesOf(values, grain), judged(values, hints, grain), {
    ...DEFAULT_GATES[grain],
    direction,
  });
  return [...anomalous.keys()].filter((index) => anomalous[index] === 1);
}

/** How many incidents those alarms are: pauses of a step do not end one. */
export function incidents(steps: readonly number[]): number {
  return steps.filter((step, index) => index === 0 || step - (steps[index - 1] ?? 0) > 2).length;
}

function seriesOf(values: Float64Array, grain: Grain): Series {
  return { grain, start: grain === 'day' ? MONDAY : `${MONDAY}T00`, values };
}
