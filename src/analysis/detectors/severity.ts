/** How bad an incident is, by money a day and percent. */
import { type Grain, STEPS_A_DAY } from '../../core/series.ts';
import type { Episode, Severity } from './types.ts';

/** What an incident must reach to be of a severity. */
export interface SeverityFloor {
  /** Money a day beside the expected, together with `share` … */
  readonly perDay: number;
  /** … of the expected: 0.5 is 50 %. */
  readonly share: number;
  /** Money a day that is enough whatever the share. */
  readonly alone: number;
}

export type SeverityThresholds = Readonly<Record<Exclude<Severity, 'low'>, SeverityFloor>>;

/** Shares that go with the money; five times the money needs no share: a fifth of a large bill is much. */
const SHARES = { critical: 0.5, high: 0.3, medium: 0.2 } as const;
const ALONE = 5;

/** Thresholds from money a day alone, as settings have it. */
export function severityThresholds(
  perDay: Readonly<Record<Exclude<Severity, 'low'>, number>>,
): SeverityThresholds {
  const floor = (severity: Exclude<Severity, 'low'>): SeverityFloor => ({
    perDay: perDay[severity],
    share: SHARES[severity],
    alone: ALONE * perDay[severity],
  });
  return { critical: floor('critical'), high: floor('high'), medium: floor('medium') };
}

/** In units of the billing currency. What reaches none of them is low. */
export const DEFAULT_SEVERITY = severityThresholds({ critical: 2000, high: 500, medium: 100 });

/** Mean length of a month in days: 365.25 ÷ 12 is 30.4375. */
const DAYS_A_MONTH = 30.44;

/** The severity of a difference; falls count by their size. Both numbers may be negative; a share may be infinite. */
export function severityOf(
  { excessPerDay, share }: { readonly excessPerDay: number; readonly share: number },
  thresholds: SeverityThresholds = DEFAULT_SEVERITY,
): Severity {
  const perDay = Math.abs(excessPerDay);
  for (const severity of ['critical', 'high', 'medium'] as const) {
    const floor = thresholds[severity];
    if (perDay >= floor.alone || (perDay >= floor.perDay && Math.abs(share) >= floor.share)) return severity;
  }
  return 'low';
}

/**
 * Money a day beside the expected that an episode has really cost: one dear hour is not taken times 24. Negative
 * for a fall. `stepsADay` is for series at other steps than their grain.
 */
export function excessPerDay(
  { first, last, excess }: Pick<Episode, 'first' | 'last' | 'excess'>,
  grain: Grain,
  stepsADay = STEPS_A_DAY[grain],
): number {
  return excess / Math.max(1, (last - first + 1) / stepsADay);
}

/** The difference as a share of what was expected; infinite against nothing. */
export function excessShare({ actual, expected }: Pick<Episode, 'actual' | 'expected'>): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
}

/** What an episode costs in a month if it goes on as it was, beside the expected. */
export function costPerMonth(
  { actual, expected }: Pick<Episode, 'actual' | 'expected'>,
  grain: Grain,
): number {
  return (actual - expected) * STEPS_A_DAY[grain] * DAYS_A_MONTH;
}
