/** An anomaly through analysis after analysis, on a real database. */
import { afterEach, expect, it } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import { findAnomalies } from '../../../src/flows/analyse/find.ts';
import { analyse } from '../../../src/flows/analyse.ts';
import { listAnomalies, readAnomaly, saveAnomaly } from '../../../src/store/anomalies.ts';
import { listAnomalyEvents } from '../../../src/store/anomaly-events.ts';
import { addPlan } from '../../../src/store/planned-spend.ts';
import { settingsOf } from '../../settings.ts';
import { FIRST, type Organisation, openOrganisation, usual } from './costs.ts';

let org: Organisation;
afterEach(() => org.close());

const quiet = {
  'search/bert/inference/SageMaker': usual(300),
  'search/bert/training/EC2': usual(100),
  'growth/churn/training/EC2': usual(200),
};
const spike = (more: Readonly<Record<string, number>>) => ({
  ...quiet,
  'search/bert/training/EC2': usual(100, more),
});
const only = async () => {
  const [anomaly, ...others] = await listAnomalies(org.context.store);
  expect(others).toEqual([]);
  if (!anomaly) throw new Error('nothing was found');
  return anomaly;
};

it('goes on, turns worse, goes quiet, is over, and comes back', async () => {
  org = await openOrganisation();
  await org.write(spike({ '2026-11-18': 400 }), '2026-11-18');
  const first = await analyse(org.context);
  expect(first.effects.map(({ effect }) => effect)).toEqual([
    { kind: 'tell', how: 'message', why: 'opened' },
  ]);
  const opened = await only();
  expect(opened).toMatchObject({
    path: ['search', 'bert', 'training', 'EC2'],
    severity: 'medium',
    status: 'open',
    firstStamp: '2026-11-18',
    completeAt: new Date('2026-11-20T09:00:00Z'),
  });
  expect(opened.explanation?.cause).toBe(opened.cause);

  org.at('2026-11-21T09:00:00Z');
  await org.write(spike({ '2026-11-18': 400, '2026-11-19': 2000 }), '2026-11-19');
  const worse = await analyse(org.context);
  expect(worse.effects).toEqual([{ id: opened.id, effect: { kind: 'tell', how: 'message', why: 'worse' } }]);
  expect(await only()).toMatchObject({ id: opened.id, severity: 'high', lastStamp: '2026-11-19' });

  const bill = { '2026-11-18': 400, '2026-11-19': 2000 };
  org.at('2026-11-22T09:00:00Z');
  await org.write(spike(bill), '2026-11-20');
  expect((await analyse(org.context)).effects).toEqual([]);
  org.at('2026-11-23T09:00:00Z');
  await org.write(spike(bill), '2026-11-21');
  const over = await analyse(org.context);
  expect(over.resolved).toEqual([opened.id]);
  expect(over.effects).toEqual([{ id: opened.id, effect: { kind: 'redraw' } }]);
  expect((await only()).statusReason).toBe('usual again after 19 Nov');

  org.at('2026-11-25T09:00:00Z');
  await org.write(spike({ ...bill, '2026-11-23': 1500 }), '2026-11-23');
  const back = await analyse(org.context);
  expect(back.effects).toEqual([
    { id: opened.id, effect: { kind: 'tell', how: 'message', why: 'reopened' } },
  ]);
  const events = await listAnomalyEvents(org.context.store, opened.id);
  expect(events.map(({ kind }) => kind)).toEqual([
    ...['opened', 'told', 'worsened', 'told', 'resolved', 'reopened', 'told'],
  ]);
});

it('a source that falls silent makes it unknown, not over', async () => {
  org = await openOrganisation();
  await org.write(spike({ '2026-11-18': 900 }), '2026-11-18');
  const { opened } = await analyse(org.context);
  org.at('2026-11-28T09:00:00Z');
  await analyse(org.context);
  expect(await only()).toMatchObject({ id: opened[0], status: 'no-data' });
  expect((await only()).statusReason).toMatch(/^aws complete until 18 Nov; since then unknown/);
  await org.write(spike({ '2026-11-18': 900, '2026-11-19': 900 }), '2026-11-27');
  expect((await analyse(org.context)).resolved).toEqual(opened);
});

it('days that are not complete, taxes and purchases are not looked at', async () => {
  org = await openOrganisation();
  await org.write(spike({ '2026-11-19': 900 }), '2026-11-19', { watermark: '2026-11-18' });
  for (const category of ['Tax', 'Purchase', 'Adjustment'])
    await org.write({ 'search/bert/training/EC2': usual(0, { '2026-11-17': 5000 }) }, '2026-11-18', {
      category,
    });
  const { opened, judgedThrough, scopes } = await analyse(org.context);
  expect(opened).toEqual([]);
  expect([judgedThrough, scopes]).toEqual(['2026-11-18', 11]);
});

it('planned spend is no anomaly', async () => {
  org = await openOrganisation();
  await org.write(spike({ '2026-11-17': 900, '2026-11-18': 900 }), '2026-11-18');
  await org.context.store.$transaction((tx) =>
    addPlan(tx, {
      scope: 'model:bert/training',
      amountMicros: 2_000_000_000n,
      currency: 'USD',
      start: '2026-11-17',
      end: '2026-11-18',
      createdBy: 'slack:U1',
      createdAt: new Date('2026-11-16T09:00:00Z'),
    }),
  );
  expect((await analyse(org.context)).opened).toEqual([]);
});

it('a muted team is silent, and the whole does not tell on it', async () => {
  const { anomalies } = settingsOf();
  const rules = [{ scope: { kind: 'team', name: 'search' }, mute: true } as const];
  org = await openOrganisation({ anomalies: { ...anomalies, rules } });
  await org.write(spike({ '2026-11-18': 9000 }), '2026-11-18');
  expect((await analyse(org.context)).opened).toEqual([]);
});

it('an absolute limit for a provider is a place of its own', async () => {
  const { anomalies } = settingsOf();
  const scope = { kind: 'provider', name: 'AWS' } as const;
  const rules = [{ scope, mute: false, detector: 'static', params: { limit: '700' } }];
  org = await openOrganisation({ anomalies: { ...anomalies, rules } });
  await org.write(spike({ '2026-11-18': 900 }), '2026-11-18');
  const found = await findAnomalies(org.context);
  expect(found.map(({ path, detector }) => [path.join('/'), detector])).toEqual([
    ['search/bert/training/EC2', 'seasonal'],
    ['/provider/AWS', 'static'],
  ]);
});

it('what somebody answered while it was analysed is not lost', async () => {
  org = await openOrganisation();
  await org.write(spike({ '2026-11-18': 400 }), '2026-11-18');
  const { opened } = await analyse(org.context);
  const anomaly = await readAnomaly(org.context.store, opened[0] ?? 0);
  if (!anomaly) throw new Error('it was not kept');
  const taken = { status: 'acknowledged', acknowledgedBy: 'slack:U1', acknowledgedAt: new Date() } as const;
  await org.context.store.$transaction((tx) => saveAnomaly(tx, { ...anomaly, ...taken }));
  await org.write(spike({ '2026-11-18': 400, '2026-11-19': 400 }), '2026-11-19');
  await analyse(org.context);
  expect(await only()).toMatchObject({
    status: 'acknowledged',
    lastStamp: '2026-11-19',
    acknowledgedBy: 'slack:U1',
  });
});

it('nobody is told again for hours, and then once', async () => {
  org = await openOrganisation();
  await org.write(spike({ '2026-11-18': 900 }), '2026-11-18');
  const { opened } = await analyse(org.context);
  org.at('2026-11-22T08:00:00Z');
  expect(await analyse(org.context)).toMatchObject({ scored: false, effects: [] });
  org.at('2026-11-22T10:00:00Z');
  const again = [{ id: opened[0], effect: { kind: 'tell', how: 'message', why: 'again' } }];
  expect(await analyse(org.context)).toMatchObject({ scored: false, effects: again });
  expect(await analyse(org.context)).toMatchObject({ scored: false, effects: [] });
});

it('a unit price above its limit is found where cost alone says nothing', async () => {
  const { anomalies } = settingsOf();
  const scope = { kind: 'model', name: 'bert', stage: 'inference' } as const;
  const rules = [{ scope, mute: false, detector: 'rate', params: { limit: '4' }, per: 'requests' } as const];
  org = await openOrganisation({ anomalies: { ...anomalies, rules } });
  await org.write(quiet, '2026-11-18');
  const days = eachDay(FIRST, '2026-11-18');
  await org.context.store.usageFact.createMany({
    data: days.map((day) => ({
      source: 'gateway',
      day,
      metric: 'requests',
      team: 'search',
      model: 'bert',
      stage: 'inference',
      // $300 buys 100,000 requests: $3 per thousand; on the last day only half as many.
      quantityMicros: day === '2026-11-18' ? 50_000_000_000n : 100_000_000_000n,
    })),
  });
  await org.context.store.source.create({
    data: { name: 'gateway', kind: 'usage', watermark: '2026-11-18' },
  });
  const found = await findAnomalies(org.context);
  expect(found).toMatchObject([
    { path: ['search', 'bert', 'inference'], detector: 'rate', firstStamp: '2026-11-18', currency: 'USD' },
  ]);
  // The 50,000 requests would have cost $150 at the usual price.
  expect(Number(found[0]?.expectedMicros) / 1e6).toBeCloseTo(150, 0);
});
