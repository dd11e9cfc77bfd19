/** What holds for every series that the seasonal detector judges, whatever is in it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seasonal } from '../../../src/analysis/detectors/seasonal.ts';
import type { Hints, Judgement } from '../../../src/analysis/detectors/types.ts';
import type { Grain, Series } from '../../../src/core/series.ts';

const params = seasonal.params.parse({});
const RUNS = { numRuns: 60, seed: 20261121 };
const ROWS = ['expected', 'lower', 'upper', 'score'] as const;

/** Weeks with a rhythm, noise, jumps, spikes and gaps; multiples of 1/64, so that sums are exact. */
const shapes = fc
  .record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    length: fc.integer({ min: 20, max: 160 }),
    noise: fc.constantFrom(0, 4, 32),
    jumps: fc.constantFrom(0, 0.02),
    spikes: fc.constantFrom(0, 0.05, 0.3),
    gaps: fc.constantFrom(0, 0.1),
    zeros: fc.constantFrom(0, 0.7),
  })
  .map(seriesOf);

function seriesOf(shape: {
  readonly seed: number;
  readonly length: number;
  readonly noise: number;
  readonly jumps: number;
  readonly spikes: number;
  readonly gaps: number;
  readonly zeros: number;
}): Float64Array {
  let state = shape.seed;
  const chance = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) / 2 ** 23;
  };
  const week = Array.from({ length: 7 }, () => Math.round(chance() * 640));
  let level = 1000;
  return Float64Array.from({ length: shape.length }, (_, index) => {
    if (chance() < shape.jumps) level = Math.round(200 + chance() * 4000);
    let value = level + (week[index % 7] ?? 0) + Math.round((chance() - 0.5) * 16 * shape.noise);
    if (chance() < shape.zeros) value = 0;
    if (chance() < shape.spikes) value += Math.round(chance() * 6000);
    return chance() < shape.gaps ? Number.NaN : value / 64;
  });
}

function judged(values: Float64Array, hints?: Hints, grain: Grain = 'day'): Judgement {
  const start = grain === 'day' ? '2026-01-05' : '2026-01-05T00';
  return seasonal.judge({ grain, start, values } satisfies Series, params, hints);
}

describe('each step is judged from earlier steps only', () => {
  it.each(['day', 'hour'] as const)('by %s', (grain) => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.double({ min: -1e6, max: 1e6, noNaN: true }), (values, at, other) => {
        const cut = at % values.length;
        const changed = values.slice();
        for (let index = cut; index < changed.length; index++) changed[index] = other;
        const before = judged(values, undefined, grain);
        const after = judged(changed, undefined, grain);
        const short = judged(values.slice(0, cut), undefined, grain);
        for (const row of ROWS) {
          expect(after[row].slice(0, cut)).toEqual(before[row].slice(0, cut));
          expect(short[row]).toEqual(before[row].slice(0, cut));
        }
      }),
      RUNS,
    );
  });

  it('the band of a step does not depend on its own value', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.double({ min: 0, max: 1e6, noNaN: true }), (values, at, other) => {
        const cut = at % values.length;
        fc.pre(!Number.isNaN(values[cut] ?? Number.NaN));
        const changed = values.slice();
        changed[cut] = other;
        for (const row of ['expected', 'lower', 'upper'] as const)
          expect(judged(changed)[row][cut]).toEqual(judged(values)[row][cut]);
      }),
      RUNS,
    );
  });
});

describe('units', () => {
  it('scaling a series scales the band and leaves the scores', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(2 ** -30, 0.25, 8, 2 ** 30), (values, factor) => {
        const plain = judged(values);
        const scaled = judged(values.map((value) => value * factor));
        expect(scaled.score).toEqual(plain.score);
        for (const row of ['expected', 'lower', 'upper'] as const)
          expect(scaled[row]).toEqual(plain[row].map((value) => value * factor));
      }),
      RUNS,
    );
  });

  it('any factor leaves the scores, but for rounding', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (values, factor) => {
        const plain = judged(values).score;
        const scaled = judged(values.map((value) => value * factor)).score;
        for (const [index, score] of plain.entries())
          if (Number.isNaN(score)) expect(scaled[index]).toBeNaN();
          else expect(scaled[index]).toBeCloseTo(score, 2);
      }),
      RUNS,
    );
  });

  it('a constant usage beside a series never raises a score', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 2 ** 20 }), (values, usage) => {
        const plain = judged(values).score;
        const more = judged(values.map((value) => value + usage)).score;
        for (const [index, score] of plain.entries())
          if (!Number.isNaN(score)) expect(more[index]).toBeLessThanOrEqual(score + 1e-4);
      }),
      RUNS,
    );
  });

  it('a constant series is never unusual', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.integer({ min: 20, max: 300 }),
        (value, length) => {
          for (const grain of ['day', 'hour'] as const) {
            const { score } = judged(new Float64Array(length).fill(value), undefined, grain);
            expect(score.filter((one) => one > 0)).toHaveLength(0);
          }
        },
      ),
      RUNS,
    );
  });
});

describe('what it says', () => {
  it('is a band around the expected value and a score that fits it', () => {
    fc.assert(
      fc.property(shapes, (values) => {
        const { expected, lower, upper, score } = judged(values);
        for (const [index, value] of values.entries()) {
          const [middle = 0, low = 0, high = 0, one = 0] = [
            expected[index],
            lower[index],
            upper[index],
            score[index],
          ];
          if (Number.isNaN(value))
            expect([middle, low, high, one]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
          if (Number.isNaN(one)) continue;
          expect(one).toBeGreaterThanOrEqual(0);
          expect(one).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(middle);
          expect(high).toBeGreaterThanOrEqual(middle);
          if (one > 0.5001) expect(value > high || value < low).toBe(true);
          if (one < 0.4999) expect(value <= high && value >= low).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('survives any numbers, short and long', () => {
    const anything = fc.oneof(
      fc.double({ min: -1e15, max: 1e15 }),
      fc.constantFrom(0, Number.NaN, 1e-300, Number.POSITIVE_INFINITY),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 200 }), (numbers) => {
        const { expected, score } = judged(Float64Array.from(numbers));
        expect(score).toHaveLength(numbers.length);
        for (const one of score) expect(Number.isNaN(one) || (one >= 0 && one <= 1)).toBe(true);
        for (const one of expected) expect(Number.isNaN(one) || Number.isFinite(one)).toBe(true);
      }),
      RUNS,
    );
  });

  it('needs as many known values as it says', () => {
    for (const grain of ['day', 'hour'] as const) {
      const needed = seasonal.minPoints(grain);
      const values = Float64Array.from({ length: needed + 5 }, (_, index) => 10 + (index % 3));
      values[2] = Number.NaN;
      const { score } = judged(values, undefined, grain);
      expect([...score].findIndex((one) => !Number.isNaN(one))).toBe(needed + 1);
    }
  });
});
