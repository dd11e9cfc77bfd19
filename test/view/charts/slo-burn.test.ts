/** The cost SLO chart as data and in words. */
import { expect, test } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import { AppError } from '../../../src/core/errors.ts';
import { buildSloBurn, type SloBurnInput } from '../../../src/view/charts/slo-burn.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';

function build(change: Partial<SloBurnInput> = {}): ChartSpec {
  return buildSloBurn({
    title: 'bert has used most of its error budget',
    currency: 'USD',
    days: eachDay('2026-11-17', '2026-11-20'),
    unitCost: [0.38, 0.412, null, 0.39],
    target: 0.4,
    per: '1,000 requests',
    bad: [false, true, true, false],
    budgetLeft: [1, 0.31, 0.31, 0.31],
    ...change,
  });
}

test('unit cost and target above, the error budget below', () => {
  const spec = build();
  expect(spec.subtitle).toBe('USD per 1,000 requests');
  expect(spec.series).toEqual([{ name: 'unit cost', role: 'actual', values: [0.38, 0.412, null, 0.39] }]);
  expect(spec.lines).toMatchObject({
    levels: [{ name: 'target $0.40', value: 0.4, kind: 'budget' }],
    marked: { name: 'bad day', at: [1] },
    below: { name: 'error budget left', values: [1, 0.31, 0.31, 0.31] },
  });
});

test('the alt text tells the finding and the numbers of the picture', () => {
  expect(build().alt).toBe(
    'bert has used most of its error budget. Target: at most $0.40 per 1,000 requests. ' +
      'Latest: $0.39 on 20 Nov. 1 bad of 4 days (17–20 Nov): 18 Nov $0.412. Error budget left: 31 % on 20 Nov. ' +
      'The unit cost is unknown, not zero, for 1 day.',
  );
});

test.each([
  ['overdrawn', { budgetLeft: [1, 0.5, 0, -0.45] }, 'overdrawn by 45 % on 20 Nov'],
  ['used up', { budgetLeft: [1, 0.5, 0, 0] }, 'Error budget left: 0 % on 20 Nov'],
  ['unknown', { budgetLeft: [null, null, null, null] }, 'error budget is left is unknown'],
  ['no bad day', { bad: [false, false, false, false] }, 'No bad day in 4 days'],
  ['still arriving', { provisionalFrom: '2026-11-20' }, '20 Nov is still arriving'],
  ['nothing known', { unitCost: [null, null, null, null] }, 'The unit cost of these days is unknown'],
] satisfies [string, Partial<SloBurnInput>, string][])('%s is said', (_, change, words) => {
  expect(build(change).alt).toContain(words);
});

test('a cost over no usage is unknown, not endless', () => {
  const spec = build({ unitCost: [0.38, Number.POSITIVE_INFINITY, Number.NaN, 0.39] });
  expect(spec.series[0]?.values).toEqual([0.38, null, null, 0.39]);
  expect(spec.lines?.marked).toBeUndefined();
});

test('a row of the wrong length is refused', () => {
  expect(() => build({ bad: [] })).toThrow(AppError);
});
