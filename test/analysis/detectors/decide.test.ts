import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_GATES, decide } from '../../../src/analysis/detectors/decide.ts';
import type { Gates, Judgement } from '../../../src/analysis/detectors/types.ts';
import type { Series } from '../../../src/core/series.ts';
import { days, hours } from './series.ts';

const gates = (changed: Partial<Gates> = {}): Gates => ({ ...DEFAULT_GATES.day, ...changed });

/** 10 is expected, 8 to 12 is usual. */
function judged({ values }: Series): Judgement {
  const row = (number: number): Float64Array => values.map((value) => (Number.isNaN(value) ? value : number));
  const score = values.map((value) => Math.abs(value - 10) / (Math.abs(value - 10) + 2));
  return { expected: row(10), lower: row(8), upper: row(12), score };
}

function alarms(series: Series, changed: Partial<Gates> = {}): number[] {
  const { anomalous } = decide(series, judged(series), gates(changed));
  return [...anomalous.keys()].filter((index) => anomalous[index] === 1);
}

function spans(series: Series, changed: Partial<Gates> = {}): (readonly [number, number, string])[] {
  const { episodes } = decide(series, judged(series), gates(changed));
  return episodes.map(({ first, last, direction }) => [first, last, direction]);
}

describe('gates', () => {
  const series = days(10, 12, 13, 20, 5, 10);
  it('tells what is over the edge, upwards unless asked for more', () => {
    expect(alarms(series)).toEqual([2, 3]);
    expect(alarms(series, { direction: 'down' })).toEqual([4]);
    expect(alarms(series, { direction: 'both' })).toEqual([2, 3, 4]);
  });

  it('asks for money and percent', () => {
    expect(alarms(series, { minimumImpact: 3.5 })).toEqual([3]);
    expect(alarms(series, { minimumShare: 0.3 })).toEqual([2, 3]);
    expect(alarms(series, { minimumShare: 0.31 })).toEqual([3]);
  });

  it('takes anything for enough percent of nothing', () => {
    const nothing = { ...judged(days(5)), expected: Float64Array.of(0), score: Float64Array.of(1) };
    expect([...decide(days(5), nothing, gates({ minimumShare: 5 })).anomalous]).toEqual([1]);
  });

  it('tells nothing of what is not known', () => {
    expect(alarms(days(10, Number.NaN, 10))).toEqual([]);
  });
});

describe('duration', () => {
  const series = days(10, 20, 21, 22, 10, 10, 20, 10);
  it('is reached at its last step for alarms, and counts from its first for the episode', () => {
    expect(alarms(series, { minimumSteps: 3 })).toEqual([3]);
    expect(spans(series, { minimumSteps: 3 })).toEqual([[1, 3, 'up']]);
  });
});

describe('episodes', () => {
  it('bridge one usual or unknown day, not two', () => {
    expect(spans(days(20, 10, 20, Number.NaN, 20, 10, 10, 20))).toEqual([
      [0, 4, 'up'],
      [7, 7, 'up'],
    ]);
  });

  it('bridge three hours, not four; a detector may bridge more', () => {
    const series = hours(20, 10, 10, 10, 20, 10, 10, 10, 10, 20);
    expect(spans(series)).toEqual([
      [0, 4, 'up'],
      [9, 9, 'up'],
    ]);
    const { episodes } = decide(series, judged(series), gates(), {
      detector: { bridgedSteps: { day: 9, hour: 9 } },
    });
    expect(episodes).toHaveLength(1);
  });

  it('never bridge into the other direction, asked for or not', () => {
    expect(spans(days(20, 2, 20))).toEqual([
      [0, 0, 'up'],
      [2, 2, 'up'],
    ]);
    expect(spans(days(20, 2, 2), { direction: 'both' })).toEqual([
      [0, 0, 'up'],
      [1, 2, 'down'],
    ]);
  });

  it('sum up what they cost, bridged days included', () => {
    const series = days(20, 11, Number.NaN, 26);
    const judgement = judged(series);
    const [episode] = decide(series, judgement, gates(), {
      detector: { bridgedSteps: { day: 2, hour: 2 } },
    }).episodes;
    expect(episode).toMatchObject({ first: 0, last: 3, excess: 27, actual: 19, expected: 10 });
    expect(episode?.score).toBeCloseTo(16 / 18, 12);
  });
});

it('knows nothing of later steps: what is told of a prefix is told of the whole', () => {
  const value = fc.constantFrom(10, 13, 20, 5, Number.NaN);
  const shape = fc.record({
    values: fc.array(value, { minLength: 2, maxLength: 30 }),
    minimumSteps: fc.integer({ min: 1, max: 3 }),
    direction: fc.constantFrom('up' as const, 'both' as const),
  });
  fc.assert(
    fc.property(shape, ({ values, ...changed }) => {
      const whole = alarms(days(...values), changed);
      const cut = values.length >> 1;
      expect(alarms(days(...values.slice(0, cut)), changed)).toEqual(whole.filter((at) => at < cut));
      // Every alarm lies in an episode.
      const found = spans(days(...values), changed);
      for (const at of whole) expect(found.some(([first, last]) => at >= first && at <= last)).toBe(true);
    }),
    { numRuns: 100, seed: 3 },
  );
});
