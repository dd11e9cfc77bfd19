/** Tickets about anomalies: in Jira, or by a webhook that makes one elsewhere. */
import type { IntegrationSettings } from '../core/action.ts';
import { parsed, refused } from './http.ts';
import { createJira } from './jira.ts';
import type { Notifier, NotifyAccess, TicketNotice } from './types.ts';
import { postSigned } from './webhook.ts';

type Tickets = NonNullable<IntegrationSettings['tickets']>;

export function createTickets(tickets: Tickets, access: NotifyAccess): Notifier {
  switch (tickets.kind) {
    case 'jira':
      return createJira(tickets, access);
    case 'webhook':
      return ticketWebhook(tickets, access);
  }
}

/** The receiver knows a repetition by webhook-id and by the label; its answer may say where the ticket is. */
function ticketWebhook({ url, keyVariable }: Tickets, access: NotifyAccess): Notifier {
  return {
    async send(_channel, body, { key }) {
      const { label, title, paragraphs, data } = JSON.parse(body) as TicketNotice;
      const payload = {
        type: 'ticket.create',
        timestamp: new Date(access.now()).toISOString(),
        data: { label, title, description: paragraphs.join('\n\n'), ...data },
      };
      const who = 'The ticket webhook';
      const answer = await postSigned(access, { who, url, keyVariable, body: JSON.stringify(payload), key });
      if (answer.status < 200 || answer.status >= 300) throw refused(who, answer, undefined);
      return { id: placeOf(answer.text) ?? label };
    },
  };
}

/** `{"url": …}` with an http(s) address, else `{"key": …}` or `{"id": …}`. */
function placeOf(text: string): string | undefined {
  const answer = parsed(text) ?? {};
  const { url, key, id } = answer;
  if (typeof url === 'string' && /^https?:\/\/[^\s<>"]{1,500}$/.test(url)) return url;
  const name = key ?? id;
  return typeof name === 'string' || typeof name === 'number' ? String(name).slice(0, 100) : undefined;
}
