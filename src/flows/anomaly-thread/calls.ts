/** What webhooks are told: each event of an anomaly, and of whatever else there is, once. */
import type { Settings } from '../../core/settings.ts';
import type { WebhookNotice } from '../../notify/types.ts';
import type { OutgoingMessage } from '../../store/outbox.ts';
import { anomalyId } from '../../view/messages/anomaly-words.ts';
import { anomalyAsData } from './as-data.ts';
import type { ThreadFacts } from './facts.ts';
import { isAtLeast, isNews } from './news.ts';

/** From the severity on that is set for it; once something was told, all that follows. */
export function callsOf(
  facts: ThreadFacts,
  { name, from }: Settings['integrations']['webhooks'][number],
  keys: ReadonlySet<string>,
  now: number,
): OutgoingMessage[] {
  const { anomaly, events, personOf } = facts;
  const place = ` webhook:${name}`;
  const begun = [...keys].some((key) => key.endsWith(place));
  if (!begun && !isAtLeast(anomaly.severity, from)) return [];
  return events
    .filter((event) => event.kind !== 'told' && isNews(event, now))
    .map(({ id, kind, at, note, actor, data }) => {
      const reason = typeof data?.reason === 'string' ? data.reason : null;
      const event = { id, kind, by: personOf(actor) ?? 'Pennywatch', note: note ?? null, reason };
      return {
        key: `anomaly:${anomaly.id}:${id}${place}`,
        ...webhookMessage(name, `anomaly ${anomalyId(anomaly.id)}`, {
          type: `anomaly.${kind}`,
          timestamp: at.toISOString(),
          data: { event, anomaly: anomalyAsData(facts) },
        }),
      };
    });
}

function webhookMessage(name: string, about: string, notice: WebhookNotice): Omit<OutgoingMessage, 'key'> {
  return { about, platform: 'webhook', channel: name, view: JSON.stringify(notice) };
}

/**
 * Something else that webhooks are told, such as a proposal that was decided: one message per webhook that is set up.
 * `key` names the event for good, for example "proposal:12:done".
 */
export function webhookMessages(
  { webhooks }: Settings['integrations'],
  event: { readonly key: string; readonly about: string } & WebhookNotice,
): OutgoingMessage[] {
  const { key, about, ...notice } = event;
  return webhooks.map(({ name }) => ({
    key: `${key} webhook:${name}`,
    ...webhookMessage(name, about, notice),
  }));
}
