import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../src/commands/run.ts';
import { eachDay } from '../../src/core/day.ts';
import type { Context } from '../../src/flows/context.ts';
import { renderText } from '../../src/view/fallback.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

let temp: TempStore;
let context: Context;

beforeEach(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z' });
});
afterEach(() => temp.close());

async function run(text: string) {
  const result = await runCommand({ ...context, actor: { kind: 'console', user: 'test' } }, text);
  return { ...result, text: renderText(result.view) };
}

async function someCosts(): Promise<void> {
  await addFacts(context, [
    ...eachDay('2026-11-01', '2026-11-19').map((day) => ({
      day,
      cost: '10',
      tags: { model: 'bert', team: 'search' },
    })),
    ...eachDay('2026-11-01', '2026-11-19').map((day) => ({
      day,
      cost: '30',
      tags: { model: 'ranker', team: 'search' },
    })),
    ...eachDay('2026-11-01', '2026-11-19').map((day) => ({
      day,
      cost: '20',
      service: 'Amazon S3',
      provider: 'AWS',
    })),
    { day: '2026-11-10', cost: '-50', category: 'Credit', service: 'Amazon S3' },
  ]);
}

it('prints the shape that scripts rely on', async () => {
  await someCosts();
  const { data } = await run('model bert 2026-11-10..2026-11-16 by service');
  expect(data).toMatchObject({
    question: 'model bert 2026-11-10..2026-11-16 by service',
    scope: 'model:bert',
    period: { start: '2026-11-10', end: '2026-11-16', days: 7 },
    previous: { start: '2026-11-03', end: '2026-11-09' },
    currency: 'USD',
    basis: 'effective',
    total: '70',
    previousTotal: '70',
    change: '0',
    changePercent: 0,
    rows: [{ key: 'Amazon SageMaker', cost: '70', previousCost: '70', change: '0' }],
    owner: null,
    watermark: '2026-11-19',
    unitCosts: [],
    warnings: [],
  });
});

it('lists the top, says what it leaves out, and takes a count', async () => {
  await someCosts();
  const { text, data } = await run('top 1 models 7d');
  expect(text).toContain('Top 1 model: $210 in the last 7 days');
  expect(text).toContain('and 1 more, $70.00');
  expect(text).toContain('$140 has no model.');
  expect(data.rows).toHaveLength(1);
  await expect(run('top 5 colours')).rejects.toThrow('I can\'t list the top "colours"');
});

it('counts coverage over positive charges only', async () => {
  await someCosts();
  const { data, text } = await run('coverage 2026-11-10');
  expect(data).toMatchObject({ total: '60', unclaimed: [{ key: 'Amazon S3', cost: '20' }] });
  expect(text).toContain('67 % of $60.00 has a team on 10 Nov');
});

it('shows each source with its reach', async () => {
  expect((await run('sources')).text).toContain('No source has delivered data yet');
  await someCosts();
  const { data } = await run('sources');
  expect(data.rows).toMatchObject([
    { key: 'focus', watermark: '2026-11-19', firstDay: '2026-11-01', stale: false, reconciledDays: 0 },
  ]);
});

it('finds services by a part of their name, and offers a thing of another kind', async () => {
  await someCosts();
  expect((await run('service sagemaker mtd')).data).toMatchObject({
    scope: 'service:Amazon SageMaker',
    total: '760',
  });
  const other = await run('model search');
  expect(other.data).toMatchObject({
    error: { code: 'NOT_FOUND' },
    closest: [{ kind: 'team', name: 'search' }],
  });
});

it('answers what nobody claims, and a stage of a model', async () => {
  await someCosts();
  expect((await run('team unallocated 2026-11-10')).data).toMatchObject({
    scope: 'team:unallocated',
    total: '-30',
    rows: [{ key: 'Amazon S3' }],
  });
  await addFacts(context, [{ day: '2026-11-18', cost: '5', tags: { model: 'bert', stage: 'training' } }]);
  expect((await run('model bert/training 2026-11')).data).toMatchObject({
    scope: 'model:bert/training',
    total: '5',
  });
});

it('knows nothing in an empty database and says so', async () => {
  const { text, data } = await run('model all');
  expect(data.total).toBeNull();
  expect(text).toContain('cost unknown');
  expect((await run('coverage')).text).toContain('No cost is known');
  expect((await run('top')).text).toContain('No cost is known');
});

it('says in words that a day is not complete, and what it is therefore not compared with', async () => {
  await addFacts(
    context,
    eachDay('2026-11-01', '2026-11-20').map((day) => ({ day, cost: '10', tags: { model: 'bert' } })),
    '2026-11-19',
  );
  const { text } = await run('model bert yesterday');
  expect(text).toContain('bert: $10.00 yesterday (20 Nov) so far');
  expect(text).toContain('not compared with the day before ($10.00)');
  expect(text).toContain('Data of 20 Nov is not complete: the figure has what has arrived so far.');
  expect((await run('model bert 2026-11-02..2026-11-30')).text).toContain('bert: $190 for 2–30 Nov so far');
});

it('does not call a cost unknown time when only a rate is missing', async () => {
  await someCosts();
  const { text, data } = await run('model bert 7d in GBP');
  expect(data).toMatchObject({ total: null, unconverted: [{ currency: 'USD', amount: '70' }] });
  expect(text).toContain('The cost for 13–19 Nov is in USD, and no rate says what that is in GBP.');
  expect(text).toContain('[In USD]');
  expect((await run('top 7d in GBP')).text).toContain('No cost is known in the last 7 days in GBP');
});

it('says where the data starts, and how to begin without any', async () => {
  expect((await run('model all')).text).toContain('No bill is here yet.');
  await someCosts();
  expect((await run('model bert 2024-02')).text).toContain('data starts on Sun 1 Nov');
});

it('finds a team by its title, and a model behind an unknown stage', async () => {
  await someCosts();
  await context.store.team.create({
    data: { name: 'search', title: 'Search & Ads', managedBy: 'file', updatedAt: new Date(0) },
  });
  expect((await run('team "search & ads" 7d')).data).toMatchObject({ scope: 'team:search' });
  expect((await run('model bert/serving')).data).toMatchObject({
    closest: [{ kind: 'model', name: 'bert' }],
  });
});

it('lists charge categories by their plural', async () => {
  await someCosts();
  expect((await run('top categories 7d')).text).toMatch(/Top \d charge categories: /);
});
