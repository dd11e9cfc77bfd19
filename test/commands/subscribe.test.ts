import { afterEach, beforeEach, expect, it } from 'vitest';
import { listAudit } from '../../src/store/audit.ts';
import { listSubscriptions, weeklyReportIsOff } from '../../src/store/subscriptions.ts';
import { JON, LENA, MIRA, openWorkbench, SETTINGS, STRANGER, TOMAS, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.temp.close());

const stored = async () =>
  (await listSubscriptions(bench.temp.store)).map(({ target, kind, scope, frequency }) =>
    [target, kind, scope, frequency].join(' '),
  );

it('takes my team, weekly, here unless told otherwise', async () => {
  const { text, data } = await bench.run('subscribe');
  expect(text).toContain('This channel now gets the weekly report of team search, on Mondays at 09:00');
  expect(data).toMatchObject({ scope: 'team:search', frequency: 'weekly', to: 'here', outcome: 'added' });
  await bench.run('subscribe model bert daily me', TOMAS);
  await bench.run('subscribe org', MIRA, 'D0DIRECT');
  expect(await stored()).toEqual([
    'C0GENERAL channel team:search weekly',
    'U0TOMAS1 person model:bert daily',
    'U0MIRA01 person org weekly',
  ]);
  expect(await listSubscriptions(bench.temp.store)).toMatchObject([
    {
      platform: 'slack',
      workspace: 'T1',
      createdBy: 'slack:U0MIRA01',
      createdAt: new Date('2026-11-21T09:00:00Z'),
    },
    {},
    {},
  ]);
});

it('says that it is there already, and adds nothing', async () => {
  await bench.run('subscribe org me');
  expect((await bench.run('subscribe org weekly me')).text).toContain('already get');
  expect(await stored()).toHaveLength(1);
  expect(await listAudit(bench.temp.store, 'subscription:slack:U0MIRA01 org weekly')).toHaveLength(1);
});

it('a team’s channel has its weekly report by itself; it can be switched off and on again', async () => {
  const already = await bench.run('subscribe', MIRA, 'C0SEARCH');
  expect(already.text).toContain('It comes by itself');
  expect(await stored()).toEqual([]);

  const off = await bench.run('unsubscribe team search', TOMAS, 'C0SEARCH');
  expect(off.text).toContain('no longer gets the weekly report of team search');
  expect(await weeklyReportIsOff(bench.temp.store, 'search', 'slack')).toBe(true);
  expect(await weeklyReportIsOff(bench.temp.store, 'growth', 'slack')).toBe(false);

  const undo = off.buttons.find(({ label }) => label === 'Undo');
  expect((await bench.run(undo?.action.text ?? '', MIRA, 'C0SEARCH')).text).toContain('again');
  expect(await weeklyReportIsOff(bench.temp.store, 'search', 'slack')).toBe(false);
  expect(
    (await listAudit(bench.temp.store, 'report:team:search weekly')).map(({ actor, action }) => [
      actor,
      action,
    ]),
  ).toEqual([
    ['slack:U0TOMAS1', 'report.off'],
    ['slack:U0MIRA01', 'report.on'],
  ]);
});

it('when no report comes by itself, a team’s channel subscribes like any other', async () => {
  await bench.temp.close();
  bench = await openWorkbench({ ...SETTINGS, reports: { enabled: false, day: 'monday', time: '09:00' } });
  await bench.run('subscribe', MIRA, 'C0SEARCH');
  expect(await stored()).toEqual(['C0SEARCH channel team:search weekly']);
});

it('ends what there is: here first, then mine; all frequencies unless one is named', async () => {
  for (const command of ['subscribe weekly', 'subscribe daily', 'subscribe model bert me'])
    await bench.run(command);
  expect((await bench.run('unsubscribe team search weekly')).data).toMatchObject({
    ended: [{ frequency: 'weekly' }],
  });
  expect((await bench.run('unsubscribe model bert')).text).toContain('You no longer get');
  expect(await stored()).toEqual(['C0GENERAL channel team:search daily']);
  await bench.run('unsubscribe team search');
  expect((await bench.run('unsubscribe team search')).text).toContain('Nothing was changed');
  expect(await stored()).toEqual([]);
});

it('says which report there is not: another may well come', async () => {
  await bench.run('subscribe model bert daily me');
  expect((await bench.run('unsubscribe model bert weekly me')).text).toContain(
    'You get no weekly report of bert',
  );
  expect(await stored()).toHaveLength(1);
});

it('reports come weekly or daily; another rhythm is said, not looked up as a name', async () => {
  const { message, hint } = await bench.refusal('subscribe team search monthly');
  expect(message).toBe('There are no monthly reports.');
  expect(hint).toContain('weekly or daily');
  expect((await bench.run('subscribe "monthly" me')).text).toContain("I don't know a model");
});

it('alone it ends nothing, but lists what can be ended', async () => {
  await bench.run('subscribe org me');
  const { buttons, text } = await bench.run('unsubscribe');
  expect(text).toContain('the whole organisation');
  expect(await stored()).toHaveLength(1);
  const button = buttons.find(({ label }) => label.startsWith('End weekly'));
  await bench.run(button?.action.text ?? '');
  expect(await stored()).toEqual([]);
});

it('shows nobody what others get as a direct message', async () => {
  await bench.run('subscribe org me', LENA);
  expect((await bench.run('subscribe list', MIRA)).text).not.toContain('whole organisation');
  expect((await bench.run('subscribe list', LENA)).text).toContain('whole organisation');
});

it('lets anybody subscribe themselves, and only a team’s people its channels', async () => {
  await bench.run('subscribe team search me', STRANGER);
  expect((await bench.refusal('subscribe team search', STRANGER)).code).toBe('FORBIDDEN');
  expect((await bench.refusal('subscribe team search here', LENA)).hint).toContain('"me"');
  expect((await bench.refusal('unsubscribe team search', LENA, 'C0SEARCH')).code).toBe('FORBIDDEN');
  await bench.run('subscribe team growth', MIRA, 'C0SEARCH');
  await bench.run('subscribe org here', JON);
  expect(await stored()).toHaveLength(3);
});

it('asks which, says what has no report, and where nothing can be sent', async () => {
  const which = await bench.run('subscribe', STRANGER);
  expect(which.text).toContain('You are in no team yet');
  expect(which.buttons.map(({ action }) => action.text)).toContain('subscribe team:search weekly here');
  expect((await bench.refusal('subscribe bert weekly daily')).message).toContain('both weekly and daily');
  expect((await bench.refusal('subscribe org here', MIRA, 'D0DIRECT')).message).toBe(
    'There is no channel here.',
  );
  expect((await bench.refusal('subscribe org', 'console')).hint).toContain('Type the command in the channel');
});
