/** The change of a cost split into how much was used, at which price, in which mix. */
import type { PriceVolumeMix } from '../../core/anomaly.ts';
import { divideRounded } from '../../core/money.ts';
import type { UnitMetric } from '../../core/usage.ts';

/** One kind of what is bought: a language model's input tokens, an instance type's hours. */
export interface MixPart {
  readonly key: string;
  /** Micro-units a day, usually and during; not negative. */
  readonly quantityBefore: bigint;
  readonly quantityDuring: bigint;
  /** Micros a day. */
  readonly costBefore: bigint;
  readonly costDuring: bigint;
}

/**
 * Bennet's indicators (T. L. Bennet, "The Theory of Measurement of Changes in Cost of Living", Journal of the Royal
 * Statistical Society 83(3), 1920; W. E. Diewert, "Index Number Theory Using Differences Rather Than Ratios", American
 * Journal of Economics and Sociology 64(1), 2005), with the quantity effect divided into volume and mix. Of kinds i with
 * quantities q, prices p = cost ÷ q, before (0) and during (1), Q = Σq, P = Σcost ÷ Q:
 *
 * - price  = Σ ½ (q0 + q1) (p1 − p0), over kinds bought on both sides: the others have no price to compare
 * - volume = ½ (P0 + P1) (Q1 − Q0)
 * - mix    = the change − price − volume: other kinds in place of the ones before
 *
 * The three add up to the change exactly. Undefined when nothing was bought on one side: then there is no price.
 *
 * Example: 100 units at 1 become 150 at 1.20: volume 55 (50 × 1.10), price 25 (125 × 0.20), mix 0; 80 in all.
 */
export function priceVolumeMix(metric: UnitMetric, parts: readonly MixPart[]): PriceVolumeMix | undefined {
  const q0 = sum(parts.map(({ quantityBefore }) => quantityBefore));
  const q1 = sum(parts.map(({ quantityDuring }) => quantityDuring));
  if (q0 <= 0n || q1 <= 0n) return undefined;
  const c0 = sum(parts.map(({ costBefore }) => costBefore));
  const c1 = sum(parts.map(({ costDuring }) => costDuring));
  const volumeMicros = divideRounded((q1 - q0) * (c0 * q1 + c1 * q0), 2n * q0 * q1);
  const matched = parts.filter((part) => part.quantityBefore > 0n && part.quantityDuring > 0n);
  // One kind alone has no mix: what rounding leaves over is price.
  const alone = parts.filter((part) => part.quantityBefore > 0n || part.quantityDuring > 0n).length === 1;
  const priceMicros = alone ? c1 - c0 - volumeMicros : sum(matched.map(priceEffect));
  const priceRatio = priceIndex(matched);
  const average = c0 > 0n ? ratio(c1 * q0, c0 * q1) : null;
  return {
    metric,
    volumeMicros,
    priceMicros,
    mixMicros: c1 - c0 - volumeMicros - priceMicros,
    volumeRatio: ratio(q1, q0),
    priceRatio,
    mixRatio: average === null ? null : (1 + average) / (1 + (priceRatio ?? 0)) - 1,
  };
}

function priceEffect({ quantityBefore: q0, quantityDuring: q1, costBefore, costDuring }: MixPart): bigint {
  return divideRounded((q0 + q1) * (costDuring * q0 - costBefore * q1), 2n * q0 * q1);
}

/** Σ p1 (q0 + q1) ÷ Σ p0 (q0 + q1) − 1 (Marshall–Edgeworth), over kinds bought on both sides. */
function priceIndex(matched: readonly MixPart[]): number | null {
  let now = 0;
  let before = 0;
  for (const { quantityBefore: q0, quantityDuring: q1, costBefore, costDuring } of matched) {
    const quantity = Number(q0 + q1);
    now += (Number(costDuring) / Number(q1)) * quantity;
    before += (Number(costBefore) / Number(q0)) * quantity;
  }
  return before > 0 ? now / before - 1 : null;
}

function ratio(now: bigint, before: bigint): number {
  return Number(now) / Number(before) - 1;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
