import { afterEach, beforeEach, expect, it } from 'vitest';
import { eachDay } from '../../src/core/day.ts';
import { addUsage, USAGE_KIND } from '../../src/store/usage.ts';
import { addFacts } from '../temp-store.ts';
import { addSteadyCosts, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
  await addSteadyCosts(bench);
});
afterEach(() => bench.temp.close());

const scopes = (data: Readonly<Record<string, unknown>>) =>
  (data.things as { scope: string }[]).map(({ scope }) => scope);

it('says first which is dearer and by how much, then shows both', async () => {
  const { text, data, view } = await bench.run('compare bert ranker 7d');
  expect(text.split('\n')[0]).toBe('ranker cost $140 (+200 %) more than bert in the last 7 days');
  expect(data).toMatchObject({
    dearest: 'model:ranker',
    difference: '140',
    things: [
      { scope: 'model:bert', total: '70', change: '0', sharePercent: 22.22, budget: { usedPercent: 19 } },
      { scope: 'model:ranker', total: '210', budget: null },
    ],
  });
  const chart = view.elements.find(({ kind }) => kind === 'chart');
  if (chart?.kind !== 'chart') throw new Error('no chart');
  expect(chart.chart.series.map(({ name }) => name)).toEqual(['bert', 'ranker']);
  expect(chart.chart.series.map(({ values }) => values[0])).toEqual([10, 30]);
});

it.each([
  ['compare bert vs ranker', ['model:bert', 'model:ranker']],
  ['compare bert and ranker 7d', ['model:bert', 'model:ranker']],
  ['compare models bert, ranker, churn', ['model:bert', 'model:ranker', 'model:churn']],
  ['compare team search growth', ['team:search', 'team:growth']],
  ['compare team search with growth & ads', ['team:search', 'team:growth']],
  ['compare team search with bert', ['team:search', 'model:bert']],
  ['compare bert with team:search', ['model:bert', 'team:search']],
  ['compare Amazon SageMaker and bert', ['service:Amazon SageMaker', 'model:bert']],
  ['compare "Amazon SageMaker" bert', ['service:Amazon SageMaker', 'model:bert']],
  ['compare BERT-base Ranker', ['model:bert', 'model:ranker']],
  ['compare bert/training ranker', ['model:bert/training', 'model:ranker']],
  ['compare feature:search-box bert', ['feature:search-box', 'model:bert']],
  ['compare org bert', ['org', 'model:bert']],
])('%s', async (command, expected) => {
  expect(scopes((await bench.run(command)).data)).toEqual(expected);
});

it('asks back the name it does not know, with the rest in place', async () => {
  const { buttons, data } = await bench.run('compare brt and ranker 7d in EUR');
  expect(data).toMatchObject({ error: { code: 'NOT_FOUND' }, name: 'brt' });
  expect(buttons.map(({ action }) => action.text)).toContain('compare model:bert model:ranker 7d in EUR');
});

it('refuses one thing, five things, the same thing twice, and a breakdown', async () => {
  expect((await bench.refusal('compare')).message).toBe('Compare what?');
  expect((await bench.refusal('compare bert bert-base')).message).toBe('Compare bert with what?');
  expect((await bench.refusal('compare bert ranker churn team:search team:growth')).message).toContain(
    'too many',
  );
  expect((await bench.refusal('compare bert ranker by service')).message).toContain('not broken down');
});

it('compares the same days when one source is behind', async () => {
  await addFacts(
    bench.context,
    eachDay('2026-11-01', '2026-11-16').map((day) => ({
      day,
      cost: '10',
      source: 'late',
      tags: { model: 'slow' },
    })),
  );
  const { data, text } = await bench.run('compare bert slow 7d');
  expect(data).toMatchObject({
    period: { start: '2026-11-10', end: '2026-11-16' },
    things: [{ total: '70' }, { total: '70' }],
  });
  expect(text).toContain('bert and slow cost the same');
  expect(text).toContain('Cut to 10–16 Nov');
});

it('puts unit costs beside each other, and says which days they leave out', async () => {
  const { store } = bench.temp;
  await store.source.create({ data: { name: 'usage', kind: USAGE_KIND, watermark: '2026-11-20' } });
  const requests = (model: string, start: string, perDay: bigint) =>
    eachDay(start, '2026-11-19').map((day) => ({
      day,
      metric: 'requests' as const,
      dimensions: { model },
      quantityMicros: perDay * 1_000_000n,
    }));
  await store.$transaction((tx) =>
    addUsage(tx, 'usage', [
      ...requests('bert', '2026-11-06', 5_000n),
      ...requests('ranker', '2026-11-15', 60_000n),
    ]),
  );
  const { view, text } = await bench.run('compare bert ranker churn 7d');
  const table = view.elements.find(({ kind }) => kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  const column = table.columns.findIndex(({ title }) => title === 'per 1k requests');
  expect(table.rows.map((row) => row[column])).toEqual([
    '$2.00 (±0 %)',
    '$0.500',
    expect.stringMatching(/unknown|–/),
  ]);
  expect(text).toMatch(/ranker: .*5 of 7 days/);
});

it('says what each unit cost is per where the things have none in common', async () => {
  const { store } = bench.temp;
  await store.source.create({ data: { name: 'usage', kind: USAGE_KIND, watermark: '2026-11-20' } });
  const used = (model: string, metric: 'requests' | 'gpu_hours', perDay: bigint) =>
    eachDay('2026-11-13', '2026-11-19').map((day) => ({
      day,
      metric,
      dimensions: { model },
      quantityMicros: perDay * 1_000_000n,
    }));
  await store.$transaction((tx) =>
    addUsage(tx, 'usage', [...used('bert', 'requests', 5_000n), ...used('ranker', 'gpu_hours', 10n)]),
  );
  const { view } = await bench.run('compare bert ranker 7d');
  const table = view.elements.find(({ kind }) => kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  const column = table.columns.findIndex(({ title }) => title === 'Unit cost');
  expect(table.rows.map((row) => row[column])).toEqual([
    expect.stringMatching(/^\$2\.00 per 1k requests/),
    expect.stringMatching(/^\$3\.00 per GPU-hour/),
  ]);
});

it('names amounts that no rate covers, and does not count them', async () => {
  await addFacts(
    bench.context,
    eachDay('2026-11-01', '2026-11-19').map((day) => ({
      day,
      cost: '100',
      currency: 'GBP',
      tags: { model: 'bert' },
    })),
  );
  const { text, data } = await bench.run('compare bert ranker 7d');
  expect(data).toMatchObject({ things: [{ total: '70' }, { total: '210' }] });
  expect(text).toContain('bert: £700 could not be converted to USD.');
});

it('calls what nobody knows unknown', async () => {
  const { text, data } = await bench.run('compare bert ranker 2024-01');
  expect(text).toContain('is unknown');
  expect(data).toMatchObject({ dearest: null, difference: null, things: [{ total: null }, { total: null }] });
});
