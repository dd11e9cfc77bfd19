/** What is posted about an anomaly: whose, how much, why, the picture, and what can be done. */
import type { Day } from '../../core/day.ts';
import { type Button, bold, type Element, italic, type Span, text, type View } from '../elements.ts';
import { type AnomalyShown, anomalyHeadline, anomalyId, anomalyRates, stateLine } from './anomaly-words.ts';

export type NoticeKind = 'opened' | 'worse' | 'again' | 'escalated' | 'corrected' | 'resolved';

export interface AnomalyNotice {
  readonly kind: NoticeKind;
  readonly anomaly: AnomalyShown;
  readonly today: Day;
  readonly timeZone: string;
  /** Who must act, pinged once. */
  readonly mention?: Span;
  readonly chart?: Element;
}

const PREFIX: Readonly<Record<NoticeKind, string>> = {
  opened: '',
  worse: 'Worse: ',
  again: 'Still open: ',
  escalated: 'Nobody has taken it: ',
  corrected: 'Corrected: ',
  resolved: 'Over: ',
};

export function composeAnomalyNotice(input: AnomalyNotice): View {
  const { kind, anomaly, today, timeZone, mention, chart } = input;
  const over = kind === 'corrected' || kind === 'resolved';
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`${PREFIX[kind]}${anomalyHeadline(anomaly, today)}`),
          ...(mention ? [text(' · '), mention] : []),
        ],
      },
      {
        kind: 'text',
        spans: [text(over ? `${stateLine(anomaly, timeZone, today)}.` : anomalyRates(anomaly))],
      },
      ...(anomaly.why && !over
        ? [{ kind: 'text' as const, spans: [italic('Why:'), text(` ${anomaly.why}`)] }]
        : []),
      ...(chart && !over ? [chart] : []),
      { kind: 'actions', buttons: over ? [whyButton(anomaly.id)] : verdictButtons(anomaly.id) },
      {
        kind: 'context',
        spans: [
          text(
            over
              ? anomalyId(anomaly.id)
              : `${stateLine(anomaly, timeZone, today)} · ${anomalyId(anomaly.id)}`,
          ),
        ],
      },
    ],
  };
}

export function whyButton(id: number): Button {
  return { label: 'Why', action: { do: 'command', text: `why ${anomalyId(id)}` } };
}

/** What people can say of an anomaly that goes on; the terminal's commands are the same. */
export function verdictButtons(id: number): Button[] {
  const say = (label: string, words: string): Button => ({
    label,
    action: { do: 'command', text: `anomaly ${id} ${words}` },
  });
  return [
    whyButton(id),
    say('I take it', 'ack'),
    say('Expected', 'expected'),
    say('Snooze 3 days', 'snooze 3d'),
    say('False alarm', 'false-alarm'),
  ];
}
