/** What a pager is told of an anomaly: one incident that is opened, acknowledged and resolved with it. */
import type { Severity } from '../../core/analysis-settings.ts';
import type { PagerNotice } from '../../notify/types.ts';
import type { NumberedEvent } from '../../store/anomaly-notices.ts';
import type { OutgoingMessage } from '../../store/outbox.ts';
import { anomalyFinding, anomalyId, anomalyRates } from '../../view/messages/anomaly-words.ts';
import { anomalyAsData } from './as-data.ts';
import type { ThreadFacts } from './facts.ts';
import { isAtLeast, isNews } from './news.ts';

/** Acknowledging and resolving wait until the incident they are about was opened, and are left out without one. */
export function pagesOf(
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
