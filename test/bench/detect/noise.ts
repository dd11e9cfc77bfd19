/** Noise that a bill is multiplied with: mean one, never negative. */
import type { Random } from './types.ts';

export interface Noise {
  readonly factors: Float64Array;
  /** A third of what it reaches once in 200 steps, as a share: (99.5 % quantile − 1) / 2.576. */
  readonly reach: number;
}

export interface NoiseRequest {
  readonly random: Random;
  readonly length: number;
  /** Standard deviation as a share of the level: 0.02–0.4. */
  readonly share: number;
  /** Share of yesterday's deviation that is still there today. */
  readonly memory?: number;
}

/** 99.5 % of a normal distribution lie below it. */
const REACH = 2.576;

/**
 * Log-normal, so that a noise of 40 % never makes a negative bill; optionally with memory (AR(1)); what stays
 * for days looks like an incident for longer, so its reach counts for more.
 */
export function noise({ random, length, share, memory = 0 }: NoiseRequest): Noise {
  const sigma = Math.sqrt(Math.log(1 + share ** 2));
  const fresh = Math.sqrt(1 - memory ** 2);
  let deviation = random.normal();
  const factors = Float64Array.from({ length }, () => {
    deviation = memory * deviation + fresh * random.normal();
    return Math.exp(sigma * deviation - sigma ** 2 / 2);
  });
  const reach = ((Math.exp(REACH * sigma - sigma ** 2 / 2) - 1) / REACH) * (1 + memory / 2);
  return { factors, reach };
}

/**
 * Student's t with 4 degrees of freedom: quiet most of the time, then far off; 99.5 % lie below 4.604. Cut at 5: what
 * is further off in a bill has a reason that somebody wants to know, so it would have to be labelled.
 */
export function jumpyNoise({ random, length, share }: NoiseRequest): Noise {
  const factors = Float64Array.from({ length }, () => {
    let squares = 0;
    for (let degree = 0; degree < 4; degree++) squares += random.normal() ** 2;
    const t = Math.min(5, random.normal() / Math.sqrt(squares / 4));
    return Math.max(0.05, 1 + (share * t) / Math.SQRT2);
  });
  return { factors, reach: ((4.604 / Math.SQRT2) * share) / REACH };
}
