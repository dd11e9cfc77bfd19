/** Figures about anomalies and the analysis, as Prometheus reads them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachDay } from '../src/core/day.ts';
import { analyse } from '../src/flows/analyse.ts';
import type { Context } from '../src/flows/context.ts';
import { createMetrics } from '../src/metrics.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from './temp-store.ts';

const NOW = '2026-11-21T09:00:00Z';
let temp: TempStore;
let context: Context;
let now = Date.parse(NOW);

beforeAll(async () => {
  temp = await openTempStore();
  const settings = { dimensions: [{ dimension: 'model', tags: ['model'], values: {} }] } as const;
  context = { ...contextOf(temp.store, { now: NOW, settings }), now: () => now };
});
afterAll(() => temp.close());

const lines = async () => {
  const text = await createMetrics(context, { running: () => [] }).render();
  return text.split('\n').filter((line) => /^pennywatch_(anomalies|analysis)/.test(line));
};

it('has no age of an analysis that never was', async () => {
  const found = await lines();
  expect(found.filter((line) => line.includes('analysis'))).toEqual([]);
  expect(found).toContain('pennywatch_anomalies{state="open",severity="high"} 0');
});

it('counts what goes on by state and severity, and says how far and how long ago costs were judged', async () => {
  const days = eachDay('2026-10-01', '2026-11-19');
  await addFacts(
    context,
    days.map((day) => ({ day, cost: day === '2026-11-19' ? '1000' : '100', tags: { model: 'bert' } })),
  );
  await analyse(context);
  now += 90_000;
  const found = await lines();
  expect(found).toContain('pennywatch_anomalies{state="open",severity="high"} 1');
  expect(found).toContain('pennywatch_anomalies{state="snoozed",severity="high"} 0');
  expect(found.some((line) => line.includes('resolved'))).toBe(false);
  expect(found).toContain(`pennywatch_analysis_watermark_seconds ${Date.parse('2026-11-19') / 1000}`);
  expect(found).toContain('pennywatch_analysis_age_seconds 90');
});
