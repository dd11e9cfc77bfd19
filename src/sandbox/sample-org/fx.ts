/** Monthly EUR→USD rates of the sample config. */
import { addMonths, type Day, startOfMonth } from '../../core/day.ts';
import { chance } from './random.ts';

export interface FxRate {
  readonly date: Day;
  readonly rate: string;
}

/** One rate for the first of every month from `start` to `today`, wandering between 1.06 and 1.17. */
export function fxRates(start: Day, today: Day, seed: number): FxRate[] {
  const rates: FxRate[] = [];
  for (let month = startOfMonth(start), index = 0; month <= today; month = addMonths(month, 1), index++) {
    const basisPoints = 10_750 + Math.min(index * 35, 560) + Math.round((chance(seed, index) - 0.5) * 220);
    rates.push({ date: month, rate: (basisPoints / 10_000).toFixed(4) });
  }
  return rates;
}
