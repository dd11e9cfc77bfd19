/** Episodes as incidents for people: with the times that are written in the file. */
import { excessShare, severityOf } from '../../analysis/detectors/severity.ts';
import type { JudgedSlots } from './judge-slots.ts';
import type { Layout } from './lay-out.ts';
import type { Row } from './read-rows.ts';
import { excessPerDayOf } from './slot-severity.ts';
import type { FileIncident } from './types.ts';

/** The incidents of a file, oldest first, by what is known at its end. */
export function incidentsOf(rows: readonly Row[], layout: Layout, { decision }: JudgedSlots): FileIncident[] {
  const written = (slot: number): string => rows[layout.speakers[slot] ?? -1]?.text ?? '';
  return decision.episodes.map((episode) => {
    const { first, last, direction, score, excess, actual, expected } = episode;
    const severity = severityOf({
      excessPerDay: excessPerDayOf(layout, episode),
      share: excessShare(episode),
    });
    return {
      first: written(first),
      last: written(last),
      direction,
      severity,
      score,
      steps: last - first + 1,
      excess,
      actual,
      expected,
    };
  });
}
