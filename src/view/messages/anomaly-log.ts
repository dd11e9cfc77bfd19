/** Replies in an anomaly's thread: what happened and what people did, each once. Only calls mention anybody. */
import type { Day } from '../../core/day.ts';
import { bold, type Span, text, type View } from '../elements.ts';
import { formatDay, formatMoney } from '../format.ts';
import { ticketSpan } from './anomaly-root.ts';
import { type AnomalyShown, anomalyId, anomalyRates, placeOf, stateLine } from './anomaly-words.ts';
import { formatMoment } from './scope-words.ts';

/** One thing that happened. `by` is a person's name; absent: Pennywatch itself. */
export type LogEntry = { readonly by?: string; readonly reason?: string } & (
  | { readonly kind: 'acknowledged' | 'expected' | 'resolved' | 'reopened' | 'improved' | 'worsened' }
  | { readonly kind: 'snoozed'; readonly until?: Date; readonly growth?: number }
  | { readonly kind: 'verdict'; readonly verdict: string }
  /** In whole sentences, without their full stop. */
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'reassigned'; readonly to: Span }
  | { readonly kind: 'ticket'; readonly ticket: string }
);

export interface LogContext {
  readonly anomaly: AnomalyShown;
  readonly today: Day;
  readonly timeZone: string;
}

export function composeLogEntry(entry: LogEntry, context: LogContext): View {
  return { elements: [{ kind: 'text', spans: [...wordsOf(entry, context), text(reasonOf(entry))] }] };
}

function wordsOf(entry: LogEntry, { anomaly, today, timeZone }: LogContext): Span[] {
  const who = entry.by ?? 'Pennywatch';
  switch (entry.kind) {
    case 'acknowledged':
      return [text(`${who} took it`)];
    case 'snoozed': {
      const until = entry.until ? ` until ${formatMoment(entry.until, timeZone, today)}` : '';
      const grows = entry.growth === undefined ? '' : `, or until it grows by ${entry.growth} %`;
      return [text(`${who} snoozed it${until}${grows}`)];
    }
    case 'expected': {
      const until = anomaly.expectedUntil ? ` until ${formatDay(anomaly.expectedUntil, today)}` : '';
      return [text(`${who} approved the spend as expected${until}`)];
    }
    case 'verdict':
      return [text(`${who} said what it was: ${entry.verdict.replace('-', ' ')}`)];
    case 'resolved':
      return [text(entry.by ? `${entry.by} closed it` : `It is over, ${costWords(anomaly)} in all`)];
    case 'reopened':
      return [text(entry.by ? `${entry.by} opened it again` : 'It came back')];
    case 'improved':
      return [text('It got better')];
    case 'worsened':
      return [text('It got worse')];
    case 'note':
      return [text(entry.note)];
    case 'reassigned':
      return [text(`${who} gave it to `), entry.to];
    case 'ticket':
      return [text('A ticket was made: '), ticketSpan(entry.ticket)];
  }
}

function reasonOf({ reason }: LogEntry): string {
  return reason ? `: ${reason}.` : '.';
}

function costWords({ excessMicros, direction, currency }: AnomalyShown): string {
  const size = formatMoney(excessMicros < 0n ? -excessMicros : excessMicros, currency);
  return `${size} ${direction === 'up' ? 'more' : 'less'} than expected`;
}

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
