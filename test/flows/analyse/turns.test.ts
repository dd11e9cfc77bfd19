/** Turns in an anomaly's life that once went wrong: each round of analysis after the other, on a real database. */
import { afterEach, describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../src/core/day.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { analyse } from '../../../src/flows/analyse.ts';
import { analysisRound } from '../../../src/flows/analysis-round.ts';
import { decideAnomaly } from '../../../src/flows/decide-anomaly.ts';
import { listAnomalies } from '../../../src/store/anomalies.ts';
import { openStore } from '../../../src/store/open.ts';
import { type Costs, type Organisation, openOrganisation, usual } from './costs.ts';

let org: Organisation;
afterEach(() => org.close());

const quiet: Costs = {
  'search/bert/inference/SageMaker': usual(300),
  'search/bert/training/EC2': usual(100),
  'growth/churn/training/EC2': usual(200),
};
const spike = (more: Readonly<Record<Day, number>>): Costs => ({
  ...quiet,
  'search/bert/training/EC2': usual(100, more),
});
const person = { kind: 'system', job: 'test' } as const;

/** The day's bill comes in the next morning. */
async function day(costs: Costs, last: Day) {
  org.at(`${addDays(last, 1)}T09:00:00Z`);
  await org.write(costs, last);
  return analyse(org.context);
}

async function only() {
  const [anomaly, ...others] = await listAnomalies(org.context.store);
  expect(others).toEqual([]);
  if (!anomaly) throw new Error('nothing was found');
  return anomaly;
}

it('what came again keeps its first day and all of its excess when that day is long ago', async () => {
  org = await openOrganisation();
  const costs = spike({ '2026-10-12': 900, '2026-10-17': 900 });
  await day(costs, '2026-10-12');
  await day(costs, '2026-10-17');
  const { firstStamp, excessMicros } = await only();
  expect([firstStamp, Number(excessMicros) / 1e6]).toEqual(['2026-10-12', expect.closeTo(1800, -1)]);
  await day(costs, '2026-11-14');
  expect(await only()).toMatchObject({ firstStamp, excessMicros });
});

it('is not asked about again on the morning before it is over', async () => {
  org = await openOrganisation();
  const costs = spike({ '2026-11-10': 900 });
  await day(costs, '2026-11-10');
  await day(costs, '2026-11-11');
  org.at('2026-11-13T09:00:00Z');
  expect((await analyse(org.context)).effects).toEqual([]);
  expect((await day(costs, '2026-11-12')).resolved).toHaveLength(1);
});

it('a model of another name in its team goes on under its number, and nobody is told again', async () => {
  org = await openOrganisation();
  const more = { '2026-11-15': 900 };
  const { opened } = await day(spike(more), '2026-11-15');
  await org.write(
    {
      'search/bert-2/inference/SageMaker': usual(300),
      'search/bert-2/training/EC2': usual(100, more),
      'growth/churn/training/EC2': usual(200),
    },
    '2026-11-15',
  );
  expect((await analyse(org.context)).effects).toEqual([]);
  expect(await only()).toMatchObject({
    id: opened[0],
    status: 'open',
    path: ['search', 'bert-2', 'training', 'EC2'],
  });
});

it('expected until a day: silent up to it, and told when it goes on', async () => {
  org = await openOrganisation();
  const from = (first: Day, last: Day) =>
    Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [addDays(first, index), 400]).filter(
        ([one]) => `${one}` <= last,
      ),
    );
  const costs = spike(from('2026-11-01', '2026-11-09'));
  const { opened } = await day(costs, '2026-11-01');
  await decideAnomaly(org.context, person, opened[0] ?? 0, { kind: 'expected', until: '2026-11-04' });
  for (const last of ['2026-11-02', '2026-11-03', '2026-11-04'])
    expect((await day(costs, last)).effects).toEqual([]);
  expect(await only()).toMatchObject({ status: 'expected', expectedUntil: '2026-11-04' });
  const { effects } = await day(costs, '2026-11-05');
  expect(effects).toEqual([{ id: opened[0], effect: { kind: 'tell', how: 'message', why: 'woken' } }]);
});

it('two teams with one spike each are two incidents, each at its own place', async () => {
  org = await openOrganisation();
  const more = (amount: number) => ({ '2026-11-10': amount });
  await day({ ...spike(more(900)), 'growth/churn/training/EC2': usual(200, more(1500)) }, '2026-11-10');
  const paths = (await listAnomalies(org.context.store)).map(({ path }) => path[0]);
  expect(paths.sort()).toEqual(['growth', 'search']);
});

it('an anomaly that is none by other rules is not blamed on a bill that moved by cents', async () => {
  org = await openOrganisation();
  await day(spike({ '2026-11-10': 900 }), '2026-11-10');
  await org.context.store.restatement.create({
    data: {
      ...{ source: 'aws', billingAccount: 'acct', day: '2026-11-10', currency: 'USD' },
      ...{ at: new Date('2026-11-11T12:00:00Z'), effectiveBefore: '1500.00', effectiveAfter: '1500.02' },
    },
  });
  const { anomalies } = org.context.settings;
  const settings: Settings = {
    ...org.context.settings,
    anomalies: { ...anomalies, minimumImpactMicros: 50_000_000_000n },
  };
  await analyse({ ...org.context, settings });
  expect((await only()).statusReason).toBe('by the rules of today it is not unusual');
});

describe('history that was just loaded', () => {
  it('tells what goes on, and keeps what is over for comparison', async () => {
    org = await openOrganisation();
    const { opened, resolved } = await day(spike({ '2026-11-14': 900 }), '2026-11-18');
    expect([opened.length, resolved.length]).toEqual([0, 1]);
  });

  it('a source that was down for days tells what happened meanwhile', async () => {
    org = await openOrganisation();
    const costs = spike({ '2026-11-14': 900 });
    await day(costs, '2026-11-12');
    expect((await day(costs, '2026-11-18')).opened).toHaveLength(1);
  });
});

it('amounts beyond what a database keeps do not stop the analysis', async () => {
  org = await openOrganisation();
  const more = Object.fromEntries(['2026-11-10', '2026-11-11'].map((one) => [one, 8e12]));
  await day({ ...quiet, 'search/bert/training/EC2': usual(1e11, more) }, '2026-11-11');
  expect((await only()).excessMicros).toBe(9_000_000_000_000_000_000n);
});

it('a currency without a rate is judged in itself', async () => {
  org = await openOrganisation();
  await org.write(spike({ '2026-11-10': 900 }), '2026-11-10');
  const other = { currency: 'XTS' };
  await org.context.store.dailyCost.updateMany({ where: { team: 'search' }, data: other });
  await analyse(org.context);
  const [anomaly] = await listAnomalies(org.context.store, { team: 'search' });
  expect(anomaly).toMatchObject({ currency: 'XTS', firstStamp: '2026-11-10' });
  expect(Number(anomaly?.excessMicros) / 1e6).toBeCloseTo(900, -1);
});

it('two processes that analyse at the same time write everything once', async () => {
  org = await openOrganisation();
  await org.write(spike({ '2026-11-18': 900 }), '2026-11-18');
  const rows: { file: string }[] = await org.context.store.$queryRawUnsafe('PRAGMA database_list');
  const other = await openStore(`file:${rows[0]?.file}`);
  try {
    const rounds = [org.context, { ...org.context, store: other }].map((context) => analysisRound(context));
    expect((await Promise.all(rounds)).flatMap(({ failed }) => failed)).toEqual([]);
  } finally {
    await other.$disconnect();
  }
  expect((await only()).notifications).toBe(1);
  expect(await org.context.store.anomalyEvent.count({ where: { kind: 'told' } })).toBe(1);
});

it('budgets are judged again only when something changed', async () => {
  org = await openOrganisation();
  await org.write(quiet, '2026-11-18');
  await analysisRound(org.context);
  const judged = () => org.context.store.meta.findUnique({ where: { key: 'judged.budgets' } });
  const before = await judged();
  expect(before).not.toBeNull();
  await analysisRound(org.context);
  expect(await judged()).toEqual(before);
  await org.write(quiet, '2026-11-19');
  await analysisRound(org.context);
  expect(await judged()).not.toEqual(before);
});
