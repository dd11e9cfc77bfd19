/** The benchmark's series are the same every time and labelled right, and its scorer counts as its readme says. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Series } from '../../src/core/series.ts';
import { BASELINES, type Contender } from './detect/contenders.ts';
import { causality, scoreContender } from './detect/detection.ts';
import { writeFiles } from './detect/files.ts';
import { readDaily } from './detect/forecast/data.ts';
import { type Forecaster, measure, naiveScale, seasonalNaive } from './detect/forecast/measure.ts';
import { coverage } from './detect/forecast/report.ts';
import { generate } from './detect/generate.ts';
import { scoreSeries } from './detect/score.ts';
import { SHAPES } from './detect/shapes/registry.ts';
import { summarise } from './detect/summary.ts';
import type { Incident, LabelledSeries, Span } from './detect/types.ts';

const all = generate(1);

describe('the series', () => {
  it('are the same for a seed and others for another', () => {
    const again = generate(1);
    expect(again.map(withoutValues)).toEqual(all.map(withoutValues));
    expect(again.filter(({ series }, at) => !sameValues(series, all[at]?.series))).toEqual([]);
    const other = generate(2);
    expect(other.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(
      other.filter(({ series }, at) => Object.is(series.values[0], all[at]?.series.values[0])).length,
    ).toBeLessThan(all.length / 5);
  });

  it('are as many, as long and as clean as promised', () => {
    const daily = all.filter(({ series }) => series.grain === 'day');
    expect(daily.length).toBeGreaterThanOrEqual(300);
    expect(all.length - daily.length).toBeGreaterThanOrEqual(100);
    for (const { shape, series } of all) {
      const [least, most] = SHAPES.find(({ name }) => name === shape)?.steps ?? [0, 0];
      expect(series.values.length).toBeGreaterThanOrEqual(least);
      expect(series.values.length).toBeLessThanOrEqual(most);
    }
    expect(all.filter(({ incidents }) => incidents.length === 0).length).toBeGreaterThan(0.4 * all.length);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('hold incidents of every kind, each known, dear enough, after two weeks and apart from what is excused', () => {
    const seen = new Set<string>();
    for (const { id, series, incidents, shrugs } of all) {
      incidents.forEach((incident, at) => {
        seen.add(incident.kind);
        const day = series.grain === 'day';
        expect(incident.first, id).toBeGreaterThanOrEqual(day ? 14 : 14 * 24);
        expect(incident.last, id).toBeGreaterThanOrEqual(incident.first);
        expect(incident.last, id).toBeLessThan(series.values.length);
        expect(series.values[incident.first], id).not.toBeNaN();
        if (incident.kind !== 'drop') expect(incident.amount, id).toBeGreaterThanOrEqual(day ? 30 : 4);
        const others = [...shrugs, ...incidents.filter((_, other) => other !== at)];
        expect(
          others.filter((other) => overlap(incident, other)),
          id,
        ).toEqual([]);
      });
    }
    expect([...seen].sort()).toEqual(['drop', 'ramp', 'rate', 'runaway', 'spike', 'step']);
  });

  it('cost more (or less, in a drop) within an incident than they did before', () => {
    const rose = all.flatMap((one) =>
      one.incidents.map((incident) => ({ incident, change: changeIn(one, incident) })),
    );
    const right = rose.filter(({ incident, change }) => (incident.kind === 'drop' ? change < 0 : change > 0));
    expect(right.length).toBe(rose.length);
  });

  it('can be had as files, stamped as they are labelled', () => {
    const dir = mkdtempSync(join(tmpdir(), 'pennywatch-bench-files-'));
    const some = all.filter(({ id }) => id === 'gaps-02' || id === 'hourly-gpus-02');
    writeFiles(dir, some);
    const labels = JSON.parse(readFileSync(join(dir, 'labels.json'), 'utf8'));
    for (const { id, series, incidents } of some) {
      const [head, ...rows] = readFileSync(join(dir, `${id}.csv`), 'utf8')
        .trim()
        .split('\n');
      expect(head).toBe('timestamp,value');
      expect(rows.length).toBe(series.values.filter((value) => !Number.isNaN(value)).length);
      const amount = series.values[incidents[0]?.first ?? 0];
      expect(rows).toContain(`${labels[id].incidents[0].first},${amount}`);
    }
    rmSync(dir, { recursive: true });
  });
});

describe('the scorer', () => {
  it('finds nothing to blame in alarms that are the labels', () => {
    const oracle: Contender = { name: 'oracle', alarms: (series) => marks(series, labelsOf(series)) };
    const own = summarise(scoreContender(oracle, all).up);
    expect(own).toMatchObject({ f1: 1, precision: 1, recall: 1, delay: 0, falseAlarms: 0 });
  });

  it('counts episodes, not days, and tells how late the first alarm was', () => {
    const incident: Incident = { kind: 'ramp', effort: 'clear', amount: 50, first: 40, last: 49 };
    const one = labelled({ incidents: [incident], shrugs: [{ first: 60, last: 65 }] });
    // Before day 14; an episode with a pause of a day; the incident, twice, going on beyond it; an excused one; one more.
    const alarms = marks(one.series, [5, 20, 21, 23, 43, 47, 51, 61, 80].map(onDay));
    const score = scoreSeries(one, alarms, () => true);
    expect(score.events).toEqual([{ incident, delay: 3 }]);
    expect(score.falseAlarms).toEqual([
      { first: 20, last: 23 },
      { first: 51, last: 51 },
      { first: 80, last: 80 },
    ]);
    expect(score.quietDays).toBe(100 - 14 - 10 - 6);
    const sum = summarise([score]);
    expect(sum.precision).toBeCloseTo(1 / 4);
    expect(sum.f1).toBeCloseTo(2 / 5);
    expect(sum.falsePerQuarter).toBeCloseTo((3 * 365.25) / 4 / 70);
    expect(sum.falsePerCleanQuarter).toBeNaN();
  });

  it('takes no foresight from an alarm that is always on', () => {
    const incident: Incident = { kind: 'spike', effort: 'clear', amount: 50, first: 40, last: 41 };
    const one = labelled({ incidents: [incident] });
    const score = scoreSeries(one, new Uint8Array(100).fill(1), () => true);
    expect(score.events).toEqual([{ incident, delay: 0 }]);
    expect(score.falseAlarms).toEqual([{ first: 14, last: 39 }]);
    expect(scoreSeries(labelled({}), new Uint8Array(100).fill(1), () => true).falseAlarms.length).toBe(1);
  });

  it('neither asks for a drop nor blames an alarm within it when only rises are asked for', () => {
    const drop: Incident = { kind: 'drop', effort: 'clear', amount: -50, first: 40, last: 45 };
    const one = labelled({ incidents: [drop] });
    const score = scoreSeries(one, marks(one.series, [onDay(42)]), ({ kind }) => kind !== 'drop');
    expect(score).toMatchObject({ events: [], falseAlarms: [], clean: false });
  });

  it('joins an episode over days that are missing from the bill', () => {
    const values = new Float64Array(100).fill(10).fill(Number.NaN, 31, 36);
    const one = labelled({ values });
    expect(scoreSeries(one, marks(one.series, [onDay(30), onDay(36)]), () => true).falseAlarms).toEqual([
      { first: 30, last: 36 },
    ]);
  });

  it('notices somebody who looks ahead', () => {
    const incident: Incident = { kind: 'spike', effort: 'clear', amount: 50, first: 40, last: 40 };
    const one = labelled({ incidents: [incident] });
    const prophet: Contender = {
      name: 'prophet',
      alarms: (series) => marks(series, series.values.length > 41 ? [onDay(40)] : []),
    };
    const { up } = scoreContender(prophet, [one]);
    expect(causality(prophet, [one], up)).toEqual({ same: 0, looked: 1 });
  });
});

describe('the simple rules', () => {
  it('alarm above their margin over the days before', () => {
    // Six days of 9 and 11, then 10: mean 10, sample deviation 1.1.
    const values = Float64Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? 9 : 11)).fill(10, 38);
    const alarmed = (last: number, direction: 'up' | 'both') => {
      const series: Series = { grain: 'day', start: '2026-01-01', values: values.with(39, last) };
      return BASELINES.filter((rule) => rule.alarms(series, direction)[39] === 1).map(({ name }) =>
        name.slice(0, 8),
      );
    };
    expect(alarmed(11.5, 'up')).toEqual([]);
    expect(alarmed(12.7, 'up')).toEqual(['mean + 2']);
    expect(alarmed(13.5, 'up')).toEqual(['mean + 2', '> 1.3 × ']);
    expect(alarmed(15.5, 'up')).toEqual(['mean + 2', '150 % of', '> 1.3 × ', '> 1.5 × ']);
    expect(alarmed(1, 'up')).toEqual([]);
    expect(alarmed(6.5, 'both')).toEqual(['mean + 2', '> 1.3 × ']);
  });
});

describe('the forecast’s measures', () => {
  it('repeat the last known week', () => {
    const known = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, Number.NaN, 11, 12, 13, 14]);
    expect([...seasonalNaive(known, 9)]).toEqual([8, 9, 3, 11, 12, 13, 14, 8, 9]);
    expect(naiveScale(known)).toBe(7);
  });

  it('are what they are by hand', () => {
    // Rises by one a week: the seasonal naive forecast is one too low, and its error in the history is one.
    const values = Float64Array.from({ length: 140 }, (_, at) => 100 + Math.floor(at / 7));
    const subject = {
      id: 'a',
      group: 'g',
      series: { grain: 'day', start: '2026-01-05', values },
      incidents: [],
    } as const;
    const wide = { lower: new Float64Array(7).fill(0), upper: new Float64Array(7).fill(1000) };
    const narrow = { lower: new Float64Array(7).fill(0), upper: new Float64Array(7).fill(1) };
    const forecaster: Forecaster = ({ values: known }) => ({
      mean: new Float64Array(7).fill((known.at(-1) ?? 0) + 3),
      bands: { '50': narrow, '80': wide, '95': wide },
    });
    const measured = measure(subject, { horizon: 7, origins: 2 }, forecaster);
    // From days 70 and 133: 109 and 118 known last, 110 and 119 came, 112 and 121 forecast.
    expect(measured).toMatchObject({ origins: 2, compared: 14, inside: { '50': 0, '80': 14, '95': 14 } });
    expect(measured?.own.mase).toBeCloseTo(2);
    expect(measured?.naive.mase).toBeCloseTo(1);
    expect(measured?.own.smape).toBeCloseTo((4 / 222 + 4 / 240) / 2);
    expect(measured?.naive.smape).toBeCloseTo((2 / 219 + 2 / 237) / 2);
    expect(coverage(measured ? [measured] : [], '80')).toBe(1);
  });

  it('read days that are missing as unknown', () => {
    const series = readDaily('"ds","y"\n"2026-01-01",1.5\n"2026-01-03",2\n');
    expect(series).toEqual({
      grain: 'day',
      start: '2026-01-01',
      values: Float64Array.of(1.5, Number.NaN, 2),
    });
  });
});

function withoutValues({ series: { values, ...series }, ...labels }: LabelledSeries): object {
  return { ...labels, ...series, length: values.length };
}

function sameValues(one: Series, other: Series | undefined): boolean {
  return other?.values.every((value, at) => Object.is(value, one.values[at])) ?? false;
}

function overlap(one: Span, other: Span): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** How much the mean within an incident lies above that of the same steps of the week in the four weeks before. */
function changeIn({ series: { values, grain } }: LabelledSeries, { first, last }: Incident): number {
  const week = grain === 'day' ? 7 : 168;
  const within: number[] = [];
  const before: number[] = [];
  for (let at = first; at <= last; at++) {
    within.push(values[at] ?? Number.NaN);
    for (let back = 1; back <= 4; back++) {
      const then = at - week * Math.ceil((at - first + 1) / week) - week * (back - 1);
      if (then >= 0) before.push(values[then] ?? Number.NaN);
    }
  }
  return mean(within) - mean(before);
}

function mean(numbers: readonly number[]): number {
  const known = numbers.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function labelled(
  parts: Partial<Pick<LabelledSeries, 'incidents' | 'shrugs'>> & { values?: Float64Array },
): LabelledSeries {
  const { incidents = [], shrugs = [], values = new Float64Array(100).fill(10) } = parts;
  return {
    id: 'made',
    shape: 'made',
    series: { grain: 'day', start: '2026-01-01', values },
    incidents,
    shrugs,
  };
}

function onDay(day: number): Span {
  return { first: day, last: day };
}

function marks({ values }: Series, spans: readonly Span[]): Uint8Array {
  const alarms = new Uint8Array(values.length);
  for (const { first, last } of spans) alarms.fill(1, first, last + 1);
  return alarms;
}

function labelsOf(series: Series): readonly Span[] {
  return all.find((one) => one.series === series)?.incidents.filter(({ kind }) => kind !== 'drop') ?? [];
}
