import { afterEach, beforeEach, expect, it } from 'vitest';
import { eachDay } from '../../src/core/day.ts';
import { listBudgets } from '../../src/store/budgets.ts';
import { type MeteredRow, replaceMeteredUsage } from '../../src/store/metered-usage.ts';
import { addFacts } from '../temp-store.ts';
import { addSteadyCosts, JON, LENA, MIRA, openWorkbench, SETTINGS, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  const dimensions = [
    ...(SETTINGS.dimensions ?? []),
    { dimension: 'experiment', tags: ['experiment'], values: {} } as const,
  ];
  bench = await openWorkbench({ ...SETTINGS, dimensions });
});
afterEach(() => bench.temp.close());

const rows = (data: Readonly<Record<string, unknown>>) => data.rows as Readonly<Record<string, unknown>>[];

it('shows the budgets as a tree, what those below add up to, and where each is heading', async () => {
  await addSteadyCosts(bench);
  await bench.run('budget set org 2000', JON);
  await bench.run('budget set team:search 1200');
  await bench.run('budget set bert/training 70 weekly');
  await bench.run('budget set ranker 500');
  await bench.run('budget set "service:Amazon SageMaker" 3000', JON);
  const { text, data } = await bench.run('budget list');
  expect(rows(data).map(({ key, depth, parent }) => [key, depth, parent])).toEqual([
    ['org', 0, null],
    ['team:search', 1, 'org'],
    ['model:bert', 2, 'team:search'],
    ['model:bert/training', 3, 'model:bert'],
    ['model:ranker', 2, 'team:search'],
    ['service:Amazon SageMaker', 1, 'org'],
  ]);
  expect(text).toContain('└ team search');
  expect(text).toContain('└── bert training, weekly');
  expect(rows(data).map(({ below }) => below)).toMatchObject([
    { amount: '1200', overCommitted: false },
    { amount: '1500', budgets: 2, overCommitted: true },
    { amount: '300', proRata: 1 },
    null,
    null,
    null,
  ]);
  expect(text).toContain('over-committed: team search: the 2 budgets below add up to $1,500 of $1,200.');
  expect(rows(data)[4]).toMatchObject({
    spent: '570',
    forecast: { amount: '900', overOn: null },
    burn: { perDay: '30', days: 19 },
  });
  expect(text).toContain('1 of 6 is over');
  const detail = await bench.run('budget ranker');
  expect(detail.text).toContain('Forecast $900 of $500 by 30 Nov');
  expect(detail.text).toContain('Within: team search: $760 of $1,200 (63 %)');
  expect(detail.text).toContain('[Chart] ranker is over its $500 monthly budget');
});

it('keeps a fixed cap, begun or not, with or without a last day', async () => {
  await addFacts(
    bench.context,
    eachDay('2026-11-01', '2026-11-19').map((day) => ({
      day,
      cost: '40',
      tags: { model: 'bert', experiment: 'ablation-7' },
    })),
  );
  const set = await bench.run('budget set experiment:ablation-7 900 USD fixed 2026-11-10..2026-12-10', JON);
  expect(set.text).toContain('Experiment ablation-7: fixed cap none → $900 (10 Nov – 10 Dec).');
  const shown = await bench.run('budget experiment:ablation-7');
  expect(rows(shown.data)[0]).toMatchObject({
    key: 'experiment:ablation-7',
    start: '2026-11-10',
    end: '2026-12-10',
    spent: '400',
    forecast: { amount: '1240', overOn: '2026-12-02' },
  });
  expect(shown.text).toContain('🔴 heading over, on 2 Dec');
  await bench.run('budget set experiment:next 100 2026-12-01..', JON);
  const next = await bench.run('budget experiment:next');
  expect(next.text).toContain('⚪ begins 1 Dec');
  expect(rows(next.data)[0]).toMatchObject({
    start: '2026-12-01',
    end: null,
    spent: '0',
    elapsedPercent: null,
  });
  const moved = await bench.run('budget set experiment:ablation-7 900 2026-11-10..2026-12-20', JON);
  expect(moved.text).toContain('$900 (10 Nov – 10 Dec) → $900 (10 Nov – 20 Dec)');
  expect((await bench.refusal('budget set org 5 fixed 2026-12-10..2026-11-10', JON)).message).toContain(
    'before it begins',
  );
  expect((await bench.refusal('budget set experiment:x 5 fixed 2020-01-01..2020-02-01', JON)).message).toBe(
    'A cap until 2020-02-01 is over already.',
  );
  expect((await bench.refusal('budget request', JON)).hint).toContain('budget request model:bert 15000');
  expect((await bench.refusal('budget set org 5 monthly 2026-12-10..', JON)).message).toContain(
    'no first and last day',
  );
});

it('keeps tokens beside money, each in its own unit', async () => {
  await addSteadyCosts(bench);
  for (const day of eachDay('2026-11-01', '2026-11-19'))
    for (const metric of ['input_tokens', 'output_tokens', 'cached_tokens'])
      await bench.temp.store.usageFact.create({
        data: { source: 'focus', day, metric, model: 'churn', quantityMicros: 1_000_000_000_000n },
      });
  await bench.run('budget set team:growth 200 USD', LENA);
  const set = await bench.run('budget set team growth to 0.5B tokens per month', LENA);
  expect(set.text).toContain('Team growth: monthly tokens budget none → 500M tokens.');
  const { text, data } = await bench.run('budget team:growth', LENA);
  expect(rows(data)).toMatchObject([
    { metric: 'cost', currency: 'USD', spent: '95' },
    {
      metric: 'tokens',
      currency: null,
      amount: '500000000',
      spent: '57000000',
      forecast: { amount: '90000000' },
    },
  ]);
  expect(text).toContain('team growth, tokens');
  expect(text).toContain('57M tokens');
  const output = await bench.run('budget set churn 15M output tokens weekly', LENA);
  expect(output.data).toMatchObject({
    metric: 'output_tokens',
    after: { amount: '15000000', currency: null },
  });
  expect(rows((await bench.run('budget churn', LENA)).data)[0]).toMatchObject({
    spent: '4000000',
    start: '2026-11-16',
  });
  await bench.run('budget remove churn weekly output tokens', LENA);
  expect((await listBudgets(bench.temp.store)).map(({ scope, metric }) => [scope, metric])).toEqual([
    ['model:bert', undefined],
    ['team:growth', undefined],
    ['team:growth', 'tokens'],
  ]);
  // An answer about cost is held against money.
  expect((await bench.run('team growth mtd')).data.budget).toMatchObject({ amount: '200' });
});

it('keeps the tokens of single API keys, which the team whose they are may set', async () => {
  const row = (day: string, meter: string, quantity: bigint, key = 'ci-bot'): MeteredRow => {
    const tags = { team: 'growth', litellm_key: key, note: 'ci-bot' };
    return { day, meter, quantity, tags, provider: 'OpenAI', service: 'LLM', model: 'gpt', tier: 'standard' };
  };
  const usage = eachDay('2026-11-01', '2026-11-19').flatMap((day) => [
    row(day, 'output_tokens', 3_000n),
    row(day, 'uncached_input_tokens', 7_000n),
    row(day, 'requests', 5n),
    row(day, 'output_tokens', 1n, 'other'),
  ]);
  await addSteadyCosts(bench);
  await bench.temp.store.$transaction((tx) =>
    replaceMeteredUsage(tx, 'focus', { start: '2026-11-01', end: '2026-11-19' }, usage),
  );
  expect((await bench.refusal('budget set key:ci-bott 1M tokens', LENA)).message).toContain(
    'Did you mean key:ci-bot?',
  );
  expect((await bench.refusal('budget set key:ci-bot 100 USD', LENA)).message).toContain(
    'not known, only what it used',
  );
  expect((await bench.refusal('budget set key:ci-bot 1M tokens', MIRA)).code).toBe('FORBIDDEN');
  await bench.run('budget set key:ci-bot 250k tokens monthly', LENA);
  const { text, data } = await bench.run('budget key:ci-bot', LENA);
  expect(rows(data)[0]).toMatchObject({ team: 'growth', spent: '190000', burn: { perDay: '10000' } });
  expect(text).toContain('Key ci-bot: 190k tokens of the 250k tokens monthly budget is used (76 %)');
  await bench.run('budget set key:ci-bot 100 requests daily', LENA);
  expect(rows((await bench.run('budget key:ci-bot', LENA)).data)).toMatchObject([
    { metric: 'tokens' },
    { metric: 'requests', spent: '5', start: '2026-11-19' },
  ]);
});
