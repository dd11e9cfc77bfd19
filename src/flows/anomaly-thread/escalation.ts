/** Tells FinOps of a critical anomaly that nobody took, where there is no backup owner to ask. */
import type { View } from '../../view/elements.ts';
import { composeAnomalyEscalation } from '../../view/messages/anomaly-calls.ts';
import type { ThreadFacts } from './facts.ts';
import { isNews } from './news.ts';

export interface Escalation {
  /** Names it for good; the place is added. */
  readonly key: string;
  /** With the address of its thread, where there is one. */
  view(thread: string | undefined): View;
  /** Somebody is to be told of it now; else those who were are shown what became of it. */
  readonly isNew: boolean;
}

/** Undefined when nobody is or was told. */
export function escalationOf(
  { anomaly, shown, events, answerable, today, timeZone }: ThreadFacts,
  now: number,
): Escalation | undefined {
  const event = events.findLast(({ kind }) => kind === 'escalated');
  if (!event) return undefined;
  return {
    key: `anomaly:${anomaly.id}:${event.id}:up`,
    isNew: isNews(event, now) && !answerable.backup && anomaly.status === 'open',
    view: (thread) =>
      composeAnomalyEscalation({
        anomaly: shown,
        today,
        timeZone,
        ...(answerable.owner && { owner: answerable.owner.name }),
        ...(thread !== undefined && { thread }),
      }),
  };
}
