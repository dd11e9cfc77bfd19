import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, type Day, eachDay } from '../../src/core/day.ts';
import { analyse } from '../../src/flows/analyse.ts';
import { tellAnomalies } from '../../src/flows/anomaly-notices.ts';
import type { Context } from '../../src/flows/context.ts';
import { listAnomalyEvents } from '../../src/store/anomaly-events.ts';
import { listAudit } from '../../src/store/audit.ts';
import { addFacts } from '../temp-store.ts';
import { JON, LENA, openWorkbench, STRANGER, type Workbench } from './workbench.ts';

const LAST = '2026-11-19';
let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.temp.close());

/** bert and churn cost about $200 and $90 a day for 90 days; bert's training $900 on its last days. */
async function costs(jump: readonly Day[] = [addDays(LAST, -1), LAST]): Promise<void> {
  const days = eachDay(addDays(LAST, -89), LAST);
  const wave = (day: Day) => (Number(day.slice(8)) % 5) - 2;
  await addFacts(
    bench.context,
    days.flatMap((day) => [
      {
        day,
        cost: String(jump.includes(day) ? 900 : 200 + wave(day)),
        tags: { model: 'bert', stage: 'training', team: 'search' },
      },
      { day, cost: String(90 + wave(day)), tags: { model: 'churn', stage: 'inference', team: 'growth' } },
    ]),
  );
}
const later = (hours: number): Context => ({
  ...bench.context,
  now: () => bench.context.now() + hours * 3_600_000,
});

describe('anomalies', () => {
  it('say that nothing was judged before anything was', async () => {
    const { text } = await bench.run('anomalies');
    expect(text).toContain('Nothing unusual is open');
    expect(text).toContain('Nothing was judged yet');
  });

  it('list what stands out, at the place that explains it, with owner, money and buttons', async () => {
    await costs();
    await analyse(bench.context);
    const { text, data, buttons } = await bench.run('anomalies');
    expect(data.rows).toMatchObject([
      {
        id: 1,
        scope: 'model:bert/training',
        severity: 'high',
        state: 'open',
        first: '2026-11-18',
        last: LAST,
        actual: '900',
        owner: 'Mira Chen',
      },
    ]);
    const [row] = data.rows as { expected: string; excess: string }[];
    expect(Number(row?.expected)).toBeGreaterThan(190);
    expect(Number(row?.expected)).toBeLessThan(210);
    expect(Number(row?.excess)).toBeCloseTo(1800 - 2 * Number(row?.expected), 3);
    expect(text).toContain('1 open anomaly');
    expect(buttons[0]).toMatchObject({ label: 'Why ANM-1', action: { do: 'command', text: 'why ANM-1' } });
    expect((await bench.run('anomalies team:growth')).text).toContain(
      'Nothing unusual of team growth is open',
    );
    expect((await bench.run('anomalies bert')).text).toContain('1 open anomaly of bert');
    expect((await bench.run('anomalies all 30d')).text).toContain('1 anomaly in the last 30 days');
  });
});

describe('a decision', () => {
  beforeEach(async () => {
    await costs();
    await analyse(bench.context);
  });

  it('is the team’s or an admin’s, and is written down', async () => {
    expect(await bench.refusal('anomaly 1 ack', LENA)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await bench.refusal('anomaly 1 ack', STRANGER)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await bench.refusal('anomaly 99 ack', JON)).toMatchObject({ code: 'NOT_FOUND' });
    const taken = await bench.run('anomaly ANM-1 ack');
    expect(taken.text).toContain('ANM-1: Acknowledged by Mira Chen, Sat 21 Nov');
    expect((await bench.run('anomaly 1 real "a job that did not end"')).data).toMatchObject({
      verdict: 'real',
    });
    expect(
      (await listAudit(bench.temp.store, 'anomaly:1')).map(({ actor, action }) => [actor, action]),
    ).toEqual([
      ['slack:U0MIRA01', 'anomaly.acknowledge'],
      ['slack:U0MIRA01', 'anomaly.real'],
    ]);
    const events = await listAnomalyEvents(bench.temp.store, 1);
    expect(events.at(-1)).toMatchObject({ kind: 'feedback', data: { reason: 'a job that did not end' } });
  });

  it('snoozes until a time, or until it grows', async () => {
    const { data, text } = await bench.run('anomaly 1 snooze 3d +50%');
    expect(data).toMatchObject({ state: 'snoozed', snoozedUntil: '2026-11-24T09:00:00.000Z' });
    expect(text).toContain('Snoozed until Tue 24 Nov');
    const row = await bench.temp.store.anomaly.findUnique({ where: { id: 1 } });
    expect(row).toMatchObject({ snoozedGrowth: 50 });
    expect((await bench.run('anomaly 1 snooze until 2026-11-30')).data).toMatchObject({
      snoozedUntil: '2026-11-30T00:00:00.000Z',
    });
    expect(await bench.refusal('anomaly 1 snooze 300d')).toMatchObject({ code: 'INVALID' });
    expect(await bench.refusal('anomaly 1 snooze 2026-11-01')).toMatchObject({ code: 'INVALID' });
  });

  it.each(['-3d', '9999d', 'yesterday', '3x', 'next week'])(
    'refuses to snooze for "%s", which is no time, rather than take another one',
    async (time) => {
      expect(await bench.refusal(`anomaly 1 snooze ${time}`)).toMatchObject({ code: 'INVALID' });
      expect((await bench.run('anomaly 1')).text).not.toContain('Snoozed');
    },
  );

  it('snoozes in words too, with a reason behind the time', async () => {
    expect((await bench.run('anomaly 1 snooze for 2 days waiting for the vendor')).data).toMatchObject({
      snoozedUntil: '2026-11-23T09:00:00.000Z',
    });
    expect((await bench.run('anomaly 1 snooze tomorrow')).data).toMatchObject({
      snoozedUntil: '2026-11-22T00:00:00.000Z',
    });
    expect((await bench.run('anomaly 1 snooze')).data).toMatchObject({
      snoozedUntil: '2026-11-24T09:00:00.000Z',
    });
  });

  it('says the verdict first, and that what is over cannot be snoozed', async () => {
    await bench.run('anomaly 1 snooze 3d');
    expect((await bench.run('anomaly 1 real')).text).toContain('ANM-1 is real: Snoozed until Tue 24 Nov');
    expect((await bench.run('anomaly 1 resolve')).text).toContain('ANM-1: Resolved');
    const asleep = await bench.run('anomaly 1 snooze 3d');
    expect(asleep.text).toContain('It is over, so there is nothing to snooze; nothing was changed.');
    expect((await bench.run('anomaly 1 expected')).text).toContain('ANM-1 was expected: Resolved');
  });

  it('takes an expected cost for usual, which shows in what is judged next', async () => {
    const { data, text } = await bench.run('anomaly 1 expected new region');
    expect(data).toMatchObject({ state: 'expected', verdict: 'expected' });
    expect(text).toMatch(/alarms? in the last 90 days/);
    expect((await analyse(later(1))).opened).toEqual([]);
    const listed = await bench.run('anomalies');
    expect(listed.text).toContain('Nothing unusual is open, 1 expected');
    expect(listed.text).not.toContain('1 open anomaly');
    expect((await bench.run('anomaly 1 reopen')).data).toMatchObject({ state: 'open' });
    expect((await bench.run('anomaly 1 reopen')).text).toContain('nothing was changed');
  });

  it('widens the band of a false alarm’s place, and says by how much', async () => {
    const { data, text } = await bench.run('anomaly 1 false-alarm');
    expect(data).toMatchObject({ state: 'resolved', effect: { bandRatio: 1.25 } });
    expect(text).toContain('its band is 25 % wider from now on');
  });

  it('is understood by its number alone, with a question mark or without', async () => {
    const { text } = await bench.run('why ANM-1');
    for (const typed of ['why ANM-1?', 'ANM-1', 'anm-1', 'why ANM 1'])
      expect((await bench.run(typed)).text).toBe(text);
    expect((await bench.run('ANM-1 ack')).text).toContain('ANM-1: Acknowledged');
    expect((await bench.run('ANM-1 is a false alarm')).data).toMatchObject({ verdict: 'false-alarm' });
  });

  it('is asked back in words when it is none', async () => {
    expect((await bench.refusal('anomaly 1 explode')).hint).toContain('anomaly 12 ack');
    expect((await bench.refusal('anomaly bert')).message).toBe('Which anomaly?');
    expect((await bench.run('anomaly 1')).text).toContain('bert training');
  });

  it('counts in the figures about alerts', async () => {
    const before = (await bench.run('anomalies stats')).text;
    expect(before).toContain('Taken by somebody after: unknown (none was taken yet)');
    expect(before).toContain('Over after: unknown (none is over yet)');
    await bench.run('anomaly 1 ack');
    await bench.run('anomaly 1 false-alarm');
    const { data } = await bench.run('anomalies stats');
    expect(data).toMatchObject({ anomalies: 1, told: 1, precision: 0, hoursToAcknowledge: 0, caught: '0' });
  });
});

describe('messages about anomalies', () => {
  const outbox = () => bench.temp.store.outboxMessage.findMany({ orderBy: { id: 'asc' } });

  it('are written once, for the team’s channel, with its owner, the reason and the picture', async () => {
    await costs();
    await analyse(bench.context);
    expect(await tellAnomalies(bench.context)).toBe(2);
    expect(await tellAnomalies(bench.context)).toBe(0);
    const [message, detail] = await outbox();
    expect(message).toMatchObject({
      key: 'anomaly:1 slack:C0SEARCH',
      channel: 'C0SEARCH',
      about: 'anomaly ANM-1',
    });
    expect(detail).toMatchObject({ threadKey: message?.key });
    expect(message?.view).toContain('"ids":{"slack":"U0MIRA01"}');
    expect(message?.view).toContain('🔴 High: bert training');
    expect(message?.view).toContain('"id":"anomaly-band"');
  });

  it('come again when nobody takes it, and not when somebody did', async () => {
    await costs();
    await analyse(bench.context);
    await tellAnomalies(bench.context);
    await analyse(later(47));
    expect(await tellAnomalies(later(47))).toBe(0);
    await analyse(later(49));
    expect(await tellAnomalies(later(49))).toBe(1);
    expect((await outbox()).at(-1)?.view).toContain('Still open, and nobody took it');
    await bench.run('anomaly 1 ack');
    const before = (await outbox()).length;
    await analyse(later(120));
    await tellAnomalies(later(120));
    const replies = (await outbox()).slice(before).map(({ view }) => view);
    expect(replies).toEqual([expect.stringContaining('Its data stopped arriving')]);
    expect(replies.join()).not.toContain('"kind":"mention"');
  });

  it('are not written about what is small', async () => {
    await addFacts(
      bench.context,
      eachDay(addDays(LAST, -59), LAST).map((day) => ({
        day,
        cost: day === LAST ? '60' : '10',
        tags: { model: 'bert', team: 'search' },
      })),
    );
    await analyse(bench.context);
    expect((await bench.run('anomalies')).data.rows).toMatchObject([{ severity: 'low' }]);
    expect(await tellAnomalies(bench.context)).toBe(0);
  });
});

describe('backtest', () => {
  beforeEach(() => costs([addDays(LAST, -40), addDays(LAST, -39), LAST]));

  it('replays what would have been found, day by day', async () => {
    const { data, text } = await bench.run('backtest 60d');
    expect(data).toMatchObject({ days: 60, trial: null, current: { medianDelayDays: 0 } });
    const { anomalies } = data.current as { anomalies: { scope: string; first: string; foundOn: string }[] };
    expect(anomalies.map(({ first, foundOn }) => [first, foundOn])).toEqual([
      ['2026-10-10', '2026-10-10'],
      [LAST, LAST],
    ]);
    expect(text).toContain('nothing was changed or posted');
    expect(await bench.temp.store.anomaly.count()).toBe(0);
    expect((await bench.run('backtest 20d')).data.current).toMatchObject({ told: 1 });
    expect((await bench.run('backtest team:growth 60d')).data.current).toMatchObject({ told: 0 });
  });

  it('shows what other rules change, before they are switched on', async () => {
    const { data, text } = await bench.run('backtest 60d impact=1000');
    expect(data.trial).toMatchObject({ told: 0, settings: { minimumImpactMicros: '1000' }, more: [] });
    expect((data.trial as { fewer: unknown[] }).fewer).toHaveLength(2);
    expect(text).toContain('From $1,000 a day: 0 messages in 60 days instead of 2');
    const other = await bench.run('backtest 60d detector static times=2');
    expect((other.data.trial as { anomalies: unknown[] }).anomalies).toHaveLength(2);
    expect(bench.context.settings.anomalies.detector).toBe('seasonal');
  });

  it('counts what was found in these days, not what only went on in them', async () => {
    await bench.temp.close();
    bench = await openWorkbench();
    await costs(eachDay(addDays(LAST, -5), LAST));
    expect((await bench.run('backtest 30d')).data.current).toMatchObject({ told: 1, medianDelayDays: 0 });
    const { data, text } = await bench.run('backtest 3d');
    expect(data.current).toMatchObject({ told: 0, anomalies: [] });
    expect(text).toContain('0 anomalies found');
    expect(text).not.toContain('after the first day');
  });

  it('says which of those that both find are told with one only', async () => {
    const { data, text } = await bench.run('backtest 60d detector static times=1.5 direction=both');
    const trial = data.trial as { told: number; more: unknown[]; fewer: unknown[] } & Record<
      string,
      unknown[]
    >;
    const current = data.current as { told: number };
    const severe = (list: unknown[]) =>
      (list as { severity: string }[]).filter(({ severity }) => severity !== 'low').length;
    expect(trial.told - current.told).toBe(
      severe(trial.more) - severe(trial.fewer) + (trial.louder?.length ?? 0) - (trial.quieter?.length ?? 0),
    );
    expect(text).toContain('messages in 60 days instead of');
  });

  it.each([
    ['backtest detector statik', 'There is no detector "statik"'],
    ['backtest detector static tims=2', 'no parameter "tims"'],
    ['backtest impact=lots', 'that is not an amount'],
    ['backtest 5000d', 'Rules are tried on 1 to 365 days, not on 5000.'],
    ['backtest 0d', 'Rules are tried on 1 to 365 days, not on 0.'],
    ['backtest direction=left', 'that is not one of up, down, both'],
  ])('"%s" is refused: %s', async (command, why) => {
    expect((await bench.refusal(command)).message).toContain(why);
  });
});
