/** What each event of an anomaly means for its thread: a line for the log, a call to somebody, or nothing. */
import type { NumberedEvent } from '../../store/anomaly-notices.ts';
import type { CallReason } from '../../view/messages/anomaly-calls.ts';
import type { LogEntry } from '../../view/messages/anomaly-log.ts';
import type { ThreadFacts } from './facts.ts';
import { withoutStop } from './root.ts';

export type Turn =
  | { readonly kind: 'line'; readonly entry: LogEntry }
  | { readonly kind: 'call'; readonly why: CallReason; readonly note?: string }
  | { readonly kind: 'reassigned'; readonly to: string; readonly by?: string; readonly reason?: string }
  | { readonly kind: 'silent' };

/** Events that come with a "told" of the same moment, which says it. */
const TOLD_AS: Readonly<Partial<Record<NumberedEvent['kind'], string>>> = {
  opened: 'opened',
  worsened: 'worse',
  woken: 'woken',
  reopened: 'reopened',
};

export function turnOf(event: NumberedEvent, { events, personOf }: ThreadFacts): Turn {
  const { kind, note, data } = event;
  const by = personOf(event.actor);
  const reason = typeof data?.reason === 'string' && data.reason ? withoutStop(data.reason) : undefined;
  const said = { ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) };
  const line = (entry: LogEntry): Turn => ({ kind: 'line', entry });
  const noted = (words: string): Turn => line({ kind: 'note', note: withoutStop(words) });
  if (isToldBeside(event, events)) return { kind: 'silent' };
  switch (kind) {
    case 'opened':
      return { kind: 'silent' };
    case 'told':
      return callOf(event, events);
    case 'escalated':
      return { kind: 'call', why: 'escalated' };
    case 'reassigned':
      return typeof data?.assignee === 'string'
        ? { kind: 'reassigned', to: data.assignee, ...said }
        : { kind: 'silent' };
    case 'acknowledged':
    case 'expected':
    case 'reopened':
    case 'improved':
    case 'worsened':
      return line({ kind, ...said });
    case 'resolved':
      return line(
        by === undefined ? { kind, ...(note && { reason: withoutStop(note) }) } : { kind, ...said },
      );
    case 'snoozed':
      return line({
        kind,
        ...(typeof data?.until === 'string' && { until: new Date(data.until) }),
        ...(typeof data?.growth === 'number' && { growth: data.growth }),
        ...said,
      });
    case 'feedback':
      return line({ kind: 'verdict', verdict: note ?? 'unknown', ...said });
    case 'woken':
      return noted(`Open again: ${note ?? 'its snooze is over'}`);
    case 'no-data':
      return noted(`Its data stopped arriving${note ? `: ${note}` : ''}`);
    case 'known-again':
      return noted('Its days are known again');
    case 'proposal':
      // The proposal's own message in the thread asks, and says that it is under way.
      return note === undefined || data?.status === 'waiting' || data?.status === 'running'
        ? { kind: 'silent' }
        : noted(note);
    case 'corrected':
      return note === undefined ? { kind: 'silent' } : noted(note);
    case 'ticket':
      return note === undefined ? { kind: 'silent' } : line({ kind: 'ticket', ticket: note });
  }
}

function isToldBeside({ id, kind, at }: NumberedEvent, events: readonly NumberedEvent[]): boolean {
  const as = TOLD_AS[kind];
  return events.some(
    (one) => one.kind === 'told' && one.id > id && one.note === as && one.at.getTime() === at.getTime(),
  );
}

function callOf({ id, note: told, at }: NumberedEvent, events: readonly NumberedEvent[]): Turn {
  const why = (['worse', 'again', 'woken', 'reopened'] as const).find((one) => one === told);
  if (!why) return { kind: 'silent' };
  const beside = events.findLast(
    (one) => one.id < id && TOLD_AS[one.kind] === told && one.at.getTime() === at.getTime(),
  );
  return { kind: 'call', why, ...(beside?.note !== undefined && { note: withoutStop(beside.note) }) };
}
