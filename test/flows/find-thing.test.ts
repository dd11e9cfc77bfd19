import { afterEach, beforeEach, expect, it } from 'vitest';
import { scopeKey } from '../../src/core/scope.ts';
import { offersOf, readThings, type Things } from '../../src/flows/find-thing.ts';
import { openWorkbench, type Workbench } from '../commands/workbench.ts';
import { addFacts } from '../temp-store.ts';

let bench: Workbench;
let things: Things;
beforeEach(async () => {
  bench = await openWorkbench();
  await addFacts(bench.context, [
    { day: '2026-11-10', cost: '1', service: 'Amazon SageMaker', tags: { model: 'bert', feature: 'growth' } },
    { day: '2026-11-10', cost: '1', service: 'Amazon S3', tags: { model: 'team-chat' } },
  ]);
  things = await readThings(bench.context);
});
afterEach(() => bench.temp.close());

it.each([
  ['bert', 'model:bert'],
  ['BERT_base', 'model:bert'],
  ['model:bert', 'model:bert'],
  ['model bert/training', 'model:bert/training'],
  ['bert/inference', 'model:bert/inference'],
  ['search', 'team:search'],
  ['teams search', 'team:search'],
  ['growth & ads', 'team:growth'],
  ['team growth', 'team:growth'],
  ['feature:growth', 'feature:growth'],
  ['amazon sagemaker', 'service:Amazon SageMaker'],
  ['sagemaker', 'service:Amazon SageMaker'],
  ['service:Amazon S3', 'service:Amazon S3'],
  ['team chat', 'model:team-chat'],
  ['organisation', 'org'],
  ['provider:aws', 'provider:AWS'],
  ['environment:Prod', 'environment:prod'],
])('%s means %s', (typed, scope) => {
  const { found } = things.find(typed);
  expect(found && scopeKey(found)).toBe(scope);
});

it.each([
  ['growth', ['team:growth', 'feature:growth']],
  ['amazon', ['service:Amazon S3', 'service:Amazon SageMaker']],
  ['brt', ['model:bert']],
  ['bert/serving', []],
  ['provider:nobody', []],
  ['environment:prod environment:dev', []],
  ['', []],
])('%s is unclear: %j', (typed, offers) => {
  const thing = things.find(typed);
  expect(thing.found).toBeUndefined();
  if (!thing.found && offers.length > 0) expect(offersOf(thing)).toEqual(offers);
});

it('a thing that two kinds share is asked back, never guessed', async () => {
  const { text, buttons } = await bench.run('budget set growth 5k', 'console');
  expect(text).toContain('More than one thing is called growth. Which one?');
  expect(buttons.map(({ action }) => action.text)).toEqual([
    'budget set team:growth 5000 USD monthly',
    'budget set feature:growth 5000 USD monthly',
  ]);
  expect(await bench.temp.store.budget.count()).toBe(1);
});
