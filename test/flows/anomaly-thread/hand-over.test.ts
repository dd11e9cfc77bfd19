/** Who is asked about an anomaly: owner, why them, somebody else by hand, FinOps when there is nobody. */
import { afterEach, expect, it } from 'vitest';
import { runCommand } from '../../../src/commands/run.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { findAnswerable } from '../../../src/flows/anomalies/answerable.ts';
import { reassignAnomaly } from '../../../src/flows/anomalies/reassign.ts';
import { listAudit } from '../../../src/store/audit.ts';
import { saveOwner } from '../../../src/store/organisation.ts';
import { buttonsOf, JON, MIRA, mentionsOf, openStage, SETTINGS, type Stage } from './stage.ts';

let stage: Stage;
afterEach(() => stage.close());

const jon = { kind: 'person', platform: 'slack', id: 'UJON' } as const;
const NOBODY = { name: 'Ada', email: 'ada@example.com', slack: 'UADA' };

async function opened(settings: Partial<Settings> = SETTINGS): Promise<void> {
  stage = await openStage(settings);
  await stage.bill({ '2026-11-18': 700 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
}

it('is given to somebody, who is called once in the thread; the message names them and why', async () => {
  await opened();
  const typed = 'anomaly 1 assign jon@example.com "he runs the job"';
  const { view } = await runCommand(
    { ...stage.context, actor: { kind: 'person', platform: 'slack', id: 'UMIRA' } },
    typed,
  );
  expect(JSON.stringify(view)).toContain('ANM-1: Mira Chen → Jon Park.');
  await stage.poster.post();
  const [root] = stage.roots();
  expect(root && mentionsOf(root)).toEqual(['UJON']);
  expect(root?.text).toContain('it was given to them · ANM-1');
  const call = stage.thread().at(-1);
  expect(call?.text).toBe('Mira Chen gave it to Jon Park: he runs the job.');
  expect(call && mentionsOf(call)).toEqual(['UJON']);
  const again = await reassignAnomaly(stage.context, jon, 1, { typed: 'me' });
  expect(again).toMatchObject({ changed: false, after: 'Jon Park' });
  const audit = await listAudit(stage.context.store);
  expect(audit.filter(({ action }) => action === 'anomaly.reassign')).toMatchObject([
    { actor: 'slack:UMIRA', subject: 'anomaly:1' },
  ]);
});

it('whoever takes it is not called, an analysis does not take it back, and a group is called by its id', async () => {
  await opened();
  await reassignAnomaly(stage.context, jon, 1, { typed: 'me' });
  await stage.poster.post();
  expect(stage.thread().at(-1)?.text).toBe('Jon Park gave it to Jon Park.');
  expect(stage.thread().flatMap(mentionsOf)).toEqual([]);
  await stage.bill({ '2026-11-18': 700, '2026-11-19': 2400 }, '2026-11-19');
  await stage.round('2026-11-20T09:00:00Z');
  const worse = stage.thread().at(-1);
  expect(worse?.text).toMatch(/^Worse/);
  expect(worse && mentionsOf(worse)).toEqual(['UJON']);
  await reassignAnomaly(stage.context, jon, 1, { typed: '@leads' });
  await stage.poster.post();
  expect(mentionsOf(stage.thread().at(-1) ?? worse ?? missing())).toEqual(['SLEADS']);
  await reassignAnomaly(stage.context, jon, 1, { typed: '@nobody-here' });
  await stage.poster.post();
  expect(stage.thread().at(-1)?.text).toBe('Jon Park gave it to @nobody-here.');
  expect(mentionsOf(stage.thread().at(-1) ?? missing())).toEqual([]);
});

it('only those who may decide give it to somebody, and only while it goes on', async () => {
  await opened();
  const stranger = { kind: 'person', platform: 'slack', id: 'UNOBODY' } as const;
  await expect(reassignAnomaly(stage.context, stranger, 1, { typed: 'me' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(reassignAnomaly(stage.context, jon, 1, { typed: '@mirra' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const asked = runCommand({ ...stage.context, actor: jon }, 'anomaly 1 assign');
  await expect(asked).rejects.toMatchObject({ code: 'INVALID' });
  await runCommand({ ...stage.context, actor: jon }, 'anomaly 1 resolve');
  await expect(reassignAnomaly(stage.context, jon, 1, { typed: 'me' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect((await stage.context.store.anomaly.findFirst())?.assignee).toBeNull();
});

it('names why somebody is asked: by hand, as owner, as lead of the team; or that nobody owns it', async () => {
  await opened({ ...SETTINGS, teams: [...(SETTINGS.teams ?? []), team('growth', undefined)] });
  const { store } = stage.context;
  const path = ['search', 'bert', 'training'];
  expect(await findAnswerable(store, { path })).toMatchObject({
    owner: { name: 'Mira Chen' },
    why: 'owner of bert',
    team: 'search',
    backup: { name: 'Jon Park' },
  });
  await saveOwner(
    store,
    { scope: 'model:bert/training', owner: '@leads', managedBy: 'chat' },
    new Date(stage.context.now()),
  );
  expect(await findAnswerable(store, { path })).toMatchObject({
    owner: { name: '@leads', mention: { who: 'group' } },
    why: 'owner of bert training',
  });
  const lead = await findAnswerable(store, { path: ['search', null] });
  expect(lead).toMatchObject({ owner: { name: 'Jon Park' }, why: 'team lead of search' });
  expect(lead.backup).toBeUndefined();
  expect(await findAnswerable(store, { path: ['growth'] })).toEqual({
    why: 'nobody owns it: FinOps',
    team: 'growth',
  });
  expect(await findAnswerable(store, { path: [] })).toEqual({ why: 'nobody owns it: FinOps' });
});

it('without a backup owner FinOps is told in a message of its own that leads back to the thread', async () => {
  stage = await openStage({
    ...SETTINGS,
    teams: [team('search', MIRA.email)],
    admins: [JON.email],
  });
  await stage.context.store.subscription.create({
    data: {
      platform: 'slack',
      target: 'COPEN',
      kind: 'channel',
      scope: 'org',
      frequency: 'weekly',
      createdBy: 'test',
      createdAt: new Date(),
    },
  });
  await stage.bill({ '2026-11-18': 4000 }, '2026-11-18');
  await stage.round('2026-11-19T09:00:00Z');
  expect(stage.roots('COPEN')).toEqual([]);
  await stage.round('2026-11-19T21:00:00Z');
  await stage.round('2026-11-19T22:00:00Z');
  const [up, ...others] = stage.roots('COPEN');
  expect(others).toEqual([]);
  expect(up?.text).toContain('🔴 Critical and not taken: bert training on EC2');
  expect(up?.text).toContain('Mira Chen was asked, and it is open since Thu 19 Nov, 09:00.');
  expect(JSON.stringify(up?.blocks)).toContain(
    `https://slack.com/app_redirect?channel=CGEN&message_ts=${stage.roots()[0]?.ts}`,
  );
  expect(up && mentionsOf(up)).toEqual([]);
  expect(stage.thread().at(-1)?.text).toBe('Nobody took it: FinOps was told.');
  await stage.click(JON.slack, up ?? missing(), 'I take it');
  expect(up?.text).toContain('⚪ Was critical and not taken: bert training on EC2');
  expect(up?.text).toContain('Acknowledged by Jon Park');
  expect(up && buttonsOf(up)).toEqual(['Why']);
});

function team(name: string, owner: string | undefined) {
  return {
    name,
    title: name,
    ...(owner !== undefined && { owner }),
    members: name === 'search' ? [MIRA, JON] : [NOBODY],
    channel: name === 'search' ? { slack: 'CGEN' } : {},
  };
}

function missing(): never {
  throw new Error('There is no such message.');
}
