/** PagerDuty, webhooks and tickets over real HTTP: what is sent, how it is signed, what failures become. */
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IntegrationSettings } from '../../src/core/action.ts';
import { createNotifiers } from '../../src/notify/registry.ts';
import type { PagerNotice, TicketNotice } from '../../src/notify/types.ts';
import { type Answer, type Heard, type Listening, listening } from './listening.ts';

const NOW = Date.parse('2026-11-19T09:00:00Z');
const SECRETS: Readonly<Record<string, string>> = {
  PD_KEY: 'r0ut1ngk3y',
  HOOK_KEY: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  JIRA_TOKEN: 't0ken',
  JIRA_USER: 'bot@lumen.example',
};
let server: Listening;
beforeEach(async () => {
  server = await listening(() => ({ status: 200 }));
});
afterEach(() => server.close());

function send(
  settings: Partial<IntegrationSettings>,
  platform: string,
  body: unknown,
  options: { channel?: string; mayBeThere?: boolean; secrets?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly id: string }> {
  const { channel = 'finops', mayBeThere = false, secrets = SECRETS } = options;
  const notifiers = createNotifiers(
    { webhooks: [], ...settings },
    { variable: (name) => secrets[name], now: () => NOW },
  );
  const notifier = notifiers[platform];
  if (!notifier) throw new Error(`${platform} is not set up`);
  return notifier.send(channel, JSON.stringify(body), { key: 'anomaly:1:2 x', mayBeThere });
}

describe('PagerDuty', () => {
  const notice: PagerNotice = {
    action: 'trigger',
    dedupKey: 'pennywatch-anm-1',
    summary: `bert ${'x'.repeat(2000)}`,
    severity: 'high',
    at: '2026-11-19T08:00:00.000Z',
    component: 'model:bert/training',
    details: { excess: '700' },
  };
  const page = (more: Partial<PagerNotice> = {}, options = {}) =>
    send(
      { pagerDuty: { keyVariable: 'PD_KEY', from: 'critical', endpoint: server.url } },
      'pagerduty',
      { ...notice, ...more },
      options,
    );

  it('opens, acknowledges and resolves one incident', async () => {
    server.answer = () => ({ status: 202, body: { status: 'success', dedup_key: 'pennywatch-anm-1' } });
    await page();
    await page({ action: 'acknowledge' });
    await page({ action: 'resolve' });
    const [trigger, acknowledge, resolve] = server.heard;
    expect(trigger?.path).toBe('/v2/enqueue');
    expect(trigger?.body).toMatchObject({
      routing_key: 'r0ut1ngk3y',
      event_action: 'trigger',
      dedup_key: 'pennywatch-anm-1',
      payload: {
        severity: 'error',
        source: 'pennywatch',
        timestamp: '2026-11-19T08:00:00.000Z',
        component: 'model:bert/training',
        custom_details: { excess: '700' },
      },
    });
    expect(trigger?.body.payload).toMatchObject({ summary: expect.stringMatching(/^bert x{1019}$/) });
    expect(acknowledge?.body).toEqual({
      routing_key: 'r0ut1ngk3y',
      event_action: 'acknowledge',
      dedup_key: 'pennywatch-anm-1',
    });
    expect(resolve?.body.event_action).toBe('resolve');
  });

  it.each<[string, Answer, object]>([
    [
      'a wrong key',
      {
        status: 400,
        body: {
          status: 'invalid event',
          message: 'Event object is invalid',
          errors: ["'routing_key' is wrong"],
        },
      },
      {
        message: "PagerDuty answered HTTP 400: Event object is invalid; 'routing_key' is wrong.",
        uncertain: false,
      },
    ],
    ['throttling', { status: 429 }, { uncertain: false, hint: expect.stringContaining('tried again') }],
    ['an outage', { status: 503 }, { uncertain: true }],
    [
      'a lost answer',
      { status: 0, lost: true },
      { uncertain: true, message: 'PagerDuty could not be reached.' },
    ],
  ])('%s is said in words', async (_, answer, failure) => {
    server.answer = () => answer;
    await expect(page()).rejects.toMatchObject({ code: 'UPSTREAM', ...failure });
  });

  it('a key that is not set names its variable, and calls nobody', async () => {
    await expect(page({}, { secrets: {} })).rejects.toMatchObject({
      code: 'CONFIG',
      message: expect.stringContaining('PD_KEY'),
    });
    expect(server.heard).toEqual([]);
  });
});

describe('webhooks', () => {
  const call = (options = {}, keyVariable = 'HOOK_KEY') =>
    send(
      { webhooks: [{ name: 'finops', url: `${server.url}/in`, keyVariable, from: 'medium' }] },
      'webhook',
      { type: 'anomaly.opened', timestamp: '2026-11-19T08:00:00.000Z', data: { id: 'ANM-1' } },
      options,
    );

  it('are signed so that the receiver can check them, and have one id at every attempt', async () => {
    await call();
    await call({ mayBeThere: true });
    const [first, second] = server.heard as [Heard, Heard];
    const headers = (heard: Heard) =>
      Object.fromEntries(
        ['id', 'timestamp', 'signature'].map((name) => [
          `webhook-${name}`,
          String(heard.headers[`webhook-${name}`]),
        ]),
      );
    expect(headers(first)['webhook-timestamp']).toBe(String(NOW / 1000));
    expect(headers(second)['webhook-id']).toBe(headers(first)['webhook-id']);
    // The library refuses old timestamps; the signature is checked as any receiver would.
    const signed = `${headers(first)['webhook-id']}.${NOW / 1000}.${first.text}`;
    const key = Buffer.from((SECRETS.HOOK_KEY ?? '').slice('whsec_'.length), 'base64');
    expect(headers(first)['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(first.body).toMatchObject({ type: 'anomaly.opened', data: { id: 'ANM-1' } });
  });

  it('take any text as a secret', async () => {
    await call({ secrets: { HOOK_KEY: 'correct horse' } });
    const [heard] = server.heard;
    const expected = new Webhook('correct horse', { format: 'raw' }).sign(
      String(heard?.headers['webhook-id']),
      new Date(NOW),
      heard?.text ?? '',
    );
    expect(heard?.headers['webhook-signature']).toBe(expected);
  });

  it('are not followed elsewhere, and one that is gone from the settings says so', async () => {
    server.answer = () => ({ status: 302, headers: { location: `${server.url}/elsewhere` } });
    await expect(call()).rejects.toMatchObject({ hint: expect.stringContaining('redirects') });
    expect(server.heard).toHaveLength(1);
    await expect(call({ channel: 'gone' })).rejects.toMatchObject({ code: 'CONFIG' });
  });
});

describe('tickets', () => {
  const notice: TicketNotice = {
    label: 'pennywatch-anm-1',
    title: 'ANM-1: bert\ntraining is $700 above expected',
    paragraphs: ['$800 a day.', '<script>h1. not markup</script>'],
    data: { id: 'ANM-1' },
  };
  const jira = (
    options = {},
    more: Partial<NonNullable<IntegrationSettings['tickets']>> = { userVariable: 'JIRA_USER' },
  ) =>
    send(
      {
        tickets: {
          kind: 'jira',
          url: `${server.url}/`,
          project: 'FIN',
          issueType: 'Task',
          keyVariable: 'JIRA_TOKEN',
          ...more,
        },
      },
      'tickets',
      notice,
      options,
    );

  it('are made in Jira Cloud with plain text, and told by their address', async () => {
    server.answer = () => ({ status: 201, body: { id: '1', key: 'FIN-12', self: 'x' } });
    expect(await jira()).toEqual({ id: `${server.url}/browse/FIN-12` });
    const [made, ...others] = server.heard;
    expect(others).toEqual([]);
    expect(made?.path).toBe('/rest/api/3/issue');
    expect(made?.headers.authorization).toBe(`Basic ${btoa('bot@lumen.example:t0ken')}`);
    expect(made?.body).toEqual({
      fields: {
        project: { key: 'FIN' },
        issuetype: { name: 'Task' },
        summary: 'ANM-1: bert training is $700 above expected',
        labels: ['pennywatch', 'pennywatch-anm-1'],
        description: {
          type: 'doc',
          version: 1,
          content: notice.paragraphs.map((text) => ({
            type: 'paragraph',
            content: [{ type: 'text', text }],
          })),
        },
      },
    });
  });

  it('in Jira Data Center go by its own interface', async () => {
    server.answer = () => ({ status: 201, body: { key: 'FIN-13' } });
    await jira({}, {});
    expect(server.heard[0]).toMatchObject({
      path: '/rest/api/2/issue',
      headers: { authorization: 'Bearer t0ken' },
    });
    expect(server.heard[0]?.body.fields).toMatchObject({ description: notice.paragraphs.join('\n\n') });
  });

  it('after a lost answer are looked for by their label before another one is made', async () => {
    server.answer = () => ({ status: 0, lost: true });
    await expect(jira()).rejects.toMatchObject({ uncertain: true });
    server.answer = ({ path }) =>
      path === '/rest/api/3/search/jql'
        ? { status: 200, body: { issues: [{ key: 'FIN-12' }] } }
        : { status: 500 };
    expect(await jira({ mayBeThere: true })).toEqual({ id: `${server.url}/browse/FIN-12` });
    expect(server.heard.at(-1)?.body.jql).toContain('labels = "pennywatch-anm-1"');

    server.answer = ({ path }) =>
      path === '/rest/api/3/search/jql'
        ? { status: 200, body: { issues: [] } }
        : { status: 201, body: { key: 'FIN-14' } };
    expect(await jira({ mayBeThere: true })).toEqual({ id: `${server.url}/browse/FIN-14` });

    const before = server.heard.length;
    server.answer = () => ({ status: 401, body: { errorMessages: ['no'] } });
    await expect(jira({ mayBeThere: true })).rejects.toMatchObject({ uncertain: true });
    expect(server.heard.slice(before).map(({ path }) => path)).toEqual(['/rest/api/3/search/jql']);
  });

  it('that Jira refuses name the field', async () => {
    server.answer = () => ({
      status: 400,
      body: { errorMessages: [], errors: { issuetype: 'is not valid' } },
    });
    await expect(jira()).rejects.toMatchObject({
      message: 'Jira answered HTTP 400: issuetype: is not valid.',
      uncertain: false,
    });
  });

  it('by webhook are signed, and are where the answer says', async () => {
    const hook = () =>
      send(
        { tickets: { kind: 'webhook', url: server.url, issueType: 'Task', keyVariable: 'HOOK_KEY' } },
        'tickets',
        notice,
      );
    server.answer = () => ({ status: 201, body: { url: 'https://tickets.example/T-9' } });
    expect(await hook()).toEqual({ id: 'https://tickets.example/T-9' });
    expect(server.heard[0]?.body).toMatchObject({
      type: 'ticket.create',
      data: { label: 'pennywatch-anm-1', id: 'ANM-1' },
    });
    expect(server.heard[0]?.headers['webhook-signature']).toMatch(/^v1,/);
    server.answer = () => ({ status: 200, body: { url: 'javascript:alert(1)', key: 'T-10' } });
    expect(await hook()).toEqual({ id: 'T-10' });
    server.answer = () => ({ status: 204, body: '' });
    expect(await hook()).toEqual({ id: 'pennywatch-anm-1' });
  });
});
