/** What the bench says about its figures. */
import { expect, it } from 'vitest';
import { percentile } from './measure.ts';
import { markdown, table } from './results.ts';
import type { BenchLine } from './types.ts';

const LINES: BenchLine[] = [
  {
    name: 'import of a | file',
    value: 3,
    unit: 's',
    baseline: { name: 'bare scan', value: 2 },
    goal: '≤ 2 ×',
    met: true,
    note: 'from the disk',
  },
  { name: 'bulk write', value: 118_000.4, unit: 'rows/s', goal: '≥ 120,000 rows/s', met: false },
  { name: 'charts', value: 21.26, unit: '/s' },
];

it('a percentile is one of the values: the nearest rank', () => {
  const times = [50, 10, 40, 20, 30];
  expect(percentile(times, 0.5)).toBe(30);
  expect(percentile(times, 0.95)).toBe(50);
  expect(percentile(times, 0.2)).toBe(10);
  expect(percentile([7], 0.99)).toBe(7);
  expect(times).toEqual([50, 10, 40, 20, 30]);
  expect(() => percentile([], 0.5)).toThrow('nothing was measured');
});

it('prints each figure beside its baseline, ratio and goal, and says what was missed', () => {
  const [head, rule, ...rows] = table(LINES).split('\n');
  expect(head).toMatch(/^What +Measured +Compared with +Ratio +Goal +Met$/);
  expect(rule).toMatch(/^[- ]+$/);
  expect(rows[0]).toMatch(/^import of a \| file +3\.00 s +bare scan: 2\.00 s +1\.50 × +≤ 2 × +yes$/);
  expect(rows[1]).toMatch(/^bulk write +118,000 rows\/s +≥ 120,000 rows\/s +NO$/);
  expect(rows[2]).toMatch(/^charts +21\.3 \/s$/);
  expect(rows.at(-1)).toBe('import of a | file: from the disk');
});

it('keeps date and machine with the figures, and a name cannot break the table', () => {
  const page = markdown(LINES, { date: new Date('2026-11-21T12:00:00Z'), seconds: 321.4 });
  expect(page).toContain('Date: 2026-11-21; the run took 321 s');
  expect(page).toMatch(/Machine: \d+ × .+ GiB, .+, Node v\d+/);
  expect(page).toContain('| import of a \\| file | 3.00 s | bare scan: 2.00 s | 1.50 × | ≤ 2 × | yes |');
});
