/** How much money goes wrong: in parts of the series' own noise and of its own level. */
import type { Grain } from '../../../src/core/series.ts';
import type { Effort, Kind, Random } from './types.ts';

interface Magnitude {
  /** In units of the noise (its standard deviation, were it normal). */
  readonly noise: readonly [number, number];
  /** At least this share of the level, however quiet the series is: less is nothing to be told of. */
  readonly share: number;
}

/** One step, or three at most: it must stand out at once. */
const SHORT: Readonly<Record<Effort, Magnitude>> = {
  clear: { noise: [10, 20], share: 1 },
  medium: { noise: [6, 9], share: 0.5 },
  hard: { noise: [4, 5.5], share: 0.3 },
};

/** It stays: somebody who looks for some days sees less of it too. */
const LASTING: Readonly<Record<Effort, Magnitude>> = {
  clear: { noise: [7, 14], share: 0.8 },
  medium: { noise: [4.5, 6], share: 0.4 },
  hard: { noise: [2.8, 3.8], share: 0.25 },
};

/** Rises slowly, to this much at its top. */
const RISING: Readonly<Record<Effort, Magnitude>> = {
  clear: { noise: [10, 16], share: 1.2 },
  medium: { noise: [6, 9], share: 0.8 },
  hard: { noise: [4.5, 5.5], share: 0.5 },
};

const MAGNITUDES: Readonly<Record<Kind, Readonly<Record<Effort, Magnitude>>>> = {
  spike: SHORT,
  step: LASTING,
  ramp: RISING,
  runaway: LASTING,
  rate: LASTING,
  drop: LASTING,
};

/** Nobody is called for less than this per step, in dollars. */
export const WORTH_A_CALL: Readonly<Record<Grain, number>> = { day: 30, hour: 4 };

export interface AmountRequest {
  readonly random: Random;
  readonly grain: Grain;
  readonly kind: Kind;
  readonly effort: Effort;
  /** What the series costs a step these weeks. */
  readonly level: number;
  /** One unit of its noise, as money. */
  readonly deviation: number;
}

/** The money per step of an incident at its height. */
export function amountOf({ random, grain, kind, effort, level, deviation }: AmountRequest): number {
  const { noise, share } = MAGNITUDES[kind][effort];
  const floor = share * level * random.between(1, 1.3);
  return Math.max(random.between(...noise) * deviation, floor, WORTH_A_CALL[grain]);
}

/** What a burst that does not end costs, in parts of a usual burst. */
export const BURST_SHARE: Readonly<Record<Effort, readonly [number, number]>> = {
  clear: [1.3, 2],
  medium: [0.9, 1.1],
  hard: [0.6, 0.8],
};
