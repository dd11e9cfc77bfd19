/** Bills of one model, steady until something happens to it, in a real database. */
import type { Explanation, FoundAnomaly } from '../../../src/core/anomaly.ts';
import { eachDay } from '../../../src/core/day.ts';
import type { Settings } from '../../../src/core/settings.ts';
import type { Context } from '../../../src/flows/context.ts';
import { explainAnomaly } from '../../../src/flows/explain.ts';
import type { Store } from '../../../src/store/open.ts';
import { addUsage } from '../../../src/store/usage.ts';
import { addFacts, contextOf, openTempStore, type TestFact } from '../../temp-store.ts';

export const NOW = '2026-11-21T09:00:00Z';
/** First day of what happens. */
export const FIRST = '2026-11-16';
export const TAGS = { team: 'search', model: 'bert', stage: 'inference' };

export interface World {
  readonly store: Store;
  context: Context;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const { store, close } = await openTempStore();
  return { store, close, context: contextOf(store, { now: NOW }) };
}

/** The same cost every day from 5 weeks before to the last day, and `more` from FIRST on. */
export async function bill(
  world: World,
  usual: string,
  facts: readonly TestFact[],
  settings: Partial<Settings> = {},
): Promise<void> {
  world.context = contextOf(world.store, { now: NOW, settings });
  const steady = eachDay('2026-10-12', '2026-11-19').map((day) => ({
    day,
    cost: usual,
    tags: TAGS,
    resource: 'endpoint/bert-prod',
  }));
  await addFacts(world.context, [...(usual === '0' ? [] : steady), ...facts]);
}

export function extra(cost: string, facts: Partial<TestFact> = {}, last = '2026-11-19'): TestFact[] {
  return eachDay(FIRST, last).map((day) => ({ day, cost, tags: TAGS, ...facts }));
}

export async function use(
  world: World,
  metric: 'requests' | 'gpu_hours',
  quantityOf: (day: string) => number,
): Promise<void> {
  const rows = eachDay('2026-10-12', '2026-11-19').map((day) => ({
    day,
    metric,
    dimensions: { model: 'bert' },
    quantityMicros: BigInt(quantityOf(day) * 1e6),
  }));
  await world.store.source.create({ data: { name: 'meters', kind: 'usage', watermark: '2026-11-19' } });
  await world.store.$transaction((tx) => addUsage(tx, 'meters', rows));
}

export function explain(world: World, overrides: Partial<FoundAnomaly> = {}): Promise<Explanation> {
  return explainAnomaly(world.context, {
    ...{
      path: ['search', 'bert'],
      grain: 'day',
      detector: 'seasonal',
      direction: 'up',
      severity: 'high',
      score: 0.9,
    },
    ...{ currency: 'USD', expectedMicros: 0n, actualMicros: 0n, excessMicros: 0n, related: [] },
    ...{ firstStamp: FIRST, lastStamp: '2026-11-19', judgedThrough: '2026-11-19' },
    ...overrides,
  });
}
