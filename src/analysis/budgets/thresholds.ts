/** Which thresholds of a budget are to be told: each once per period, several at once as the highest. */
import type { BudgetPeriod } from '../../core/budget.ts';

export type ThresholdKind = 'actual' | 'forecast';

/** A threshold in percent: of what is used, or of what is foreseen. */
export interface Threshold {
  readonly kind: ThresholdKind;
  readonly percent: number;
}

/** One that was told, and what the budget was then. */
export interface ToldThreshold extends Threshold {
  readonly amount: bigint;
  readonly currency: string;
}

export interface ThresholdInput {
  readonly amount: bigint;
  readonly currency: string;
  /** Used on complete days. */
  readonly used: bigint;
  /** At the end of the period; absent when it is not to be told. */
  readonly forecast?: bigint;
  readonly thresholds: readonly number[];
  readonly told: readonly ToldThreshold[];
}

export interface ThresholdPlan {
  /** What the message is about: the highest, which is the forecast where that is new. */
  readonly tell?: Threshold;
  /** To be written down as told, `tell` among them. */
  readonly crossed: readonly Threshold[];
  /** Told of a smaller amount and not reached of this one: may be told again. */
  readonly forget: readonly ToldThreshold[];
}

const FULL = 100;

/** The thresholds that hold for a budget: its own, else the usual ones; of a day only the whole amount counts by itself. */
export function thresholdsOf(
  { period, thresholds }: { readonly period: BudgetPeriod; readonly thresholds?: readonly number[] },
  usual: readonly number[],
): number[] {
  const wanted = thresholds ?? (period === 'daily' ? usual.filter((percent) => percent >= FULL) : usual);
  return [...new Set(wanted)].sort((a, b) => a - b);
}

/**
 * What is used is told at every threshold; what is foreseen only from the whole amount on, and not once that much is
 * used: on the third of a month every forecast is above half of the budget. A threshold that was told stays told when
 * a corrected bill takes the use below it; when the amount itself was changed and it is not reached any more, it may
 * come again.
 */
export function planThresholds(input: ThresholdInput): ThresholdPlan {
  const { amount, currency, used, forecast, thresholds, told } = input;
  if (amount <= 0n) return { crossed: [], forget: [] };
  const reaches = (value: bigint, percent: number) => value * 100n >= amount * BigInt(percent);
  const reached = (kind: ThresholdKind) => (kind === 'actual' ? used : forecast);
  const forget = told.filter((one) => {
    const value = reached(one.kind);
    return (
      (one.amount !== amount || one.currency !== currency) &&
      value !== undefined &&
      !reaches(value, one.percent)
    );
  });
  const still = told.filter((one) => !forget.includes(one));
  const isNew = ({ kind, percent }: Threshold) =>
    !still.some((one) => one.kind === kind && one.percent === percent);
  const actual = thresholds
    .filter((percent) => reaches(used, percent))
    .map((percent): Threshold => ({ kind: 'actual', percent }));
  const highest = actual.at(-1)?.percent ?? 0;
  const foreseen = forecastThresholds(thresholds)
    .filter((percent) => forecast !== undefined && percent > highest && reaches(forecast, percent))
    .map((percent): Threshold => ({ kind: 'forecast', percent }));
  const crossed = [...actual.filter(isNew), ...foreseen.filter(isNew)];
  // What is foreseen is always above what is used here: the highest of all is the last.
  const tell = crossed.at(-1);
  return { ...(tell && { tell }), crossed, forget };
}

/** "A forecast beyond the budget": the whole amount, and thresholds above it. None when nothing is to be told at all. */
function forecastThresholds(thresholds: readonly number[]): number[] {
  if (thresholds.length === 0) return [];
  const beyond = thresholds.filter((percent) => percent >= FULL);
  return beyond.length > 0 ? beyond : [FULL];
}
