/** Which sources cost something in a scope, and when it last cost anything. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastCostDay, sourcesInScope } from '../../src/store/daily-costs.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

let temp: TempStore;

beforeAll(async () => {
  temp = await openTempStore();
  const tags = (model: string) => ({ tags: { model } });
  await addFacts(contextOf(temp.store, { now: '2026-11-21T09:00:00Z' }), [
    { day: '2026-11-01', cost: '5', source: 'aws', ...tags('bert') },
    { day: '2026-11-09', cost: '1', source: 'aws', ...tags('bert') },
    { day: '2026-11-09', cost: '0', source: 'aws', ...tags('llama') },
    { day: '2026-11-03', cost: '2', source: 'gcp', ...tags('bert') },
    { day: '2026-11-08', cost: null, source: 'gcp', ...tags('whisper') },
    { day: '2026-10-01', cost: '7', source: 'old', ...tags('bert') },
  ]);
});

afterAll(() => temp.close());

describe('the sources of a scope', () => {
  it.each([
    [{ model: 'bert' }, '2026-11-01', ['aws', 'gcp']],
    [{ model: 'bert' }, '2026-11-04', ['aws']],
    [{ model: 'bert' }, '2026-10-01', ['aws', 'gcp', 'old']],
    [{ model: 'nothing' }, '2026-10-01', []],
    [{}, '2026-11-01', ['aws', 'gcp']],
    [{}, '2026-11-09', ['aws']],
    [{}, '2026-12-01', []],
  ])('%j from %s on: %j', async (filter, start, sources) => {
    expect(await sourcesInScope(temp.store, filter, start)).toEqual(sources);
  });
});

describe('the last day with a charge', () => {
  it.each([
    [{ model: 'bert' }, '2026-11-21', '2026-11-09'],
    [{ model: 'bert' }, '2026-11-09', '2026-11-03'],
    [{ model: 'whisper' }, '2026-11-21', '2026-11-08'],
    [{ model: 'bert' }, '2026-10-01', undefined],
    [{ team: null }, '2026-11-21', '2026-11-09'],
    [{}, '2026-11-02', '2026-11-01'],
  ])('%j before %s: %s', async (filter, before, day) => {
    expect(await lastCostDay(temp.store, filter, before)).toBe(day);
  });
});
