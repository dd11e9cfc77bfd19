/** What pagers and webhooks are told of an anomaly: each event once, from the severity on that is set for them. */
import { SEVERITIES, type Severity } from '../../core/analysis-settings.ts';
import type { Settings } from '../../core/settings.ts';
import type { PagerNotice, WebhookNotice } from '../../notify/types.ts';
import type { KnownMessage, NumberedEvent } from '../../store/anomaly-notices.ts';
import type { OutgoingMessage } from '../../store/outbox.ts';
import { anomalyFinding, anomalyId, anomalyRates } from '../../view/messages/anomaly-words.ts';
import { anomalyAsData } from './as-data.ts';
import type { ThreadFacts } from './facts.ts';
import { NEWS } from './replies.ts';

export function outgoingOf(
  facts: ThreadFacts,
  integrations: Settings['integrations'],
  known: readonly KnownMessage[],
  now: number,
): OutgoingMessage[] {
  // What was over before it was found is history: nobody is told.
  if (!facts.events.some(({ kind }) => kind === 'opened')) return [];
  const keys = new Set(known.map(({ key }) => key));
  const pages = integrations.pagerDuty ? pagesOf(facts, integrations.pagerDuty.from, keys, now) : [];
  const calls = integrations.webhooks.flatMap((webhook) => callsOf(facts, webhook, keys, now));
  return [...pages, ...calls].filter(({ key }) => !keys.has(key));
}

function isAtLeast(severity: Severity, from: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(from);
}

function isNews({ at }: NumberedEvent, now: number): boolean {
  return now - at.getTime() <= NEWS;
}

/** Acknowledging and resolving wait until the incident they are about was opened, and are left out without one. */
function pagesOf(
  facts: ThreadFacts,
  from: Severity,
  keys: ReadonlySet<string>,
  now: number,
): OutgoingMessage[] {
  const { anomaly, shown, today, events } = facts;
  const messages: OutgoingMessage[] = [];
  const newest = events.findLast((event) => actionOf(event, false) === 'trigger');
  let trigger: string | undefined;
  const worth = isAtLeast(anomaly.severity, from) && anomaly.status !== 'resolved';
  for (const event of events) {
    const action = actionOf(event, anomaly.status === 'resolved');
    const key = `anomaly:${anomaly.id}:${event.id} pagerduty:events`;
    if (!action) continue;
    // Of several turns since it was last looked at, the newest opens the incident.
    const opens = keys.has(key) || (worth && isNews(event, now) && event.id === newest?.id);
    if (action === 'trigger' ? !opens : trigger === undefined) continue;
    const notice: PagerNotice = {
      action,
      dedupKey: `pennywatch-anm-${anomaly.id}`,
      summary: `${anomalyFinding(shown, today)}. ${anomalyRates(shown)}${shown.why ? ` ${shown.why}` : ''}`,
      severity: anomaly.severity,
      at: event.at.toISOString(),
      component: anomaly.scope,
      details: anomalyAsData(facts),
    };
    messages.push({
      key,
      about: `anomaly ${anomalyId(anomaly.id)}`,
      platform: 'pagerduty',
      channel: 'PagerDuty',
      ...(trigger !== undefined && { threadKey: trigger }),
      view: JSON.stringify(notice),
    });
    if (action === 'trigger') trigger ??= key;
    if (action === 'resolve') trigger = undefined;
  }
  return messages;
}

function actionOf({ kind, note }: NumberedEvent, over: boolean): PagerNotice['action'] | undefined {
  switch (kind) {
    case 'opened':
    case 'worsened':
    case 'woken':
    case 'reopened':
      return 'trigger';
    case 'acknowledged':
    case 'snoozed':
      return 'acknowledge';
    case 'resolved':
    case 'expected':
      return 'resolve';
    case 'corrected':
      return over ? 'resolve' : undefined;
    case 'feedback':
      return note === 'false-alarm' ? 'resolve' : undefined;
    default:
      return undefined;
  }
}

function callsOf(
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
