/** When a source's newest figures are unknown: it has failed again and again, or been silent for too long. */
import { addDays, type Day, daysBetween } from '../../core/day.ts';
import type { Settings } from '../../core/settings.ts';
import type { SourceReach } from '../../store/freshness.ts';
import { FAILURES_UNTIL_STALE } from '../poll/next-attempt.ts';

/** Billing data is late by a day or three; later than this a source is stale. */
export const STALE_AFTER_DAYS = 5;
/** A source that is polled by hand, without an entry in pennywatch.yaml, counts as polled this long. */
const BY_HAND_DAYS = 14;
/** A source that is always late may be this much later than its own lag. */
const BEYOND_LAG = 3;

export interface Today {
  /** The reader's calendar day. */
  readonly today: Day;
  readonly now: number;
  readonly settings: Settings;
}

/** Polled on a schedule, or lately by hand: more of it is to come. */
export function isLive(
  { name, polling }: Pick<SourceReach, 'name' | 'polling'>,
  { now, settings }: Today,
): boolean {
  if (settings.sources.some((source) => source.name === name)) return true;
  const started = polling?.lastStartedAt?.getTime();
  return started !== undefined && started >= now - BY_HAND_DAYS * 86_400_000;
}

export function isFailing(source: SourceReach, at: Today): boolean {
  return (source.polling?.failures ?? 0) >= FAILURES_UNTIL_STALE && isLive(source, at);
}

/** Nothing complete for days, whatever the reason. */
export function isSilent(
  { name, watermark }: Pick<SourceReach, 'name' | 'watermark'>,
  { today, settings }: Today,
): boolean {
  const lag = settings.sources.find((source) => source.name === name)?.lagDays ?? 0;
  return (watermark ?? '') < addDays(today, -Math.max(STALE_AFTER_DAYS, lag + BEYOND_LAG));
}

export function isStale(source: SourceReach, at: Today): boolean {
  return isFailing(source, at) || isSilent(source, at);
}

export interface Loading {
  readonly name: string;
  /** Loaded back to this day. */
  readonly from: Day;
  /** To be loaded back to this one. */
  readonly wanted: Day;
  /** Fraction of the days that is loaded. */
  readonly done: number;
}

/** How far loading its history is; undefined when that is finished, or was never begun. */
export function historyOf(
  { name, polling }: Pick<SourceReach, 'name' | 'polling'>,
  today: Day,
): Loading | undefined {
  const { coveredFrom: from, backfillTo: wanted } = polling ?? {};
  if (!from || !wanted || from <= wanted) return undefined;
  const all = daysBetween(wanted, today) + 1;
  return { name, from, wanted, done: Math.max(0, Math.min(1, (daysBetween(from, today) + 1) / all)) };
}
