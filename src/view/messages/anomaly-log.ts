/** Lines of an anomaly's thread: what happened and what people did, each once. They call nobody. */
import type { Day } from '../../core/day.ts';
import { type Span, text, type View } from '../elements.ts';
import { formatDay, formatMoney } from '../format.ts';
import { ticketSpan } from './anomaly-root.ts';
import type { AnomalyShown } from './anomaly-words.ts';
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
