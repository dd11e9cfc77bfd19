/** The answer to somebody who decided about an anomaly. */
import type { Verdict } from '../../core/anomaly.ts';
import type { Day } from '../../core/day.ts';
import { type Button, bold, text, type View } from '../elements.ts';
import { countOf, formatShare } from '../format.ts';
import { whyButton } from './anomaly-buttons.ts';
import { type AnomalyShown, anomalyHeadline, anomalyId, placeOf, stateLine } from './anomaly-words.ts';

export interface AnomalyChanged {
  readonly anomaly: AnomalyShown;
  readonly today: Day;
  readonly timeZone: string;
  readonly changed: boolean;
  /** What was said of it. */
  readonly said: Verdict | 'acknowledge' | 'snooze' | 'resolve' | 'reopen';
  /** Alarms of its place in the last `days` days before and with the verdict. */
  readonly effect?: {
    readonly before: number;
    readonly after: number;
    readonly bandRatio: number;
    readonly days: number;
  };
}

export function composeAnomalyChanged(input: AnomalyChanged): View {
  const { anomaly, today, timeZone, changed, effect } = input;
  const undo: Button = {
    label: 'Open it again',
    action: { do: 'command', text: `anomaly ${anomaly.id} reopen` },
  };
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`${anomalyId(anomaly.id)}${saidWords(input)}: ${stateLine(anomaly, timeZone, today)}`),
          text(`. ${changed ? 'Written down with your name and the time.' : unchanged(input)}`),
        ],
      },
      { kind: 'text', spans: [text(`${anomalyHeadline(anomaly, today)}.`)] },
      ...(effect ? [{ kind: 'text' as const, spans: [text(effectWords(anomaly, effect))] }] : []),
      {
        kind: 'actions',
        buttons: [whyButton(anomaly.id), ...(anomaly.state === 'open' ? [] : [undo])],
      },
    ],
  };
}

/** A verdict is said first: the state alone may not tell it. */
function saidWords({ said, changed, anomaly }: AnomalyChanged): string {
  if (!changed) return '';
  if (said === 'real') return ' is real';
  if (said === 'expected' && anomaly.state !== 'expected') return ' was expected';
  if (said === 'false-alarm') return ' was a false alarm';
  return '';
}

function unchanged({ said, anomaly }: AnomalyChanged): string {
  return said === 'snooze' && anomaly.state === 'resolved'
    ? 'It is over, so there is nothing to snooze; nothing was changed.'
    : 'It was so already; nothing was changed.';
}

/** "With this, bert training would have had 1 alarm in the last 90 days instead of 3; its band is 25 % wider." */
export function effectWords(
  anomaly: AnomalyShown,
  { before, after, bandRatio, days }: NonNullable<AnomalyChanged['effect']>,
): string {
  const place = placeOf(anomaly);
  const alarms =
    before === after
      ? `${place} would have had ${countOf(after, 'alarm')} in the last ${days} days with and without this`
      : `With this, ${place} would have had ${countOf(after, 'alarm')} in the last ${days} days instead of ${before}`;
  const width = Math.abs(bandRatio - 1);
  const band =
    width < 0.005
      ? 'its band stays as wide as it is'
      : `its band is ${formatShare(width)} ${bandRatio > 1 ? 'wider' : 'narrower'} from now on`;
  return `${alarms}; ${band}.`;
}
