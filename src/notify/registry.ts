/** Everything beside chat that is set up, by the platform's name in the outbox. */
import type { IntegrationSettings } from '../core/action.ts';
import { createPagerDuty } from './pagerduty.ts';
import { createTickets } from './tickets.ts';
import type { Notifier, NotifyAccess } from './types.ts';
import { createWebhooks } from './webhook.ts';

export function createNotifiers(
  { pagerDuty, webhooks, tickets }: IntegrationSettings,
  access: NotifyAccess,
): Readonly<Record<string, Notifier>> {
  return {
    ...(pagerDuty && { pagerduty: createPagerDuty(pagerDuty, access) }),
    ...(webhooks.length > 0 && { webhook: createWebhooks(webhooks, access) }),
    ...(tickets && { tickets: createTickets(tickets, access) }),
  };
}
