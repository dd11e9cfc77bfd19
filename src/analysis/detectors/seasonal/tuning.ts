/** The constants of the seasonal model, per length of its cycle, in steps. */

export interface Tuning {
  /** Steps of the repeating cycle: 7 days, 24 or 168 hours. */
  readonly period: number;
  /** Cycles that the profile remembers. */
  readonly cycles: number;
  /** Known values before the first judgement. */
  readonly warmUp: number;
  /** Lengths of the running medians that compete to be the level. */
  readonly levels: readonly [number, number, number];
  /** Slots that differ in how far forecasts miss there: those of a week, or the hours of a day on all days alike. */
  readonly kinds: number;
  /** Forecast errors that the band is made from. */
  readonly residuals: number;
  /** Half-width of the band in robust standard deviations, and in mean distances of the outermost tenth. */
  readonly sigmas: number;
  readonly tails: number;
  /** Sum of misses to one side, in deviations, that is an alarm. */
  readonly evidence: number;
  /** Usual steps that do not end a row of unusual ones. */
  readonly pause: number;
  /** Steps for which the level before a change stays usual too. */
  readonly remember: number;
  /** Steps in which the doubt after a change halves. */
  readonly doubt: number;
  /** Steps for which bursts are remembered. */
  readonly bursts: number;
  /** Steps in which busy days and quiet ones are told apart; 0 for never. */
  readonly busyDays: number;
  /** Whether places in the month may matter. */
  readonly months: boolean;
}

export const WEEKLY: Tuning = {
  period: 7,
  cycles: 10,
  warmUp: 14,
  levels: [4, 14, 28],
  kinds: 7,
  residuals: 63,
  sigmas: 4.4,
  tails: 2.6,
  evidence: 5,
  pause: 1,
  remember: 28,
  doubt: 7,
  bursts: 150,
  busyDays: 90,
  months: true,
};

/** Hours of a day: all there is to know in the first two weeks. */
export const DAILY_HOURS: Tuning = {
  period: 24,
  cycles: 7,
  warmUp: 72,
  levels: [3, 24, 72],
  kinds: 24,
  residuals: 240,
  sigmas: 6,
  tails: 3.4,
  evidence: 9,
  pause: 6,
  remember: 14 * 24,
  doubt: 48,
  bursts: 60 * 24,
  busyDays: 0,
  months: false,
};

/** Hours of a week. */
export const WEEKLY_HOURS: Tuning = {
  ...DAILY_HOURS,
  period: 168,
  cycles: 8,
  warmUp: 14 * 24,
  levels: [3, 24, 168],
  residuals: 672,
  sigmas: 5,
  tails: 3,
  evidence: 6.5,
};
