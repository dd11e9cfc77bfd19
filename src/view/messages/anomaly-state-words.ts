/** Where an anomaly stands, as its message says it: who said so, when, and why. */
import type { Day } from '../../core/day.ts';
import { formatDay } from '../format.ts';
import type { AnomalyShown } from './anomaly-words.ts';
import { formatMoment } from './scope-words.ts';

/** What was said of it last. */
export interface LastWord {
  /** By name; absent: Pennywatch itself. */
  readonly by?: string;
  readonly at: Date;
  readonly reason?: string;
}

export interface AnomalyStanding {
  readonly anomaly: AnomalyShown & { readonly snoozedGrowth?: number };
  readonly today: Day;
  readonly timeZone: string;
  /** About its present state. */
  readonly said?: LastWord;
  readonly escalatedAt?: Date;
}

/** Where it stands, who said so and when. Without a full stop. */
export function stateWords({ anomaly, timeZone, today, said, escalatedAt }: AnomalyStanding): string {
  const { state, acknowledgedBy, acknowledgedAt, snoozedUntil, snoozedGrowth, expectedUntil } = anomaly;
  const moment = (at: Date) => formatMoment(at, timeZone, today);
  const reason = said?.reason ?? anomaly.statusReason;
  const because = reason ? `: ${reason}` : '';
  const by = said?.by ? ` by ${said.by}` : '';
  const signed = said ? `${by}, ${moment(said.at)}` : '';
  switch (state) {
    case 'open': {
      const up = escalatedAt ? `; nobody took it, escalated ${moment(escalatedAt)}` : '';
      return `Open since ${moment(anomaly.openedAt)}${because}${up}`;
    }
    case 'acknowledged': {
      const who = acknowledgedBy ? ` by ${acknowledgedBy}` : '';
      return `Acknowledged${who}${acknowledgedAt ? `, ${moment(acknowledgedAt)}` : ''}${because}`;
    }
    case 'snoozed': {
      const until = snoozedUntil ? ` until ${moment(snoozedUntil)}` : '';
      const grows = snoozedGrowth === undefined ? '' : ` or until it grows by ${snoozedGrowth} %`;
      return `Snoozed${until}${grows}${signed}${because}`;
    }
    case 'expected': {
      const until = expectedUntil ? ` until ${formatDay(expectedUntil, today)}` : '';
      return `Approved as expected${until}${signed}${because}`;
    }
    case 'no-data':
      return `Unknown: its data stopped arriving${because}`;
    case 'resolved':
      return resolvedWords(anomaly, { by, because, moment });
  }
}

function resolvedWords(
  { resolvedAt, statusReason = '', verdict }: AnomalyShown,
  { by, because, moment }: { readonly by: string; readonly because: string; moment(at: Date): string },
): string {
  // "Corrected 21 Nov: the bill for 18 Nov was restated from $2,310 to $870; closed" says it all.
  if (statusReason.startsWith('Corrected ')) return statusReason;
  const at = resolvedAt ? ` ${moment(resolvedAt)}` : '';
  const what = verdict === 'false-alarm' ? 'Closed as a false alarm' : 'Resolved';
  return `${what}${at}${by}${because === ': a false alarm' ? '' : because}`;
}
