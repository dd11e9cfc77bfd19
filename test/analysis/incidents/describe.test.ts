/** What is told of an incident: amounts, days, and how bad it is. */
import { expect, it } from 'vitest';
import { incidentsAsOf } from '../../../src/analysis/incidents/as-of.ts';
import { describeIncident } from '../../../src/analysis/incidents/describe.ts';
import { DAYS, judge, level, raised, START, treeOf } from './trees.ts';

const severity = { medium: 100_000_000n, high: 500_000_000n, critical: 2_000_000_000n };

function described(cost: (day: number) => number) {
  const tree = treeOf({ 'search/bert/training/EC2': cost, 'search/bert/inference/EC2': level(400, 3) });
  const judged = judge(tree);
  const options = { from: 40, upTo: DAYS - 1, named: () => false };
  return incidentsAsOf(judged, options).map((one) =>
    describeIncident(judged, one, { start: START, severity, upTo: DAYS - 1 }),
  );
}

it('says where, when and how much', () => {
  const flat = (day: number) => (day >= 50 && day <= 52 ? 900 : 300);
  expect(described(flat)).toMatchObject([
    {
      path: ['search', 'bert', 'training', 'EC2'],
      currency: 'USD',
      firstStamp: '2026-10-21',
      lastStamp: '2026-10-23',
      judgedThrough: '2026-10-30',
      actualMicros: 900_000_000n,
      direction: 'up',
    },
  ]);
});

it.each([
  [90, undefined],
  [190, 'medium'],
  [700, 'high'],
  [2500, 'critical'],
] as const)('$%d a day above expected is %s', (more, expected) => {
  const found = described(raised(300, more, [50, 52]));
  expect(found[0]?.severity).toBe(expected);
});

it('the same again within weeks is one level less, a longer or higher one is not', () => {
  const twice = (days: number, more: number) => (day: number) =>
    level(300)(day) + (day === 30 ? 700 : 0) + (day >= 50 && day < 50 + days ? more : 0);
  const severityOf = (cost: (day: number) => number) => described(cost).at(-1)?.severity;
  expect(severityOf(twice(1, 700))).toBe('medium');
  expect(severityOf(twice(3, 700))).toBe('high');
  expect(severityOf(twice(1, 1500))).toBe('high');
});
