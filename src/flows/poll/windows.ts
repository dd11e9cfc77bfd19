/** Which days a poll asks for: the newest with what may still change, and the history that is missing. */
import { addDays, addMonths, type Day, earlier, later, startOfMonth } from '../../core/day.ts';
import type { SourceSettings } from '../../core/settings.ts';
import type { SourceFacts } from '../../sources/types.ts';
import type { SourceState } from '../../store/source-states.ts';

export interface Window {
  readonly start: Day;
  readonly end: Day;
}

/** First day that is ever asked for: the first of the month so many months back. */
export function historyFloor(settings: SourceSettings, today: Day): Day {
  return addMonths(startOfMonth(today), -settings.historyMonths);
}

/**
 * The newest days: at least the trailing ones; the running month at the first poll; the month before until it is
 * final; and everything since the last poll that went well, with its trailing days, however long ago that was.
 * Days that are stored are fetched again also when no history is wanted, as far back as the source has any.
 */
export function newestWindow(
  settings: SourceSettings,
  about: SourceFacts,
  { coveredFrom, coveredThrough }: Pick<SourceState, 'coveredFrom' | 'coveredThrough'>,
  today: Day,
): Window {
  const month = startOfMonth(today);
  const wanted = historyFloor(settings, today);
  const oldest = addMonths(month, -Math.max(settings.historyMonths, about.historyMonths));
  const floor = later(earlier(wanted, coveredFrom ?? wanted), oldest);
  const trailing = addDays(today, -settings.trailingDays);
  const since = coveredThrough ? addDays(coveredThrough, -settings.trailingDays) : month;
  const open = Number(today.slice(8)) <= about.monthFinalOnDay ? addMonths(month, -1) : today;
  const start = [trailing, since, open].reduce(earlier);
  return { start: later(start, floor), end: today };
}

/** The next stretch of history, newest first; undefined when all of it is there. */
export function historyWindow(
  settings: SourceSettings,
  about: SourceFacts,
  { coveredFrom }: Pick<SourceState, 'coveredFrom'>,
  today: Day,
): Window | undefined {
  const floor = historyFloor(settings, today);
  if (coveredFrom === undefined || coveredFrom <= floor) return undefined;
  const end = addDays(coveredFrom, -1);
  const start = addMonths(startOfMonth(end), 1 - about.chunkMonths);
  return { start: later(start, floor), end };
}
