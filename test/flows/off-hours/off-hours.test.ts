/** Off-hours schedules from the evening to the morning, against AWS's stand-in, on a clock that is moved by hand. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ActionSettings, OffHoursSchedule } from '../../../src/core/action.ts';
import { eachDay } from '../../../src/core/day.ts';
import { offHoursDue, runOffHours } from '../../../src/flows/off-hours/round.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { undoProposal } from '../../../src/flows/proposals/undo.ts';
import { listTurns, type StoredTurn } from '../../../src/store/off-hours.ts';
import { listSavings } from '../../../src/store/savings.ts';
import type { View } from '../../../src/view/elements.ts';
import { renderText } from '../../../src/view/fallback.ts';
import {
  ACCOUNT,
  type ActingStage,
  AWS,
  BOX,
  FACTS,
  jon,
  mira,
  newId,
  openActingStage,
} from '../proposals/acting-stage.ts';

const PROD = 'i-0bbbbbbbbbbbbbbb2';
const UNTOLD = 'i-0ccccccccccccccc3';
const NIGHTS: OffHoursSchedule = {
  name: 'dev-nights',
  scope: { kind: 'team', name: 'search' },
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  stop: '19:00',
  start: '07:00',
  timeZone: 'Europe/Berlin',
  holidays: [],
};

let stage: ActingStage;
afterEach(() => stage.close());

/** It is Friday, 20 November, 12:00 UTC; the schedule was written before. */
async function open(
  changes: Partial<OffHoursSchedule> = {},
  actions: Partial<ActionSettings> = {},
): Promise<void> {
  const tags = { team: 'search', model: 'bert' };
  const machine = (id: string, more: Record<string, string>) => ({
    id,
    account: ACCOUNT,
    region: 'us-east-1',
    type: 'g5.xlarge',
    launched: new Date('2026-11-18T09:00:00Z'),
    tags: { ...tags, ...more },
  });
  stage = await openActingStage({
    actions: { mode: 'live', schedules: [{ ...NIGHTS, ...changes }], ...actions },
    aws: {
      ...AWS,
      instances: [...(AWS.instances ?? []), machine(PROD, { env: 'prod' }), machine(UNTOLD, {})],
    },
    facts: [
      ...FACTS,
      ...eachDay('2026-11-16', '2026-11-19').flatMap((day) =>
        [
          { resource: PROD, tags: { ...tags, env: 'prod' } },
          { resource: UNTOLD, tags },
        ].map((one) => ({
          ...one,
          day,
          cost: '20',
          service: 'Amazon Elastic Compute Cloud',
          account: ACCOUNT,
          region: 'us-east-1',
        })),
      ),
    ],
  });
  await round();
}

const to = (iso: string) => stage.pass(Date.parse(iso) - stage.context.now());
const round = (context = stage.context) => runOffHours(context, stage.parts, { newId });
const box = (id = BOX) => {
  const found = stage.cloud.state.instances.find((one) => one.id === id);
  if (!found) throw new Error(`the stage has no ${id}`);
  return found;
};
const writes = () =>
  stage.cloud.calls.filter(({ write }) => write).map(({ operation, target }) => `${operation} ${target}`);
const turns = () => listTurns(stage.context.store, { since: new Date(0) });
const turnOf = async (turn: StoredTurn['turn'], day: string) =>
  (await turns()).find((one) => one.turn === turn && one.day === day);
const said = async (key: string) =>
  (await stage.context.store.outboxMessage.findMany({ where: { key: { startsWith: key } } })).map(
    ({ view }) => renderText(JSON.parse(view) as View),
  );
/** A round and what came of it, as the jobs do it. */
async function tick(iso: string): Promise<void> {
  to(iso);
  await round();
  await stage.run();
  await round();
}

describe('a night', () => {
  it('stops what may be stopped at 19:00 and starts it on the next working day, each once', async () => {
    await open();
    await tick('2026-11-20T17:59:00Z');
    expect(await offHoursDue(stage.context)).toBe(false);
    expect(writes()).toEqual([]);
    to('2026-11-20T18:00:00Z');
    expect(await offHoursDue(stage.context)).toBe(true);
    await tick('2026-11-20T18:00:30Z');
    await tick('2026-11-20T18:01:30Z');
    expect(writes()).toEqual([`StopInstances ${BOX}`]);
    expect(await offHoursDue(stage.context)).toBe(false);
    const stop = await turnOf('stop', '2026-11-20');
    const proposal = await demandProposal(stage.context.store, stop?.proposalId ?? 0);
    expect([proposal.kind, proposal.status, proposal.approvalsNeeded]).toEqual(['off-hours', 'done', 0]);
    await tick('2026-11-22T06:30:00Z');
    expect(writes()).toHaveLength(1);
    await tick('2026-11-23T06:00:10Z');
    await tick('2026-11-23T06:05:00Z');
    expect(writes()).toEqual([`StopInstances ${BOX}`, `StartInstances ${BOX}`]);
    expect(box().state).toBe('running');
    expect(
      (await listSavings(stage.context.store)).map(({ startDay, endDay }) => [startDay, endDay]),
    ).toEqual([['2026-11-21', '2026-11-22']]);
  });

  it('takes neither prod, nor what is in no known environment, nor a job, and says why', async () => {
    await open({}, { limits: { resourcesPerProposal: 10, resourcesPerDay: 30, liveBelowMicros: 0n } });
    await tick('2026-11-20T18:00:30Z');
    const stop = await turnOf('stop', '2026-11-20');
    const { items } = await demandProposal(stage.context.store, stop?.proposalId ?? 0);
    expect(items.map(({ resourceId, state }) => [resourceId, state])).toEqual([
      [expect.stringContaining('training-job'), 'skipped'],
      [BOX, 'done'],
    ]);
    expect(stop?.skipped).toContain('it is a job, which ends by itself');
    expect(stop?.skipped).toContain('2 more are in prod or in no known environment');
    expect(writes()).toEqual([`StopInstances ${BOX}`]);
  });
});

it('the limit a day holds for stops; what was stopped is started again whatever it says', async () => {
  await open(
    { days: [...NIGHTS.days, 'saturday'] },
    { limits: { resourcesPerProposal: 1, resourcesPerDay: 1, liveBelowMicros: 0n } },
  );
  await tick('2026-11-20T18:00:30Z');
  await tick('2026-11-21T06:00:30Z');
  expect(writes()).toEqual([`StopInstances ${BOX}`, `StartInstances ${BOX}`]);
});

describe('somebody’s hand', () => {
  it('that starts it in the night is left alone until the next evening', async () => {
    await open({ days: [...NIGHTS.days, 'saturday'] });
    await tick('2026-11-20T18:00:30Z');
    Object.assign(box(), { state: 'running', launched: new Date('2026-11-20T20:00:00Z') });
    await tick('2026-11-20T21:00:00Z');
    await tick('2026-11-21T06:00:30Z');
    expect(writes()).toEqual([`StopInstances ${BOX}`]);
    expect((await turnOf('start', '2026-11-21'))?.skipped).toContain(`${BOX} runs already`);
    await tick('2026-11-21T18:00:30Z');
    expect(writes()).toEqual([`StopInstances ${BOX}`, `StopInstances ${BOX}`]);
  });

  it('that starts it shortly before the stop has until the next one', async () => {
    await open();
    box().launched = new Date('2026-11-20T16:30:00Z');
    await tick('2026-11-20T18:00:30Z');
    expect(writes()).toEqual([]);
    expect((await turnOf('stop', '2026-11-20'))?.skipped).toContain('started a short while ago');
    await tick('2026-11-23T18:00:30Z');
    expect(writes()).toEqual([`StopInstances ${BOX}`]);
  });

  it('that undoes the stop is not undone by the start', async () => {
    await open();
    await tick('2026-11-20T18:00:30Z');
    const stop = await turnOf('stop', '2026-11-20');
    await undoProposal(stage.context, stage.parts, mira, stop?.proposalId ?? 0, { newId });
    await tick('2026-11-20T19:00:00Z');
    await tick('2026-11-23T06:00:30Z');
    expect(writes()).toEqual([`StopInstances ${BOX}`, `StartInstances ${BOX}`]);
    expect((await turnOf('start', '2026-11-23'))?.skipped).toContain('undone before');
  });
});

describe('modes', () => {
  it('dry-run plans, shows and calls nothing', async () => {
    await open({}, { mode: 'dry-run' });
    await tick('2026-11-20T18:00:30Z');
    await tick('2026-11-23T06:00:30Z');
    expect(writes()).toEqual([]);
    const stop = await turnOf('stop', '2026-11-20');
    expect(await demandProposal(stage.context.store, stop?.proposalId ?? 0)).toMatchObject({
      status: 'done',
      mode: 'dry-run',
    });
    expect((await turnOf('start', '2026-11-23'))?.skipped).toContain('Nothing was stopped');
  });

  it('approve asks each evening, and what nobody approved in the night is over in the morning', async () => {
    await open({}, { mode: 'approve', expireHours: 200 });
    await tick('2026-11-20T18:00:30Z');
    const first = (await turnOf('stop', '2026-11-20'))?.proposalId ?? 0;
    const waiting = await demandProposal(stage.context.store, first);
    expect([waiting.status, waiting.expiresAt.toISOString()]).toEqual([
      'waiting',
      '2026-11-23T06:00:00.000Z',
    ]);
    await tick('2026-11-23T06:00:30Z');
    expect((await demandProposal(stage.context.store, first)).status).toBe('expired');
    await tick('2026-11-23T18:00:30Z');
    const second = (await turnOf('stop', '2026-11-23'))?.proposalId ?? 0;
    // Off from 19:00 to 07:00: half of the $100 a day.
    expect((await demandProposal(stage.context.store, second)).savingMicros).toBe(50_000_000n);
    await decideProposal(stage.context, jon, { id: second, verdict: 'approve' }, { newId });
    await stage.run();
    expect(writes()).toEqual([`StopInstances ${BOX}`]);
  });

  it('live still needs two people where that rule speaks', async () => {
    await open({}, { twoPersons: { aboveMicros: 50_000_000n, environments: [], risks: [] } });
    await tick('2026-11-20T18:00:30Z');
    const stop = await turnOf('stop', '2026-11-20');
    expect(await demandProposal(stage.context.store, stop?.proposalId ?? 0)).toMatchObject({
      status: 'waiting',
      approvalsNeeded: 2,
    });
    expect(writes()).toEqual([]);
  });
});

describe('a process that was away', () => {
  it('finds what a crash left between proposal and turn, and makes it once', async () => {
    await open();
    to('2026-11-20T18:00:30Z');
    await round();
    await stage.context.store.offHoursTurn.deleteMany();
    await stage.context.store.jobRun.updateMany({
      data: { status: 'running', claimedBy: 'dead', claimedUntil: new Date(stage.context.now() - 1) },
    });
    await round();
    await stage.run();
    expect(await stage.context.store.proposal.count({ where: { kind: 'off-hours' } })).toBe(1);
    expect(await turnOf('stop', '2026-11-20')).toMatchObject({ proposalId: 1 });
    expect(writes()).toEqual([`StopInstances ${BOX}`]);
  });

  it('two at once do it once', async () => {
    await open();
    to('2026-11-20T18:00:30Z');
    await Promise.all([round(), round()]);
    await stage.run();
    expect(await stage.context.store.proposal.count()).toBe(1);
    expect(writes()).toEqual([`StopInstances ${BOX}`]);
  });

  it('does a stop up to three hours late, not later, and says so', async () => {
    await open();
    await tick('2026-11-20T20:30:00Z');
    expect(writes()).toEqual([`StopInstances ${BOX}`]);
    await tick('2026-11-23T06:00:30Z');
    await tick('2026-11-23T21:30:00Z');
    expect((await turnOf('stop', '2026-11-23'))?.skipped).toMatch(/^Missed/);
    expect(await said('off-hours:dev-nights:2026-11-23:stop:missed')).toEqual([
      expect.stringContaining('Schedule dev-nights stopped nothing'),
    ]);
    expect(writes()).toHaveLength(2);
  });

  it('says loudly what a missed start left stopped, and starts it with the next one', async () => {
    await open({ days: [...NIGHTS.days, 'saturday'] });
    await tick('2026-11-20T18:00:30Z');
    await tick('2026-11-21T10:00:00Z');
    await tick('2026-11-21T10:01:00Z');
    expect(await said('off-hours:dev-nights:2026-11-21:start:missed')).toEqual([
      expect.stringMatching(/🔴 Not started: i-0aaa.*Mira/s),
    ]);
    await tick('2026-11-21T18:00:30Z');
    expect((await turnOf('stop', '2026-11-21'))?.skipped).not.toContain(BOX);
    await tick('2026-11-23T06:00:30Z');
    expect(writes()).toEqual([`StopInstances ${BOX}`, `StartInstances ${BOX}`]);
  });
});

it('a start that fails is said in the channel, once, with why', async () => {
  await open();
  await tick('2026-11-20T18:00:30Z');
  Object.assign(box(), { noCapacity: true });
  await tick('2026-11-23T06:00:30Z');
  await tick('2026-11-23T06:01:30Z');
  const told = await said('off-hours:dev-nights:2026-11-23:start:failed');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/🔴 Not started: i-0aaaaaaaaaaaaaaa1.*capacity/s);
  expect(box().state).toBe('stopped');
});

it('does not act on a turn from before it was written', async () => {
  await open();
  to('2026-11-20T18:10:00Z');
  const later = stage.with({ schedules: [{ ...NIGHTS, stop: '18:30' }] });
  await round(later);
  await round(later);
  expect(await turns()).toEqual([]);
});
