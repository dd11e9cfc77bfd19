/** How bad an incident was, as far as it was known at each of its steps. */
import {
  DEFAULT_SEVERITY,
  excessPerDay,
  type SeverityThresholds,
  severityOf,
} from '../../analysis/detectors/severity.ts';
import type { Episode, Judgement, Severity } from '../../analysis/detectors/types.ts';
import { type Layout, stepOf } from './lay-out.ts';

/**
 * Per anomalous slot the severity of its incident up to there, by the excess a day and its share of the expected;
 * later slots change nothing. The values are taken for money.
 */
export function slotSeverities(
  layout: Layout,
  judgement: Judgement,
  { anomalous, episodes }: { readonly anomalous: Uint8Array; readonly episodes: readonly Episode[] },
  thresholds: SeverityThresholds = DEFAULT_SEVERITY,
): Map<number, Severity> {
  const severities = new Map<number, Severity>();
  for (const { first, last } of episodes) {
    let [excess, expected] = [0, 0];
    for (let slot = first; slot <= last; slot++) {
      const usual = judgement.expected[slot] ?? Number.NaN;
      const difference = (layout.values[slot] ?? Number.NaN) - usual;
      if (Number.isNaN(difference)) continue;
      excess += difference;
      expected += usual;
      if (anomalous[slot] !== 1) continue;
      const share = excess / Math.abs(expected);
      const perDay = excessPerDayOf(layout, { first, last: slot, excess });
      severities.set(slot, severityOf({ excessPerDay: perDay, share }, thresholds));
    }
  }
  return severities;
}

/** Excess a day; a row of a week counts as seven days. */
export function excessPerDayOf(
  { grain, width }: Layout,
  { first, last, excess }: { readonly first: number; readonly last: number; readonly excess: number },
): number {
  return excessPerDay({ first, last, excess }, grain, stepOf('day') / width);
}
