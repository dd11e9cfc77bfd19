/** Pagers, webhooks and tickets of an anomaly through the outbox: each once, from their severity on, whatever is lost. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../../src/commands/run.ts';
import type { IntegrationSettings } from '../../../src/core/action.ts';
import { webhookMessages } from '../../../src/flows/anomaly-thread/outgoing.ts';
import { createOutbox, createPoster } from '../../../src/flows/post-outbox.ts';
import { createNotifiers } from '../../../src/notify/registry.ts';
import { createTasks } from '../../../src/threads/tasks.ts';
import { type Listening, listening } from '../../notify/listening.ts';
import { JON, openStage, SETTINGS, type Stage } from './stage.ts';

let stage: Stage;
let server: Listening;
beforeEach(async () => {
  server = await listening(({ path }) => ({ status: path === '/v2/enqueue' ? 202 : 200 }));
});
afterEach(async () => {
  await stage.close();
  await server.close();
});

const at = (path: string) => server.heard.filter((call) => call.path === path).map(({ body }) => body);

async function open(integrations: Partial<IntegrationSettings>) {
  stage = await openStage({ ...SETTINGS, integrations: { webhooks: [], ...integrations } });
  const { context } = stage;
  const tasks = createTasks(async () => context);
  const poster = createPoster({
    outbox: {
      ...createOutbox(context.store),
      sent: async (message, ref) => void (await tasks.outboxSent({ message, ref })),
    },
    platforms: { slack: stage.slack.platform },
    notifiers: createNotifiers(context.settings.integrations, { variable: () => 'secret', now: context.now }),
    now: context.now,
    log: context.log,
  });
  const run = (words: string) =>
    runCommand({ ...context, actor: { kind: 'person', platform: 'slack', id: JON.slack } }, words);
  return { post: () => poster.post(), run };
}

it('a pager opens one incident from its severity on, and follows what people and the bill say', async () => {
  const { post, run } = await open({
    pagerDuty: { keyVariable: 'K', from: 'critical', endpoint: server.url },
  });
  await stage.bill({ '2026-11-18': 700 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
  await post();
  expect(server.heard).toEqual([]);
  const bill = { '2026-11-18': 700, '2026-11-19': 5000 };
  await stage.bill(bill, '2026-11-19');
  // The poster of this round knows no pager: it stays for the next.
  await stage.round('2026-11-20T09:00:00Z');
  server.answer = () => ({ status: 503 });
  stage.org.at('2026-11-20T09:05:00Z');
  await post();
  await run('anomaly 1 ack');
  await post();
  expect(at('/v2/enqueue').map(({ event_action }) => event_action)).toEqual(['trigger']);
  server.answer = () => ({ status: 202 });
  stage.org.at('2026-11-20T10:00:00Z');
  await post();
  await stage.bill(bill, '2026-11-21');
  await stage.round('2026-11-22T09:00:00Z');
  stage.org.at('2026-11-22T09:05:00Z');
  await post();
  expect(at('/v2/enqueue').map(({ event_action, dedup_key }) => [event_action, dedup_key])).toEqual([
    ['trigger', 'pennywatch-anm-1'],
    ['trigger', 'pennywatch-anm-1'],
    ['acknowledge', 'pennywatch-anm-1'],
    ['resolve', 'pennywatch-anm-1'],
  ]);
  expect(at('/v2/enqueue')[0]?.payload).toMatchObject({
    severity: 'critical',
    component: 'model:bert/training',
  });
});

it('webhooks hear every event once, with who did it, and of small anomalies only where they want to', async () => {
  const hook = (name: string, from: 'low' | 'high') => ({
    name,
    from,
    url: `${server.url}/${name}`,
    keyVariable: 'K',
  });
  const { post, run } = await open({ webhooks: [hook('all', 'low'), hook('few', 'high')] });
  await stage.bill({ '2026-11-18': 60 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
  await run('anomaly 1 snooze 3d "known"');
  stage.org.at('2026-11-19T09:05:00Z');
  await post();
  await post();
  expect(at('/all').map(({ type }) => type)).toEqual(['anomaly.opened', 'anomaly.snoozed']);
  expect(at('/all')[1]).toMatchObject({
    timestamp: '2026-11-19T09:00:00.000Z',
    data: {
      event: { by: 'Jon Park', reason: 'known' },
      anomaly: { id: 'ANM-1', state: 'snoozed', severity: 'low' },
    },
  });
  expect(at('/few')).toEqual([]);
  expect(stage.roots()).toEqual([]);
  const proposal = webhookMessages(stage.context.settings.integrations, {
    key: 'proposal:7:done',
    about: 'proposal 7',
    type: 'proposal.done',
    timestamp: '2026-11-19T09:00:00.000Z',
    data: { id: 7 },
  });
  expect(proposal.map(({ key }) => key)).toEqual([
    'proposal:7:done webhook:all',
    'proposal:7:done webhook:few',
  ]);
});

it('a ticket is made once, whoever asks and whatever is lost, and shown in the message and its thread', async () => {
  const { post, run } = await open({
    tickets: {
      kind: 'jira',
      url: server.url,
      project: 'FIN',
      issueType: 'Task',
      userVariable: 'U',
      keyVariable: 'K',
    },
  });
  await stage.bill({ '2026-11-18': 700 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
  server.answer = () => ({ status: 0, lost: true });
  expect((await run('anomaly 1 ticket')).data).toMatchObject({ state: 'asked' });
  await post();
  expect((await run('anomaly 1 ticket')).data).toMatchObject({
    state: 'waiting',
    trouble: expect.any(String),
  });
  server.answer = ({ path }) =>
    path.endsWith('/search/jql')
      ? { status: 200, body: { issues: [{ key: 'FIN-12' }] } }
      : { status: 201, body: { key: 'FIN-99' } };
  stage.org.at('2026-11-19T09:10:00Z');
  await post();
  expect((await run('anomaly 1 ticket')).data).toMatchObject({
    state: 'made',
    ticket: `${server.url}/browse/FIN-12`,
  });
  expect(server.heard.map(({ path }) => path)).toEqual(['/rest/api/3/issue', '/rest/api/3/search/jql']);
  expect(server.heard[0]?.body.fields).toMatchObject({
    summary: expect.stringMatching(/^ANM-1: bert training on EC2 is \$7/),
    labels: ['pennywatch', 'pennywatch-anm-1'],
  });
  expect(stage.roots()[0]?.text).toContain('ANM-1 · ticket FIN-12');
  expect(stage.thread().at(-1)?.text).toContain('A ticket was made: FIN-12');
  const { view } = await run('anomaly 1 more');
  expect(JSON.stringify(view)).not.toContain('Create ticket');
});

it('no ticket is made where none is set up, and that is said', async () => {
  const { run } = await open({});
  await stage.bill({ '2026-11-18': 700 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
  await expect(run('anomaly 1 ticket')).rejects.toMatchObject({
    code: 'INVALID',
    hint: expect.stringContaining('integrations.tickets'),
  });
});
