import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceSettings } from '../../src/core/settings.ts';
import { addFacts } from '../temp-store.ts';
import { openWorkbench, SETTINGS, type Workbench } from './workbench.ts';

const aws: SourceSettings = {
  name: 'aws-cost-explorer',
  kind: 'aws-cost-explorer',
  schedule: '0 6 * * *',
  historyMonths: 13,
  trailingDays: 5,
  lagDays: 2,
  requestsPerDay: 40,
  options: {},
};
const azure: SourceSettings = { ...aws, name: 'azure-eu', kind: 'azure-cost-management' };
let bench: Workbench;

beforeEach(async () => {
  bench = await openWorkbench({ ...SETTINGS, sources: [aws, azure] });
  await addFacts(bench.context, [{ day: '2026-11-19', cost: '10' }]);
  const { store } = bench.temp;
  await store.source.create({
    data: { name: 'aws-cost-explorer', kind: 'aws-cost-explorer', watermark: '2026-11-18' },
  });
  await store.sourceState.create({
    data: {
      name: 'aws-cost-explorer',
      coveredFrom: '2026-06-01',
      coveredThrough: '2026-11-18',
      backfillTo: '2025-10-01',
      lastStartedAt: new Date('2026-11-21T08:00:00Z'),
      lastEndedAt: new Date('2026-11-21T08:01:00Z'),
      lastSuccessAt: new Date('2026-11-19T06:02:00Z'),
      nextAttemptAt: new Date('2026-11-21T18:00:00Z'),
    },
  });
  await store.sourceRequests.createMany({
    data: [
      ['2026-10-31', 99, 99],
      ['2026-11-02', 296, 2.96],
      ['2026-11-21', 14, 0.14],
    ].map(([day, requests, cost]) => ({
      source: 'aws-cost-explorer',
      day: String(day),
      requests: Number(requests),
      failed: 2,
      costMicros: BigInt(Math.round(Number(cost) * 1e6)),
      currency: 'USD',
    })),
  });
});
afterEach(() => bench.temp.close());

async function failed(times: number, more: object = {}): Promise<void> {
  await bench.temp.store.sourceState.update({
    where: { name: 'aws-cost-explorer' },
    data: {
      failures: times,
      failingSince: new Date('2026-11-19T12:00:00Z'),
      error: 'AWS refused the request: AccessDenied (ce:GetCostAndUsage).',
      hint: 'Grant the policy that `pennywatch permissions aws-cost-explorer` prints.',
      ...more,
    },
  });
}

async function restated(day: string, before: string, after: string, at: string): Promise<void> {
  await bench.temp.store.restatement.create({
    data: {
      source: 'aws-cost-explorer',
      billingAccount: '111122223333',
      day,
      currency: 'USD',
      effectiveBefore: before,
      effectiveAfter: after,
      at: new Date(`${at}T06:00:00Z`),
    },
  });
}

function rowOf(data: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> | undefined {
  return (data.rows as Record<string, unknown>[]).find((row) => row.key === key);
}

describe('sources', () => {
  it('says how polling goes, what it asked, and how much history is there', async () => {
    const { text, data } = await bench.run('sources');
    expect(text).toContain('fresh, history 42 %');
    expect(text).toContain(
      'aws-cost-explorer: next poll Sat 21 Nov, 18:00; 14 requests (2 failed), $0.14 today; $3.10 this month; budget 40 a day; history back to 1 Jun, loading to 1 Oct 2025 (42 %)',
    );
    expect(rowOf(data, 'aws-cost-explorer')).toMatchObject({
      live: true,
      state: 'loading',
      stale: false,
      failures: 0,
      watermark: '2026-11-18',
      nextPoll: '2026-11-21T18:00:00.000Z',
      lastSuccess: '2026-11-19T06:02:00.000Z',
      requestsToday: 14,
      requestCostToday: '0.14',
      requestsMonth: 310,
      requestCostMonth: '3.1',
      requestsPerDay: 40,
      history: { from: '2026-06-01', wanted: '2025-10-01', complete: false, percent: 42 },
    });
  });

  it('shows a configured source that was never polled', async () => {
    const { text, data } = await bench.run('sources');
    expect(text.split('\n')[0]).toBe('1 of 3 sources needs a look');
    expect(text).toContain('azure-eu: It was never polled: its cost is in no figure.');
    expect(rowOf(data, 'azure-eu')).toMatchObject({ state: 'never-polled', live: true, lastSuccess: null });
  });

  it('calls one that failed three times stale, with the reason and the mend', async () => {
    await failed(3);
    const { text, data } = await bench.run('sources');
    expect(text).toContain('stale: failed 3 times');
    expect(text).toContain(
      'aws-cost-explorer: failing (3 times since Thu 19 Nov, 12:00): AWS refused the request: AccessDenied (ce:GetCostAndUsage). ' +
        'Complete until Wed 18 Nov; since then its cost is unknown, not zero. ' +
        'To mend it: Grant the policy that pennywatch permissions aws-cost-explorer prints. Next poll Sat 21 Nov, 18:00.',
    );
    expect(rowOf(data, 'aws-cost-explorer')).toMatchObject({
      state: 'stale',
      stale: true,
      failures: 3,
      failingSince: '2026-11-19T12:00:00.000Z',
    });
  });

  it('one failure is no staleness', async () => {
    await failed(1);
    const { text, data } = await bench.run('sources');
    expect(text).toContain('failed once');
    expect(text).toContain('Figures up to Wed 18 Nov are complete.');
    expect(rowOf(data, 'aws-cost-explorer')).toMatchObject({ state: 'failing', stale: false });
  });

  it('says that it is polled now, as long as the lease holds', async () => {
    const { store } = bench.temp;
    const lease = { runningSince: new Date('2026-11-21T08:55:00Z'), runningBy: 'p' };
    const until = (time: string) =>
      store.sourceState.update({
        where: { name: 'aws-cost-explorer' },
        data: { ...lease, runningUntil: new Date(time) },
      });
    await until('2026-11-21T09:05:00Z');
    expect((await bench.run('sources')).text).toContain('history 42 %, polling now');
    await until('2026-11-21T08:59:00Z');
    expect((await bench.run('sources')).text).not.toContain('polling now');
  });

  it('tells restated days of 30 days, the largest first, each day once', async () => {
    await restated('2026-11-12', '1204.10', '1190', '2026-11-18');
    await restated('2026-11-12', '1190', '1180.55', '2026-11-19');
    await restated('2026-11-10', '5', '7', '2026-11-18');
    await restated('2026-11-09', '5', '8', '2026-11-18');
    await restated('2026-11-09', '8', '5', '2026-11-19');
    await restated('2026-10-01', '1', '900', '2026-10-20');
    for (const day of ['01', '02', '03', '04', '05'])
      await restated(`2026-11-${day}`, '1', '1.5', '2026-11-18');
    const { text, data } = await bench.run('sources');
    expect(text).toContain(
      [
        'Bills that changed in the last 30 days',
        '',
        '• aws-cost-explorer: 12 Nov: $1,204.10 → $1,180.55 (−$23.55), said on 19 Nov',
        '• aws-cost-explorer: 10 Nov: $5.00 → $7.00 (+$2.00), said on 18 Nov',
      ].join('\n'),
    );
    expect(text).toContain('• and 2 more');
    expect(rowOf(data, 'aws-cost-explorer')?.restated).toHaveLength(7);
  });

  it('tells estimates that drift', async () => {
    await bench.temp.store.estimateCheck.create({
      data: {
        source: 'aws-cost-explorer',
        day: '2026-11-18',
        llmModel: 'claude-sonnet-4',
        currency: 'USD',
        estimatedMicros: 80_000_000n,
        billedMicros: 100_000_000n,
        checkedAt: new Date('2026-11-20T06:00:00Z'),
      },
    });
    const { text, data } = await bench.run('sources');
    expect(text).toContain('Estimates that drift from the bill');
    expect(rowOf(data, 'aws-cost-explorer')?.drift).toMatchObject([
      { model: 'claude-sonnet-4', percent: 20 },
    ]);
  });
});

describe('sources NAME', () => {
  it('shows one in full, by the beginning of its name', async () => {
    await failed(3, { warnings: JSON.stringify(['Two accounts have no tag "team".']) });
    const { store } = bench.temp;
    const fetchedAt = new Date('2026-11-18T06:00:00Z');
    await store.evidence.createMany({
      data: [
        {
          source: 'aws-cost-explorer',
          kind: 'forecast',
          externalId: 'f',
          start: '2026-11-22',
          end: '2026-11-30',
          data: JSON.stringify({
            currency: 'USD',
            mean: '12300.4',
            lower: '11900',
            upper: '12800',
            percent: 80,
          }),
          fetchedAt,
        },
        ...['3', '11'].map((impact) => ({
          source: 'aws-cost-explorer',
          kind: 'anomaly',
          externalId: impact,
          start: '2026-11-10',
          end: '2026-11-12',
          data: JSON.stringify({ currency: 'USD', impact, about: 'Amazon SageMaker', causes: [] }),
          fetchedAt,
        })),
      ],
    });
    const { text, data, buttons } = await bench.run('sources aws');
    expect(text.split('\n')[0]).toBe('aws-cost-explorer – stale: failed 3 times, history 42 %');
    expect(text).toContain(
      'Failing (3 times since Thu 19 Nov, 12:00): AWS refused the request: AccessDenied (ce:GetCostAndUsage).',
    );
    expect(text).toContain(
      'Requests: 14 requests (2 failed), $0.14 today; $3.10 this month; budget 40 a day',
    );
    expect(text).toContain('• Two accounts have no tag "team".');
    expect(text).toContain('The provider itself forecasts $12,300 for 22–30 Nov (80 %: $11,900–$12,800).');
    expect(text).toContain(
      'The provider saw 2 anomalies in the last 30 days: Amazon SageMaker 10–12 Nov ($11.00); Amazon SageMaker 10–12 Nov ($3.00).',
    );
    expect(text).toContain('pennywatch permissions aws-cost-explorer');
    expect(buttons.map(({ label }) => label)).toEqual(['All sources']);
    expect(rowOf(data, 'aws-cost-explorer')).toMatchObject({
      forecasts: [{ mean: '12300.4', percent: 80 }],
      anomalies: [{ impact: '11' }, { impact: '3' }],
      requests: [{ day: '2026-11-21', sent: 14, cost: '0.14' }],
    });
  });

  it('shows a source of files', async () => {
    const { text } = await bench.run('sources focus');
    expect(text.split('\n')[0]).toBe('focus – fresh');
    expect(text).not.toContain('pennywatch permissions');
  });

  it('asks back when a name is not clear', async () => {
    const both = await bench.run('sources a');
    expect(both.text).toContain('More than one source begins with a. Which one?');
    expect(both.buttons.map(({ label }) => label)).toEqual(['aws-cost-explorer', 'azure-eu', 'All sources']);
    const wrong = await bench.run('sources azur-eu');
    expect(wrong.text).toContain("I don't know a source called azur-eu. Did you mean this?");
    expect(wrong.data).toMatchObject({ error: { code: 'NOT_FOUND' }, closest: ['azure-eu'] });
  });
});
