/** Messages about an anomaly that call somebody: it turned worse, nobody took it, it came back. */
import { bold, type Span, text, type View } from '../elements.ts';
import type { LogContext } from './anomaly-log.ts';
import { anomalyId, anomalyRates, placeOf, stateLine } from './anomaly-words.ts';
import { formatMoment } from './scope-words.ts';

/** Why people are called again. */
export type CallReason = 'worse' | 'again' | 'woken' | 'reopened' | 'escalated';

export interface AnomalyCall extends LogContext {
  readonly why: CallReason;
  /** Called once, when somebody is known. */
  readonly mention?: Span;
  readonly note?: string;
}

/** A reply that calls somebody: it turned worse, nobody took it, it came back. */
export function composeAnomalyCall({ why, anomaly, mention, note }: AnomalyCall): View {
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`${CALLS[why]}${note ? `: ${note}` : ''}`),
          ...(mention ? [text(' · '), mention] : []),
          text(`\n${anomalyRates(anomaly)}`),
        ],
      },
    ],
  };
}

const CALLS: Readonly<Record<CallReason, string>> = {
  worse: 'Worse',
  again: 'Still open, and nobody took it',
  woken: 'Open again',
  reopened: 'It came back',
  escalated: 'Critical, and nobody took it: you are asked next',
};

export interface AnomalyEscalation extends LogContext {
  /** Whom it was told first. */
  readonly owner?: string;
  /** Address of its thread; absent where the platform has none. */
  readonly thread?: string;
}

/** To FinOps, in a message of its own that leads back to the thread; rewritten once somebody has taken it. */
export function composeAnomalyEscalation({
  anomaly,
  owner,
  thread,
  today,
  timeZone,
}: AnomalyEscalation): View {
  const { id, state, openedAt } = anomaly;
  const waits = state === 'open';
  const asked = owner ? `${owner} was asked` : 'Nobody owns it';
  const since = `${asked}, and it is open since ${formatMoment(openedAt, timeZone, today)}. `;
  const say = (label: string, command: string) =>
    ({ label, action: { do: 'command', text: command }, hours: ESCALATION_HOURS }) as const;
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(
            `${waits ? '🔴 Critical and not taken' : '⚪ Was critical and not taken'}: ${placeOf(anomaly)}`,
          ),
          text(`\n${anomalyRates(anomaly)}`),
        ],
      },
      {
        kind: 'text',
        spans: [
          text(waits ? since : `${stateLine(anomaly, timeZone, today)}. `),
          ...(thread ? [{ kind: 'link' as const, text: 'Its thread', url: thread }] : []),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          ...(waits ? [say('I take it', `anomaly ${id} ack`)] : []),
          say('Why', `why ${anomalyId(id)}`),
        ],
      },
      { kind: 'context', spans: [text(anomalyId(id))] },
    ],
  };
}

/** It is rewritten for weeks, as the root is. */
const ESCALATION_HOURS = 30 * 24;
