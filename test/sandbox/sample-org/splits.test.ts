/** The sample's bills and usage through the real importers: its splits share exactly what the answer sheet tells. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { microsToDecimal } from '../../../src/core/money.ts';
import { allocateDays } from '../../../src/flows/allocate.ts';
import { answerCost } from '../../../src/flows/answer-cost.ts';
import type { Context } from '../../../src/flows/context.ts';
import { readCoverage } from '../../../src/flows/coverage.ts';
import { importFocus } from '../../../src/flows/import-focus.ts';
import { importUsage } from '../../../src/flows/import-usage.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { type SampleOrg, writeSampleOrg } from '../../../src/sandbox/sample-org/index.ts';
import { focusFile } from '../../../src/sources/focus-file/index.ts';
import { layerTotals } from '../../../src/store/layer-totals.ts';
import { usageFile } from '../../../src/usage/usage-file/index.ts';
import { contextOf, openTempStore, type TempStore } from '../../temp-store.ts';

const NOW = '2026-11-21T08:00:00Z';
const actor = { kind: 'system', job: 'test' } as const;
const dir = mkdtempSync(join(tmpdir(), 'sample-splits-'));
let temp: TempStore;
let org: SampleOrg;
let context: Context;

beforeAll(async () => {
  org = await writeSampleOrg({ dir, now: Date.parse(NOW), months: 1 });
  temp = await openTempStore();
  const { settings } = loadConfig({ file: org.configPath, env: {} });
  context = contextOf(temp.store, { now: NOW, settings });
  await syncSettings(context);
  for (const { name, files } of org.sources)
    await importFocus(context, { source: focusFile, allocate: allocateDays }, { files, source: name, actor });
}, 60_000);
afterAll(async () => {
  await temp.close();
  rmSync(dir, { recursive: true });
});

const month = { kind: 'range', start: '2026-10-01', end: '2026-10-31' } as const;

describe('the sample organisation', () => {
  it('cannot share its data lake before it is known who trained', async () => {
    const { unshared } = await readCoverage(context, { period: month });
    expect(unshared.map(({ split, days }) => [split, days])).toEqual([['training data lake', 31]]);
  });

  it('shares every pool as told once usage is there, and nothing is lost', async () => {
    for (const { name, files } of org.usageFiles)
      await importUsage(
        context,
        { source: usageFile, allocate: allocateDays },
        { files: [...files], source: name, actor },
      );
    expect((await readCoverage(context, { period: month })).unshared).toEqual([]);
    const rows = await temp.store.dailyCost.groupBy({
      by: ['split', 'currency'],
      where: { NOT: { split: null } },
      _sum: { effectiveMicros: true, effectiveResidue: true },
    });
    const shared: Record<string, Record<string, number>> = {};
    for (const { split, currency, _sum } of rows)
      shared[split ?? ''] = {
        ...shared[split ?? ''],
        [currency]:
          Number(microsToDecimal(_sum.effectiveMicros ?? 0n)) + Number(_sum.effectiveResidue ?? 0n) / 1e18,
      };
    expect(Object.keys(shared).sort()).toEqual(Object.keys(org.truth.pools).sort());
    for (const [name, amounts] of Object.entries(org.truth.pools))
      for (const [currency, amount] of Object.entries(amounts))
        expect(shared[name]?.[currency], `${name} ${currency}`).toBeCloseTo(Number(amount), 4);
    for (const { facts, daily } of await layerTotals(temp.store)) expect(daily).toBe(facts);
  });

  it('says which part of a team is direct, and what the platform gave away', async () => {
    const ask = (name: string) =>
      answerCost(context, { subject: { kind: 'team', name }, basis: 'effective', period: month });
    const search = await ask('search');
    expect(search.shared?.bySplit.map(({ name }) => name).sort()).toEqual([
      'shared platform',
      'training data lake',
    ]);
    expect((search.shared?.direct ?? 0n) + (search.shared?.shared ?? 0n)).toBe(search.total);
    const platform = await ask('platform');
    expect(platform.shared?.shared).toBeLessThan(0n);
    // What one gave, others received; converted and rounded per split and team.
    const nets = await Promise.all(
      context.settings.teams.map(async ({ name }) => (await ask(name)).shared?.shared ?? 0n),
    );
    const net = nets.reduce((sum, one) => sum + one);
    expect(net > -20n && net < 20n).toBe(true);
  });
});
