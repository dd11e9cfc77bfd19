/** Tells FinOps of a critical anomaly that nobody took, where there is no backup owner to ask. */
import type { MessageRef } from '../../chat/types.ts';
import type { KnownMessage } from '../../store/anomaly-notices.ts';
import type { View } from '../../view/elements.ts';
import { composeAnomalyEscalation } from '../../view/messages/anomaly-calls.ts';
import type { ThreadFacts } from './facts.ts';
import { isNews } from './news.ts';

export interface Escalation {
  /** Names it for good; the place is added. */
  readonly key: string;
  readonly view: View;
  /** Somebody is to be told of it now; else those who were are shown what became of it. */
  readonly isNew: boolean;
}

/** Undefined when nobody is or was told. `roots`: where its thread is. */
export function escalationOf(
  { anomaly, shown, events, answerable, today, timeZone }: ThreadFacts,
  roots: readonly KnownMessage[],
  now: number,
): Escalation | undefined {
  const event = events.findLast(({ kind }) => kind === 'escalated');
  if (!event) return undefined;
  const thread = roots.flatMap(({ ref }) => (ref === undefined ? [] : (addressOf(ref) ?? [])))[0];
  return {
    key: `anomaly:${anomaly.id}:${event.id}:up`,
    isNew: isNews(event, now) && !answerable.backup && anomaly.status === 'open',
    view: composeAnomalyEscalation({
      anomaly: shown,
      today,
      timeZone,
      ...(answerable.owner && { owner: answerable.owner.name }),
      ...(thread !== undefined && { thread }),
    }),
  };
}

/** Slack opens a conversation from such an address (https://docs.slack.dev/interactivity/deep-linking). */
function addressOf(refJson: string): string | undefined {
  const { platform, channel, id } = JSON.parse(refJson) as MessageRef;
  if (platform !== 'slack') return undefined;
  return `https://slack.com/app_redirect?${new URLSearchParams({ channel, message_ts: id })}`;
}
