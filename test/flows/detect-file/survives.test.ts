/** Whatever a file holds: one point per row, and none that contradicts itself. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { detectors } from '../../../src/analysis/detectors/registry.ts';
import { squeeze } from '../../../src/flows/detect-file/squeeze.ts';
import { DAY, detect, HOUR, iso, MINUTE, START } from './series-file.ts';

const row = fc.record({
  // Weeks of jitter at most: rows change places.
  late: fc.integer({ min: 0, max: 20_000 }),
  kind: fc.integer({ min: 0, max: 9 }),
  value: fc.double({ min: -1e4, max: 1e5, noNaN: true }),
});
const file = fc.record({
  rows: fc.array(row, { minLength: 0, maxLength: 200 }),
  step: fc.constantFrom(MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY),
  jitter: fc.constantFrom(0, 1, 1000, 100_000),
  detector: fc.constantFrom(...detectors.map(({ id }) => id)),
  direction: fc.constantFrom('up' as const, 'both' as const),
});

it('any rows', () => {
  fc.assert(
    fc.property(file, ({ rows, step, jitter, detector, direction }) => {
      const csv = rows.map(({ late, kind, value }, index) => {
        const stamp = iso(START + (kind === 0 ? index - 1 : index) * step + late * jitter);
        return `${stamp},${kind === 1 ? '' : kind === 2 ? 0 : value}`;
      });
      const { points } = detect(['timestamp,value', ...csv], { detector, gates: { direction } });
      expect(points.map(({ timestamp }) => timestamp)).toEqual(csv.map((line) => line.split(',')[0]));
      for (const { score, anomalous, severity, direction: side, value, expected } of points) {
        expect(score >= 0 && score <= 1).toBe(true);
        expect((severity !== null) === anomalous && (side !== null) === anomalous).toBe(true);
        if (!anomalous || value === null || expected === null) expect(anomalous).toBe(false);
        else expect(side).toBe(value > expected ? 'up' : 'down');
      }
    }),
    { numRuns: 120, seed: 11 },
  );
});

it('gaps of years, shortened by whole weeks, with the newest rows in their place', () => {
  const week = 168 * 12;
  const numbers = Float64Array.of(5, 6, 7_000_005, 7_000_006);
  const { base, kept } = squeeze(numbers, 12, 'hour');
  const [first = 0, second = 0, third = 0, last = 0] = kept;
  expect(base % 12).toBe(0);
  expect([second - first, last - third, last + base]).toEqual([1, 1, 7_000_006]);
  expect(third).toBeLessThan(20 * week);
  expect(Math.abs(third - second - (7_000_005 - 6)) % week).toBe(0);
  // Files as they usually are stay as they are.
  expect(squeeze(Float64Array.of(25, 26, 9_000), 12, 'hour')).toEqual({
    base: 24,
    kept: Int32Array.of(1, 2, 8_976),
  });
});
