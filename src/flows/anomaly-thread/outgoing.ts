/** What pagers and webhooks are told of an anomaly: each event once, from the severity on that is set for them. */
import type { Settings } from '../../core/settings.ts';
import type { KnownMessage } from '../../store/anomaly-notices.ts';
import type { OutgoingMessage } from '../../store/outbox.ts';
import { callsOf } from './calls.ts';
import type { ThreadFacts } from './facts.ts';
import { pagesOf } from './pages.ts';

export { webhookMessages } from './calls.ts';

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
