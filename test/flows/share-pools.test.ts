import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ATTOS_PER_MICRO, attosToMicros } from '../../src/core/money.ts';
import type { Settings, SplitSettings } from '../../src/core/settings.ts';
import { allocateDays, rulesChanged } from '../../src/flows/allocate.ts';
import { allocateHistory } from '../../src/flows/allocate-history.ts';
import type { Context } from '../../src/flows/context.ts';
import { layerTotals } from '../../src/store/layer-totals.ts';
import { addUsage } from '../../src/store/usage.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const actor = { kind: 'console', user: 'test' } as const;
const DAY = '2026-11-10';
const EKS = { team: 'platform', stage: 'other' };
let temp: TempStore;

beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

function split(more: Partial<SplitSettings> = {}): SplitSettings {
  return {
    name: 'shared platform',
    from: { team: 'platform' },
    among: { dimension: 'team', names: [] },
    by: { kind: 'direct-cost' },
    ...more,
  };
}

function contextWith(splits: readonly SplitSettings[], more: Partial<Settings> = {}): Context {
  return contextOf(temp.store, { now: '2026-11-21T09:00:00Z', settings: { splits, ...more } });
}

/** EffectiveCost of a day by one column and split, summed exactly and rounded once to micros. */
async function costs(column: 'team' | 'model' | 'costCenter' = 'team', day = DAY): Promise<string[]> {
  const rows = await temp.store.dailyCost.findMany({ where: { day, NOT: { effectiveMicros: 0n } } });
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    const key = `${row[column]} ${row.split ?? 'direct'} ${row.currency}`;
    const attos = (row.effectiveMicros ?? 0n) * ATTOS_PER_MICRO + (row.effectiveResidue ?? 0n);
    sums.set(key, (sums.get(key) ?? 0n) + attos);
  }
  return [...sums].map(([key, sum]) => `${key} ${attosToMicros(sum)}`).sort();
}

async function expectNothingLost(): Promise<void> {
  for (const basis of ['billed', 'effective', 'list', 'contracted'] as const) {
    const sums = (table: string) =>
      temp.store.$queryRawUnsafe(
        `SELECT "source", "day", "currency", CAST(SUM("${basis}Micros") AS TEXT) m, CAST(SUM(COALESCE("${basis}Residue", 0)) AS TEXT) r
         FROM "${table}" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      );
    expect(await sums('DailyCost')).toEqual(await sums('CostFact'));
  }
}

/** 100.000001 of the platform beside 30 of search and 10 of growth. */
const FACTS = [
  { day: DAY, cost: '100.000001', tags: EKS, service: 'Amazon EKS' },
  { day: DAY, cost: '-4', tags: EKS, category: 'Credit', service: 'Amazon EKS' },
  { day: DAY, cost: '30', tags: { team: 'search', model: 'bert' } },
  { day: DAY, cost: '10', tags: { team: 'growth', model: 'churn' } },
];

describe('shared pools', () => {
  it('go to teams in proportion to their direct cost, credits too, and nothing is lost', async () => {
    await addFacts(contextWith([split()]), FACTS);
    expect(await costs()).toEqual([
      'growth direct USD 10000000',
      'growth shared platform USD 24000000',
      'search direct USD 30000000',
      'search shared platform USD 72000001',
    ]);
    await expectNothingLost();
    const parts = await temp.store.dailyCost.findMany({ where: { NOT: { split: null } } });
    expect(new Set(parts.map((row) => `${row.service} ${row.stage} ${row.category} ${row.model}`))).toEqual(
      new Set(['Amazon EKS other Usage null', 'Amazon EKS other Credit null']),
    );
  });

  it('leave a known zero with whoever had them', async () => {
    await addFacts(contextWith([split()]), FACTS);
    const left = await temp.store.dailyCost.findMany({ where: { team: 'platform' } });
    expect(left.map((row) => [row.split, row.effectiveMicros, row.billedMicros, row.listMicros])).toEqual([
      [null, 0n, 0n, null],
    ]);
  });

  it('weigh each currency by its own costs, and stay where nobody has any', async () => {
    const context = contextWith([split()]);
    await addFacts(context, [
      ...FACTS,
      { day: DAY, cost: '8', currency: 'EUR', source: 'azure', tags: EKS },
      { day: DAY, cost: '1', currency: 'EUR', source: 'azure', tags: { team: 'growth' } },
      { day: '2026-11-11', cost: '5', tags: EKS },
    ]);
    expect((await costs()).filter((line) => line.includes('EUR'))).toEqual([
      'growth direct EUR 1000000',
      'growth shared platform EUR 8000000',
    ]);
    expect(await costs('team', '2026-11-11')).toEqual(['platform direct USD 5000000']);
    const { warnings } = await allocateHistory({ ...context, actor });
    expect(warnings).toEqual([
      'Not shared by "shared platform": $5.00 of 1 day (11 Nov), because no such team has direct cost in that currency then. It stays where the rules put it.',
    ]);
    await expectNothingLost();
  });

  it('go evenly, and by fixed shares, to those who are named', async () => {
    const among = { dimension: 'team', names: ['search', 'growth', 'ads'] } as const;
    const context = contextWith([split({ among, by: { kind: 'evenly' } })]);
    await addFacts(context, FACTS);
    expect((await costs()).filter((line) => line.includes('shared'))).toEqual([
      'ads shared platform USD 32000000',
      'growth shared platform USD 32000000',
      'search shared platform USD 32000000',
    ]);
    const shares = { search: '50', growth: '25', ads: '25' };
    await allocateHistory({ ...contextWith([split({ among, by: { kind: 'shares', shares } })]), actor });
    expect((await costs()).filter((line) => line.includes('shared'))).toEqual([
      'ads shared platform USD 24000000',
      'growth shared platform USD 24000000',
      'search shared platform USD 48000001',
    ]);
    await expectNothingLost();
  });

  it('go to models by usage, with their team and its cost centre; unknown usage shares nothing', async () => {
    const teams = [{ name: 'search', title: 'Search', members: [], channel: {}, costCenter: 'CC-1' }];
    const models = [{ name: 'bert', title: 'BERT', team: 'search', aliases: [] }];
    const by = { kind: 'usage', metric: 'requests' } as const;
    const context = contextWith([split({ among: { dimension: 'model', names: [] }, by })], { teams, models });
    await addFacts(context, FACTS);
    expect((await costs()).filter((line) => line.includes('shared'))).toEqual([]);
    const before = await allocateHistory({ ...context, actor });
    expect(before.warnings.join()).toContain(
      '$96.00 of 1 day (10 Nov), because no requests of any such model',
    );
    const usage = (model: string, quantity: bigint, day = DAY) =>
      ({ day, metric: 'requests', dimensions: { model }, quantityMicros: quantity }) as const;
    await temp.store.$transaction(async (tx) => {
      await addUsage(tx, 'usage', [usage('bert', 3n), usage('other', 1n), usage('bert', 9n, '2026-11-09')]);
      await allocateDays(tx, context, { days: [DAY] });
    });
    expect((await costs('model')).filter((line) => line.includes('shared'))).toEqual([
      'bert shared platform USD 72000001',
      'other shared platform USD 24000000',
    ]);
    expect((await costs('costCenter')).filter((line) => line.includes('shared'))).toEqual([
      'CC-1 shared platform USD 72000001',
      'null shared platform USD 24000000',
    ]);
    await expectNothingLost();
  });

  it('run in the order written: a part is never shared again, what is left is', async () => {
    const first = split({ name: 'eks', from: { service: '*eks' }, by: { kind: 'evenly' } });
    const again = split({ name: 'again', from: { service: 'Amazon EKS' } });
    const rest = split({ name: 'search pays', from: { team: 'search' } });
    await addFacts(contextWith([first, again, rest]), FACTS);
    expect(await costs()).toEqual([
      'growth direct USD 10000000',
      'growth eks USD 48000001',
      'growth search pays USD 30000000',
      'search eks USD 48000001',
    ]);
    await expectNothingLost();
  });
});

describe('allocating again', () => {
  const all = (store = temp.store) =>
    store.dailyCost.findMany({
      omit: { id: true },
      orderBy: [{ effectiveMicros: 'asc' }, { team: 'asc' }, { service: 'asc' }],
    });

  it('gives the same, and other splits rewrite history to the same totals', async () => {
    const context = contextWith([split()]);
    await addFacts(context, FACTS);
    const first = await all();
    await allocateHistory({ ...context, actor });
    expect(await all()).toEqual(first);
    const none = contextWith([]);
    expect(await rulesChanged(temp.store, none.settings)).toBe(true);
    await allocateHistory({ ...none, actor });
    expect((await costs()).filter((line) => !line.includes('direct'))).toEqual([]);
    expect(await costs()).toContain('platform direct USD 96000001');
    await allocateHistory({ ...context, actor });
    expect(await all()).toEqual(first);
    for (const { facts, daily } of await layerTotals(temp.store)) expect(daily).toBe(facts);
  });

  it('gives the same in whatever order the bills came', async () => {
    const many = [1, 2, 3, 4, 5, 6, 7].flatMap((n) => [
      { day: DAY, cost: `${n}.00000${n}`, tags: EKS, service: `Service ${n % 3}`, account: `${n}` },
      { day: DAY, cost: `0.0${n}`, tags: { team: `t${n}` } },
    ]);
    await addFacts(contextWith([split()]), many);
    const other = await openTempStore();
    const settings = contextWith([split()]).settings;
    await addFacts(contextOf(other.store, { now: '2026-11-21T09:00:00Z', settings }), many.toReversed());
    const sorted = async (store = temp.store) =>
      (await all(store)).map((row) => Object.values(row).join()).sort();
    expect(await sorted(other.store)).toEqual(await sorted());
    await expectNothingLost();
    await other.close();
  });

  it('tells a split that finds nothing', async () => {
    const context = contextWith([split({ from: { team: 'platfrom' } })]);
    await addFacts(context, FACTS);
    expect((await allocateHistory({ ...context, actor })).warnings).toEqual([
      'The split "shared platform" found nothing to share: no cost has what its "from" says.',
    ]);
  });
});
