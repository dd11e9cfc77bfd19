/** An incident keeps its number while it goes on. */
import { expect, it } from 'vitest';
import { matchIncidents, type Spanned } from '../../../src/analysis/incidents/match.ts';

function incident(
  path: string,
  firstStamp: string,
  lastStamp: string,
  changes: Partial<Spanned> = {},
): Spanned {
  return {
    path: path === '' ? [] : path.split('/'),
    direction: 'up',
    detector: 'seasonal',
    firstStamp: `2026-11-${firstStamp}`,
    lastStamp: `2026-11-${lastStamp}`,
    ...changes,
  };
}

const known = incident('search/bert/training', '10', '12');

it.each([
  ['goes on', incident('search/bert/training', '10', '14'), true],
  ['came again within a week', incident('search/bert/training', '20', '20'), true],
  ['came again later', incident('search/bert/training', '21', '21'), false],
  ['below it, on the same days', incident('search/bert/training/EC2', '12', '13'), true],
  ['above it, on the same days', incident('search', '12', '13'), true],
  ['above it, the day after', incident('search', '13', '14'), true],
  ['above it, two days after', incident('search', '14', '14'), false],
  ['beside it', incident('search/bert/inference', '10', '14'), false],
  ['a fall', incident('search/bert/training', '10', '14', { direction: 'down' }), false],
  ['a slow rise', incident('search/bert/training', '10', '14', { detector: 'drift' }), false],
  [
    'named by another detector',
    incident('search/bert/training', '10', '14', { detector: 'new-spend' }),
    true,
  ],
  ['begun by the hour', incident('search/bert/training', '12T14', '12T20'), true],
  ['a slice across everything', incident('/service/EC2', '10', '14'), false],
])('%s: %s', (_, found, same) => {
  const { pairs, fresh, gone } = matchIncidents([known], [found]);
  expect([pairs.length, fresh.length, gone.length]).toEqual(same ? [1, 0, 0] : [0, 1, 1]);
});

it('the same place goes before one above it', () => {
  const above = incident('search', '10', '14');
  const same = incident('search/bert/training', '10', '13');
  const { pairs, fresh } = matchIncidents([known], [above, same]);
  expect(pairs).toEqual([{ known, found: same }]);
  expect(fresh).toEqual([above]);
});

it('two that became one: the first goes on, the other is told with it', () => {
  const other = incident('search/bert/data', '11', '12');
  const both = incident('search/bert', '10', '14');
  const { pairs, gone } = matchIncidents([known, other], [both]);
  expect(pairs).toEqual([{ known, found: both }]);
  expect(gone).toEqual([{ known: other, into: both }]);
});
