/** A row of numbers at even steps of time: what detectors judge and forecasts continue. */
import { addDays, type Day } from './day.ts';

export type Grain = 'day' | 'hour';

export interface Series {
  readonly grain: Grain;
  /** Stamp of the first value, UTC: '2026-11-20', or '2026-11-20T14' for hours. */
  readonly start: string;
  /** One value per step, oldest first, in units of one currency. NaN is unknown (a gap), never zero. */
  readonly values: Float64Array;
}

/** Steps after which a week has passed. */
export const STEPS_A_WEEK: Readonly<Record<Grain, number>> = { day: 7, hour: 168 };

/** Steps in a day. */
export const STEPS_A_DAY: Readonly<Record<Grain, number>> = { day: 1, hour: 24 };

/** The stamp of the value at `index`; beyond the end it is that of a step to come. */
export function stampAt({ grain, start }: Pick<Series, 'grain' | 'start'>, index: number): string {
  if (grain === 'day') return addDays(start, index);
  const hour = Date.parse(`${start}:00:00Z`) + index * 3_600_000;
  return new Date(hour).toISOString().slice(0, 13);
}

/** The index of a stamp; negative before the first value, at or beyond the length after the last. */
export function indexOfStamp({ grain, start }: Pick<Series, 'grain' | 'start'>, stamp: string): number {
  const ms = (text: string) => Date.parse(grain === 'day' ? text : `${text}:00:00Z`);
  return Math.round((ms(stamp) - ms(start)) / (grain === 'day' ? 86_400_000 : 3_600_000));
}

/** The day that a stamp is in. */
export function dayOfStamp(stamp: string): Day {
  return stamp.slice(0, 10);
}
