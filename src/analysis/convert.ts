/** Currency conversion through dated rates. An amount without a rate stays unknown; it is never dropped silently. */
import type { Day } from '../core/day.ts';
import { divideRounded, parseDecimal } from '../core/money.ts';
import type { FxRate } from '../core/settings.ts';

/** An amount of `from` on a day as an amount of `to` in the same unit (micros, 10^-18), or undefined when no rate covers that day. */
export type Convert = (amount: bigint, from: string, to: string, day: Day) => bigint | undefined;

interface Step {
  readonly date: Day;
  readonly digits: bigint;
  readonly unit: bigint;
}

/**
 * Makes the conversion function. The rate of a day is the latest dated on or before it; a day before the first
 * rate has none (undefined).
 * A rate serves both ways (EUR→USD also converts USD→EUR); pairs are not chained. Rounds half away from zero.
 */
export function createConvert(rates: readonly FxRate[]): Convert {
  const pairs = new Map<string, Step[]>();
  for (const { date, from, to, rate } of rates) {
    const { digits, scale } = parseDecimal(rate);
    const steps = pairs.get(`${from}>${to}`) ?? [];
    steps.push({ date, digits, unit: 10n ** BigInt(scale) });
    pairs.set(`${from}>${to}`, steps);
  }
  for (const steps of pairs.values()) steps.sort((a, b) => (a.date < b.date ? -1 : 1));
  const rateOn = (pair: string, day: Day) => pairs.get(pair)?.findLast((step) => step.date <= day);

  return (amount, from, to, day) => {
    if (from === to) return amount;
    const direct = rateOn(`${from}>${to}`, day);
    if (direct) return divideRounded(amount * direct.digits, direct.unit);
    const inverse = rateOn(`${to}>${from}`, day);
    return inverse && divideRounded(amount * inverse.unit, inverse.digits);
  };
}
