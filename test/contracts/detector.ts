/** What every detector must do: judge from the past only, survive any series, and not care about the unit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterNames } from '../../src/analysis/detectors/run.ts';
import { type Detector, EDGE_SCORE, type Hints, type Judgement } from '../../src/analysis/detectors/types.ts';
import { factsOf } from '../../src/core/field.ts';
import { type Grain, type Series, STEPS_A_DAY } from '../../src/core/series.ts';

const ROWS = ['expected', 'lower', 'upper', 'score'] as const;
/** Days that any detector can begin to judge after, and then some. */
const DAYS = 44;
const RUNS: Readonly<Record<Grain, number>> = { day: 25, hour: 4 };

/** Every detector of the registry passes this with its default parameters. */
export function testDetector(detector: Detector): void {
  describe(`contract: ${detector.id}`, () => {
    it('has an id and a sentence, and parameters with meaning and default', () => {
      expect(detector.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(detector.about).toMatch(/^[A-Z].{20,}\.$/);
      const { shape } = detector.params as unknown as {
        shape: Record<string, Parameters<typeof factsOf>[0]>;
      };
      for (const name of parameterNames(detector)) {
        const schema = shape[name];
        if (!schema) throw new Error(`${detector.id} has no parameter ${name}.`);
        expect(factsOf(schema), name).toMatchObject({
          meaning: expect.stringMatching(/\.$/),
          fallback: expect.stringMatching(/./),
        });
      }
    });

    it('takes no parameters at all, its defaults as text, and nothing unknown', () => {
      const defaults = detector.params.parse({}) as Record<string, unknown>;
      const asText = Object.fromEntries(
        Object.entries(defaults).map(([name, value]) => [name, String(value)]),
      );
      expect(detector.params.parse(asText)).toEqual(defaults);
      expect(detector.params.safeParse({ bogus: 1 }).success).toBe(false);
    });

    describe.each(detector.grains.map((grain) => ({ grain })))('by the $grain', ({ grain }) => {
      const params = detector.params.parse({});
      const judge = (values: Float64Array, hints?: Hints): Judgement =>
        detector.judge(seriesOf(grain, values), params, hints);
      const check = (property: (values: Float64Array) => void): void =>
        fc.assert(fc.property(valuesOf(grain), property), {
          numRuns: RUNS[grain],
          seed: 7,
          endOnFailure: true,
        });

      it('gives as many numbers as there are steps; all four or none; the band around the expected', () => {
        check((values) => {
          const before = values.slice();
          const judgement = judge(values);
          expectSame(values, before, values.length);
          for (const row of ROWS) expect(judgement[row]).toHaveLength(values.length);
          for (let index = 0; index < values.length; index++) {
            const [expected = 0, lower = 0, upper = 0, score = 0] = ROWS.map((row) => judgement[row][index]);
            const known = [expected, lower, upper, score].filter((number) => !Number.isNaN(number)).length;
            if (known !== 0 && known !== 4) throw new Error(`Only ${known} of 4 known at ${index}.`);
            if (known === 0) continue;
            if (Number.isNaN(values[index])) throw new Error(`An unknown value is judged at ${index}.`);
            if (!(score >= 0 && score <= 1)) throw new Error(`The score is ${score} at ${index}.`);
            if (!(lower <= expected && expected <= upper)) throw new Error(`The band is torn at ${index}.`);
          }
        });
      });

      it('judges each step from earlier steps only', () => {
        check((values) => {
          const whole = judge(values);
          const cut = Math.floor(values.length * 0.8);
          const prefix = judge(values.slice(0, cut));
          for (const row of ROWS) expectSame(whole[row], prefix[row], cut);
          // Its own value decides on the score of a step, not on its band.
          const changed = values.slice(0, cut);
          changed[cut - 1] = 3 * (values[cut - 1] ?? 0) + 1;
          const other = judge(changed);
          if (Number.isNaN(values[cut - 1])) return;
          for (const row of ['expected', 'lower', 'upper'] as const)
            expect(other[row][cut - 1]).toBe(prefix[row][cut - 1]);
        });
      });

      it('does not care in which unit the values are', () => {
        check((values) => {
          const one = judge(values);
          const factor = 1024;
          const other = judge(values.map((value) => value * factor));
          for (let index = 0; index < values.length; index++) {
            expectNear(other.score[index], one.score[index]);
            for (const row of ['expected', 'lower', 'upper'] as const)
              expectNear(other[row][index], factor * (one[row][index] ?? 0));
          }
        });
      });

      it('never finds a constant series unusual', () => {
        fc.assert(
          fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
            const { score } = judge(new Float64Array(DAYS * STEPS_A_DAY[grain]).fill(value));
            // At its very beginning something new is unusual, constant or not.
            expect(score.some((one) => one > EDGE_SCORE)).toBe(false);
          }),
          { numRuns: RUNS[grain], seed: 7 },
        );
      });

      it('says nothing before it knows enough, and something after', () => {
        const least = detector.minPoints(grain, params);
        check((values) => {
          const { score } = judge(values);
          let known = 0;
          for (let index = 0; index < values.length; index++) {
            if (known < least && !Number.isNaN(score[index]))
              throw new Error(`Judged after ${known} values.`);
            if (!Number.isNaN(values[index])) known++;
          }
        });
        const { score } = judge(new Float64Array(least + 1));
        expect(score[least]).not.toBeNaN();
      });

      it('survives what series are in practice', () => {
        const length = DAYS * STEPS_A_DAY[grain];
        const series: Float64Array[] = [
          new Float64Array(0),
          Float64Array.of(5),
          new Float64Array(length).fill(Number.NaN),
          Float64Array.from({ length }, (_, index) => (index % 2 === 0 ? Number.NaN : 7)),
          Float64Array.from({ length }, (_, index) => -100 - (index % 5)),
          Float64Array.from({ length }, (_, index) => (index % 13 === 0 ? 1e12 : 0)),
          Float64Array.from({ length }, (_, index) => (index % 3) * 1e-9),
        ];
        for (const values of series) {
          const judgement = judge(values);
          for (const row of ROWS) expect(judgement[row]).toHaveLength(values.length);
          expect(judgement.score.every((score) => Number.isNaN(score) || (score >= 0 && score <= 1))).toBe(
            true,
          );
        }
      });

      it('is never more alarmed by money that was planned, and takes all hints', () => {
        check((values) => {
          const at = values.length - 2;
          const spent = values.slice();
          spent[at] = 1e5 + Math.abs(values[at] ?? 0);
          const planned = new Float64Array(values.length);
          planned[at] = 1e5;
          const [plain, told] = [judge(spent), judge(spent, { planned })];
          // Less than was planned may look low, but within the band.
          const most = Math.max(plain.score[at] ?? 0, EDGE_SCORE);
          if (!Number.isNaN(plain.score[at])) expect(told.score[at]).toBeLessThanOrEqual(most);
          const flags = new Uint8Array(values.length);
          flags[at] = 1;
          const hinted = judge(spent, { accepted: flags, excluded: flags, bandFactor: 2 });
          expect(hinted.score).toHaveLength(values.length);
          // What is said of a step changes nothing before it.
          const before = judge(spent, { bandFactor: 2 });
          expectSame(hinted.score, before.score, at);
        });
      });
    });
  });
}

function seriesOf(grain: Grain, values: Float64Array): Series {
  return { grain, start: grain === 'day' ? '2026-01-05' : '2026-01-05T00', values };
}

/** A level with a week in it, noise, now and then nothing, a spike, a credit or a gap; from some day on another level. */
function valuesOf(grain: Grain): fc.Arbitrary<Float64Array> {
  return fc
    .record({
      seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
      level: fc.integer({ min: 1, max: 100_000 }),
      weekend: fc.constantFrom(0, 0.5, 1),
      moved: fc.constantFrom(0.2, 1, 3),
    })
    .map(({ seed, level, weekend, moved }) => {
      const random = randomFrom(seed);
      return Float64Array.from({ length: DAYS * STEPS_A_DAY[grain] }, (_, index) => {
        const day = Math.floor(index / STEPS_A_DAY[grain]);
        const noise = 0.9 + 0.2 * random();
        const usual = level * (day % 7 > 4 ? weekend : 1) * (day > 30 ? moved : 1) * noise;
        const odd = Math.floor(random() * 40);
        if (odd === 0) return Number.NaN;
        if (odd === 1) return usual * 8;
        return odd === 2 ? -usual : odd === 3 ? 0 : usual;
      });
    });
}

/** Park & Miller's minimal standard generator: one number to tell in place of a thousand. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** The first `count` numbers are the same, NaN included; says only where they are not. */
function expectSame(actual: Float64Array, expected: Float64Array, count: number): void {
  for (let index = 0; index < count; index++)
    if (!Object.is(actual[index], expected[index]))
      throw new Error(`${actual[index]} is not ${expected[index]} at ${index}.`);
}

function expectNear(actual: number | undefined, expected: number | undefined): void {
  const [a, b] = [actual ?? Number.NaN, expected ?? Number.NaN];
  if (Number.isNaN(a) && Number.isNaN(b)) return;
  if (!(Math.abs(a - b) <= 1e-7 * Math.max(1e-3, Math.abs(a), Math.abs(b))))
    throw new Error(`${a} is not ${b}.`);
}
