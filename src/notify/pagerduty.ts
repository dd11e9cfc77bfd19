/** PagerDuty's Events API v2: one incident per anomaly, opened, acknowledged and resolved with it. */
import type { IntegrationSettings } from '../core/action.ts';
import { parsed, post, refused, secretOf } from './http.ts';
import type { Notifier, NotifyAccess, PagerNotice } from './types.ts';

const ENDPOINT = 'https://events.pagerduty.com/v2/enqueue';
const WHO = 'PagerDuty';
/** PagerDuty refuses longer summaries. */
const SUMMARY = 1024;

const SEVERITY: Readonly<Record<PagerNotice['severity'], 'critical' | 'error' | 'warning' | 'info'>> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'info',
};

/** Sending an event again is safe: PagerDuty joins those with one dedup_key. */
export function createPagerDuty(
  { keyVariable, endpoint }: NonNullable<IntegrationSettings['pagerDuty']>,
  { variable }: NotifyAccess,
): Notifier {
  return {
    async send(_channel, body) {
      const notice = JSON.parse(body) as PagerNotice;
      const routingKey = secretOf(variable, keyVariable, 'the integration key of PagerDuty');
      const answer = await post({
        who: WHO,
        url: addressOf(endpoint),
        body: JSON.stringify(eventOf(notice, routingKey)),
        headers: {},
      });
      if (answer.status === 202) return { id: notice.dedupKey };
      throw refused(WHO, answer, saidBy(answer.text));
    },
  };
}

function eventOf({ action, dedupKey, ...notice }: PagerNotice, routingKey: string): Record<string, unknown> {
  const event = { routing_key: routingKey, event_action: action, dedup_key: dedupKey };
  if (action !== 'trigger') return event;
  const { summary, severity, at, component, details } = notice;
  return {
    ...event,
    client: 'Pennywatch',
    payload: {
      summary: summary.slice(0, SUMMARY),
      source: 'pennywatch',
      severity: SEVERITY[severity],
      timestamp: at,
      component,
      class: 'cost anomaly',
      custom_details: details,
    },
  };
}

/** Only a host was set: the path is always the same. */
function addressOf(endpoint: string | undefined): string {
  if (endpoint === undefined) return ENDPOINT;
  const url = new URL(endpoint);
  if (url.pathname === '/') url.pathname = new URL(ENDPOINT).pathname;
  return url.href;
}

function saidBy(text: string): string | undefined {
  const answer = parsed(text);
  if (!answer) return undefined;
  const errors = Array.isArray(answer.errors) ? answer.errors.map(String) : [];
  return [answer.message, ...errors]
    .filter((word) => typeof word === 'string' && word)
    .join('; ')
    .slice(0, 300);
}
