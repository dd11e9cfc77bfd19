/** The words of forecasts that are kept and checked. */
import type { Day } from './day.ts';

/** What is foreseen day by day and held against what came. */
export const FORECAST_HORIZONS = ['month-end', 'next-day', 'next-7'] as const;
export type ForecastHorizon = (typeof FORECAST_HORIZONS)[number];

/** A forecast of days that are over, beside what they cost. Micros. */
export interface ForecastOutcome {
  /** Day on which it was made. */
  readonly madeOn: Day;
  readonly start: Day;
  readonly end: Day;
  readonly currency: string;
  readonly forecast: bigint;
  /** The 80 % range it gave. */
  readonly low: bigint;
  readonly high: bigint;
  readonly actual: bigint;
  /** (actual − forecast) ÷ forecast; null after a forecast of nothing. */
  readonly ratio: number | null;
}

/** How well forecasts of a scope have done; absent parts have nothing to say yet. */
export interface ForecastAccuracy {
  /** The newest month that is over, as it was foreseen about a third into it. */
  readonly month?: ForecastOutcome;
  /** Month-end forecasts made with a week or more to go: how many, the middle of their |errors| as a share, and the share within the 80 % range. */
  readonly months?: { readonly count: number; readonly typicalRatio: number; readonly within: number };
  /** Forecasts of the next seven days of the last 90 days, likewise. */
  readonly weeks?: { readonly count: number; readonly typicalRatio: number; readonly within: number };
}
