/** The words of forecasting: what methods are given, and what comes out. */

/** Ways to continue a series. `combination` is a weighted mean of the best of the others. */
export const FORECAST_MODELS = [
  'seasonal-naive',
  'weekday-average',
  'ets',
  'theta',
  'mean',
  'last-year',
  'combination',
] as const;
export type ForecastModel = (typeof FORECAST_MODELS)[number];

/** Shares of outcomes, in percent, that a band is meant to hold. */
export const BAND_LEVELS = ['50', '80', '95'] as const;
export type BandLevel = (typeof BAND_LEVELS)[number];

export interface Band {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A sum over several steps: its bands are those of the sum, which daily bounds do not add up to. */
export interface SumForecast {
  readonly mean: number;
  readonly bands: Readonly<Record<BandLevel, { readonly lower: number; readonly upper: number }>>;
}

/** How well one method did when it was started from past days. Both errors are means over origins and horizons. */
export interface ModelTrial {
  readonly model: ForecastModel;
  /** Mean of 2|actual − forecast| ÷ (|actual| + |forecast|): 0–2; 0 where both are zero. */
  readonly smape: number;
  /** Mean absolute error ÷ that of repeating the season before, one season ahead, over the history. */
  readonly mase: number;
  /** Past days it was started from. */
  readonly origins: number;
}

export interface SeriesForecast {
  readonly model: ForecastModel;
  /** What a combination consists of; weights add up to 1. */
  readonly parts: readonly { readonly model: ForecastModel; readonly weight: number }[];
  /** One value per step to come. */
  readonly mean: Float64Array;
  readonly bands: Readonly<Record<BandLevel, Band>>;
  /** Of every method tried, best first by the loss that chose. */
  readonly backtest: readonly ModelTrial[];
  /** Known values that it learnt from. */
  readonly learnt: number;
  /** The sum of the steps from index `first` to `last` (0 is the first to come), both included. */
  sum(first: number, last: number): SumForecast;
}

/** A history made ready: oldest first. */
export interface History {
  /** As it was, without `calendar`; NaN where unknown. */
  readonly raw: Float64Array;
  /** Gaps filled, outliers drawn in: what methods learn from. */
  readonly clean: Float64Array;
  /** What comes by the date of the month, for every step of the history and of the horizon; absent when nothing does. */
  readonly calendar?: Float64Array | undefined;
  /** Steps of one season: 7 for days. */
  readonly period: number;
  /** Many zeros or bursts: what counts is the sum, since no day can be foreseen. */
  readonly sparse: boolean;
}

/**
 * A member of the family. Forecasts from each origin, the number of values known then, which alone it may look
 * at: row after row of `horizon` values.
 */
export interface Method {
  readonly model: ForecastModel;
  forecast(history: History, trial: Trial): Float64Array;
}

/** From where and how far methods are tried; the last origin is the end of the history: the forecast itself. */
export interface Trial {
  readonly origins: readonly number[];
  readonly horizon: number;
  /** Steps ahead by which methods are chosen: further ahead all of them do alike. */
  readonly judged: number;
  /** Typical size of values before each origin, by which errors are divided to be compared. */
  readonly scales: Float64Array;
  /** How much each origin counts: the newest most. */
  readonly weights: Float64Array;
}
