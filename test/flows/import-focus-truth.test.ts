/** The real files beside the repository against totals that were computed independently. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimalToMicros, parseDecimal } from '../../src/core/money.ts';
import type { ImportResult, NamedAmounts } from '../../src/flows/import-focus/types.ts';
import { openWorkbench, type Workbench } from './import-focus/workbench.ts';

const FOCUS = fileURLToPath(new URL('../../../shared/data/focus/', import.meta.url));
const present = existsSync(`${FOCUS}focus-truth.json`);

interface TrueSum {
  rows: number;
  BilledCost: string;
  EffectiveCost: string;
  ListCost?: string;
  ContractedCost?: string;
}
interface Truth {
  file: string;
  rows: number;
  totals: Omit<TrueSum, 'rows'>;
  by: Record<string, Record<string, TrueSum>>;
  byDay: Record<string, TrueSum>;
  tags?: { allocation?: Record<string, Record<string, TrueSum>> };
}

const truths: [string, Truth][] = present
  ? Object.entries(JSON.parse(readFileSync(`${FOCUS}focus-truth.json`, 'utf8')))
  : [];

function expectSums(found: NamedAmounts | undefined, wanted: TrueSum, what: string): void {
  if (found?.currency == null) throw new Error(`${what}: nothing found`);
  expect(found.rows, what).toBe(wanted.rows);
  expect(found.billedCost, what).toBe(wanted.BilledCost);
  expect(found.effectiveCost, what).toBe(wanted.EffectiveCost);
  if (wanted.ListCost !== undefined) expect(found.listCost, what).toBe(wanted.ListCost);
  if (wanted.ContractedCost !== undefined) expect(found.contractedCost, what).toBe(wanted.ContractedCost);
}

describe.skipIf(!present)('files of shared/data/focus (skipped where that folder is absent)', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  });
  afterAll(() => bench?.close());

  test.each(truths)('%s', async (name, truth) => {
    const source = name.slice(-60);
    const result: ImportResult = await bench.import([`${FOCUS}${truth.file}`], { source });
    expect(result.files[0]?.rowsRead).toBe(truth.rows);
    expect(result.files[0]?.quarantinedCount).toBe(0);
    expectSums(result.totals[0], { rows: truth.rows, ...truth.totals }, 'total');
    const dimensions = {
      ProviderName: result.byProvider,
      ServiceName: result.byService,
      ChargeCategory: result.byChargeCategory,
    };
    for (const [column, found] of Object.entries(dimensions)) {
      const wanted = truth.by[column] ?? {};
      for (const [value, sums] of Object.entries(wanted))
        expectSums(found[value], sums, `${column} ${value}`);
      if (truth.by[column]) expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
    }
    for (const [key, values] of Object.entries(truth.tags?.allocation ?? {}))
      for (const [value, sums] of Object.entries(values))
        expectSums(result.byTag[key]?.[value], sums, `${key}=${value}`);

    const days = await bench.store.reconciliation.findMany({ where: { source } });
    expect(result.reconciliation).toMatchObject({ days: days.length, ok: true });
    for (const [written, sums] of Object.entries(truth.byDay)) {
      const row = days.find((one) => one.day === isoDay(written));
      expect(row?.billedExact, written).toBe(sums.BilledCost);
      expect(row?.effectiveExact, written).toBe(sums.EffectiveCost);
      expect(row?.billedFacts, written).toBe(decimalToMicros(sums.BilledCost));
      expect(row?.effectiveDaily, written).toBe(decimalToMicros(sums.EffectiveCost));
    }
  });

  test('what is stored is within a micro per day of each exact sum', async () => {
    const sample = truths.find(([, truth]) => truth.rows === 1000)?.[1];
    const { byProvider } = await bench.import([`${FOCUS}${sample?.file}`], { source: 'again' });
    for (const [name, sums] of Object.entries(byProvider)) {
      if (sums.currency === null) throw new Error(name);
      const exact =
        parseDecimal(sums.billedCost ?? '').digits === 0n ? 0n : decimalToMicros(sums.billedCost ?? '');
      const off = decimalToMicros(sums.stored.billedCost ?? '') - exact;
      expect(off < 0n ? -off : off).toBeLessThanOrEqual(30n);
    }
  });
});

/** "4/1/25" → "2025-04-01". */
function isoDay(text: string): string {
  const match = /^(\d+)\/(\d+)\/(\d+)$/.exec(text);
  return match ? `20${match[3]}-${match[1]?.padStart(2, '0')}-${match[2]?.padStart(2, '0')}` : text;
}
