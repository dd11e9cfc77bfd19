/** What an answer lacks because a source is silent, failing or still loading, in words. */
import { type Day, dayInZone } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import type { SourceReach } from '../../store/freshness.ts';
import { formatRange, formatShare } from '../../view/format.ts';
import { sentenceOf } from '../../view/messages/source-words.ts';
import type { Reach } from './reach.ts';

/** An answer only hints at why: `/cost sources NAME` has the whole error. */
const LONGEST_REASON = 90;

/** Nothing is said of a source whose complete days cover the period. */
export function freshnessWarnings(reach: Reach, previous: Period): string[] {
  const { stale, missing, loading, period, today } = reach;
  return [
    ...stale
      .filter(({ watermark }) => (watermark ?? '') < period.end)
      .map((source) => unknownSince(source, today)),
    ...missing.map((name) => `${name} has delivered nothing yet: its cost is unknown and in no figure.`),
    ...loading
      .filter(({ from }) => from > previous.start)
      .map(
        ({ name, from, done }) =>
          `${name} is loaded back to ${day(from, today)} (${formatShare(done)} of its history): ` +
          (from > period.start
            ? 'what it cost before is not in the figure yet.'
            : 'nothing whole to compare with yet.'),
      ),
  ];
}

/** "aws complete until 18 Nov; since then unknown (failing since 19 Nov: access denied). What is missing is not zero." */
export function unknownSince({ name, watermark, polling, lastError }: SourceReach, today: Day): string {
  const reach = watermark
    ? `${name} complete until ${day(watermark, today)}; since then unknown`
    : `${name} complete until no day yet; all of it unknown`;
  const since = polling?.failingSince;
  const failing = since ? `failing since ${day(dayInZone(since.getTime(), 'UTC'), today)}` : 'last error';
  const why = lastError
    ? ` (${failing}: ${sentenceOf(lastError, LONGEST_REASON)})`
    : since
      ? ` (${failing})`
      : '';
  return `${reach}${why}. What is missing is not zero.`;
}

function day(on: Day, today: Day): string {
  return formatRange({ start: on, end: on }, today);
}
