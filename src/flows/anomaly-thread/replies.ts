/** The replies an anomaly's thread still lacks: what is behind it, then each event once. */
import type { KnownMessage, NumberedEvent, RootMessage } from '../../store/anomaly-notices.ts';
import type { OutgoingMessage } from '../../store/outbox.ts';
import type { View } from '../../view/elements.ts';
import { composeAnomalyCall } from '../../view/messages/anomaly-calls.ts';
import { composeAnomalyDetail } from '../../view/messages/anomaly-detail.ts';
import { composeLogEntry } from '../../view/messages/anomaly-log.ts';
import { anomalyId } from '../../view/messages/anomaly-words.ts';
import type { ThreadFacts } from './facts.ts';
import { isNews } from './news.ts';
import { turnOf } from './turns.ts';

type Root = Pick<RootMessage, 'key' | 'platform' | 'workspace' | 'channel'>;

export interface Replies {
  readonly messages: readonly OutgoingMessage[];
  /** The detail as it should read, and the key of the message that holds it. */
  readonly detail: { readonly key: string; readonly view: View };
}

/**
 * The event a thread was opened with names its first reply, the detail: events before it are told by the root itself.
 * `opening` is that event for a thread that is to be opened now.
 */
export function repliesTo(
  facts: ThreadFacts,
  root: Root,
  known: readonly KnownMessage[],
  { now, opening }: { readonly now: number; readonly opening: number },
): Replies {
  const { anomaly, events, today } = facts;
  const suffix = ` ${root.platform}:${root.channel}`;
  const keyOf = (eventId: number) => `anomaly:${anomaly.id}:${eventId}${suffix}`;
  const inThread = new Set(known.filter(({ threadKey }) => threadKey === root.key).map(({ key }) => key));
  const opened = events.find(({ id }) => inThread.has(keyOf(id)))?.id ?? opening;
  const { explanation } = anomaly;
  const detail = composeAnomalyDetail({ anomaly, today, ...(explanation && { explanation }) });
  const message = (key: string, view: View): OutgoingMessage => ({
    key,
    about: `anomaly ${anomalyId(anomaly.id)}`,
    platform: root.platform,
    ...(root.workspace && { workspace: root.workspace }),
    channel: root.channel,
    threadKey: root.key,
    view: JSON.stringify(view),
  });
  const later = events
    .filter(({ id }) => id > opened && !inThread.has(keyOf(id)))
    .flatMap((event) => {
      const view = replyOf(event, facts, now);
      return view ? [message(keyOf(event.id), view)] : [];
    });
  const first = inThread.has(keyOf(opened)) ? [] : [message(keyOf(opened), detail)];
  return { messages: [...first, ...later], detail: { key: keyOf(opened), view: detail } };
}

function replyOf(event: NumberedEvent, facts: ThreadFacts, now: number): View | undefined {
  const { shown, answerable, today, timeZone, anomaly } = facts;
  const context = { anomaly: shown, today, timeZone };
  const turn = turnOf(event, facts);
  const news = isNews(event, now);
  switch (turn.kind) {
    case 'silent':
      return undefined;
    case 'line':
      return composeLogEntry(turn.entry, context);
    case 'call': {
      const escalated = turn.why === 'escalated';
      if (escalated && !answerable.backup)
        return composeLogEntry({ kind: 'note', note: 'Nobody took it: FinOps was told' }, context);
      // Who has taken it hears of what turns worse; nobody is called for what is settled by now.
      const waits = anomaly.status === 'open' || (anomaly.status === 'acknowledged' && turn.why === 'worse');
      const mention = escalated ? answerable.backup?.mention : answerable.owner?.mention;
      return composeAnomalyCall({ ...context, ...turn, ...(news && waits && mention && { mention }) });
    }
    case 'reassigned': {
      const { to, by, reason } = turn;
      const owner = answerable.owner;
      const current = anomaly.assignee === to && owner;
      // Whoever gives it to themselves knows; so does everybody days later.
      const span =
        current && news && owner.name !== by
          ? owner.mention
          : { kind: 'text' as const, text: current ? owner.name : (event.note ?? to) };
      const entry = { kind: 'reassigned' as const, to: span };
      return composeLogEntry({ ...entry, ...(by && { by }), ...(reason && { reason }) }, context);
    }
  }
}
