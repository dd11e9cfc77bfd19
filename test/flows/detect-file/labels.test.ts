import { describe, expect, it } from 'vitest';
import { readLabels } from '../../../src/flows/detect-file/read-labels.ts';
import { DAY, day, detect, iso, lines, MINUTE, START, usual } from './series-file.ts';

const context = {
  file: 'folder/series.csv',
  times: Float64Array.from({ length: 5 }, (_, index) => Date.UTC(2026, 10, 20 + index)),
  dayFirst: false,
  numbered: false,
  step: DAY,
  clock: ({ at }: { readonly at: number }) => at,
};

function read(labels: unknown): string[] {
  const text = typeof labels === 'string' ? labels : JSON.stringify(labels);
  return readLabels(text, context).map(({ from, to, point }) =>
    point ? iso(from).slice(5, 16) : `${iso(from).slice(5, 16)}/${iso(to).slice(5, 16)}`,
  );
}

const NIGHT = { start: '2026-11-20 22:00', end: '2026-11-21 04:00' };

describe('labels are read', () => {
  it.each([
    ['times', ['2026-11-20T22:00Z', 1763676000], ['11-20T22:00', '11-20T22:00']],
    ['days', ['2026-11-20'], ['11-20T00:00/11-20T23:59']],
    ['pairs', [[NIGHT.start, NIGHT.end]], ['11-20T22:00/11-21T04:00']],
    ['pairs of days', [['2026-11-20', '2026-11-21']], ['11-20T00:00/11-21T23:59']],
    ['spans', [{ ...NIGHT, kind: 'spike' }], ['11-20T22:00/11-21T04:00']],
    ['spans by other names', [{ from: NIGHT.start, to: NIGHT.end }], ['11-20T22:00/11-21T04:00']],
    ['spans of a day', [{ start: '2026-11-20' }], ['11-20T00:00/11-20T23:59']],
    ['a single span', NIGHT, ['11-20T22:00/11-21T04:00']],
    ['under "anomalies"', { series: 'x', anomalies: [NIGHT] }, ['11-20T22:00/11-21T04:00']],
    ['under "windows"', { windows: [[NIGHT.start, NIGHT.end]] }, ['11-20T22:00/11-21T04:00']],
    ['under the file', { 'a/other.csv': [], 'b/series.csv': [NIGHT.start] }, ['11-20T22:00']],
    ['under the file, deeper', { series: { windows: [NIGHT] } }, ['11-20T22:00/11-21T04:00']],
    ['under another single name', { 'x.csv': [NIGHT.start] }, ['11-20T22:00']],
    ['as 0 and 1 per row', [0, 0, 1, 0, 1], ['11-22T00:00', '11-24T00:00']],
    ['as true and false under "labels"', { labels: [true, false, false, false, false] }, ['11-20T00:00']],
    [
      'as times with 0 or 1',
      [
        { timestamp: NIGHT.start, label: 1 },
        { timestamp: NIGHT.end, label: 0 },
      ],
      ['11-20T22:00'],
    ],
    ['as a mapping to 0 or 1', { [NIGHT.start]: 1, [NIGHT.end]: 0 }, ['11-20T22:00']],
    ['as numbers of rows', [1, 3], ['11-21T00:00', '11-23T00:00']],
    ['as pairs of them', [[0, 1]], ['11-20T00:00/11-21T00:00']],
    ['as spans of them', [{ start_index: 2, end_index: 5, kind: 'step' }], ['11-22T00:00/11-24T00:00']],
    ['with a duration', [{ start: NIGHT.start, duration_hours: 2 }], ['11-20T22:00/11-20T23:59']],
    ['with a length in rows', [{ start: '2026-11-20', length: 2 }], ['11-20T00:00/11-21T23:59']],
    ['without an end', [{ start: '2026-11-20', end: null }], ['11-20T00:00/11-20T23:59']],
    ['under "window"', [{ window: [NIGHT.start, NIGHT.end] }], ['11-20T22:00/11-21T04:00']],
    ['as intervals', ['2026-11-20/2026-11-21'], ['11-20T00:00/11-21T23:59']],
    ['as lists side by side', { timestamp: [NIGHT.start, NIGHT.end], label: [0, 1] }, ['11-21T04:00']],
    ['by kind', { spike: [NIGHT.start], ramp: [] }, ['11-20T22:00']],
    [
      'with those of other series',
      [
        { series: 'other', start: NIGHT.end },
        { series: 'series', start: NIGHT.start },
      ],
      ['11-20T22:00'],
    ],
    ['as null', null, []],
    ['as JSON lines', `{"start": "${NIGHT.start}"}\n["${NIGHT.end}"]\n`, ['11-20T22:00', '11-21T04:00']],
    ['as CSV', `timestamp,is_anomaly\n${NIGHT.start},1\n${NIGHT.end},0\n`, ['11-20T22:00']],
    ['as CSV of spans', `start,end\n${NIGHT.start},${NIGHT.end}\n`, ['11-20T22:00/11-21T04:00']],
    ['as lines of times', `${NIGHT.start}\n${NIGHT.end}\n`, ['11-20T22:00', '11-21T04:00']],
    ['of nothing', [], []],
    ['of nothing at all', {}, []],
  ] as const)('%s', (_, labels, expected) => expect(read(labels)).toEqual(expected));

  it.each([
    ['[oops', 'The labels are not valid JSON.'],
    [['2026-11-20', 'soon'], 'Label 2: "soon" is not a time.'],
    [[[NIGHT.end, NIGHT.start]], 'Label 1: it ends (2026-11-20 22:00) before it begins'],
    [[70], 'Label 1: 70 is not a time, and there is no row 70 of 5.'],
    [[{ what: 1 }], 'Label 1: nothing is not a time.'],
    [{ 'a.csv': [], 'b.csv': [] }, 'The labels have nothing for series.csv.'],
  ])('or it is said why not: %j', (labels, message) => {
    expect(() => read(labels)).toThrowError(message);
  });
});

it('judges the rows even if the labels cannot be read', () => {
  const csv = lines({ count: 30, step: DAY, stamp: day });
  const { points, notes, labels } = detect(csv, { labels: '[{"what": 1}]' });
  expect(points).toHaveLength(30);
  expect(points[29]).not.toHaveProperty('label');
  expect(labels).toBeUndefined();
  expect(notes.join()).toContain('The labels are left out. Label 1: nothing is not a time.');
});

describe('alarms are compared with labels', () => {
  const value = (index: number) => usual(index) * ([50, 70, 71, 72, 90].includes(index) ? 4 : 1);
  const at = (index: number) => day(START + index * DAY);
  const compare = (labels: unknown) =>
    detect(lines({ count: 100, step: DAY, stamp: day, value }), {
      labels: JSON.stringify(labels),
      detector: 'static',
    });

  it('event by event', () => {
    const { labels, points } = compare([at(50), at(60), [at(69), at(73)]]);
    expect(labels).toEqual({
      events: 3,
      found: 2,
      outside: 0,
      alarms: 3,
      falseAlarms: 1,
      precision: 2 / 3,
      recall: 2 / 3,
      f1: expect.closeTo(2 / 3, 12),
      medianDelay: 0.5,
      missed: [{ first: at(60), last: at(60) }],
    });
    expect(points.filter(({ label }) => label).map(({ timestamp }) => timestamp)).toEqual(
      [50, 60, 69, 70, 71, 72, 73].map(at),
    );
    expect(points[0]?.label).toBe(false);
  });

  it('where single times that follow one another are one event', () => {
    expect(compare([at(70), at(71), at(72), at(50), at(90)]).labels).toMatchObject({
      events: 3,
      found: 3,
      f1: 1,
    });
  });

  it('without counting labels of times that the file does not have', () => {
    expect(compare([at(50), '2031-01-01']).labels).toMatchObject({ events: 1, outside: 1 });
  });

  it('without dividing by nothing', () => {
    expect(compare([]).labels).toMatchObject({
      events: 0,
      recall: null,
      f1: null,
      falseAlarms: 3,
      precision: 0,
    });
    const quiet = detect(lines({ count: 50, step: DAY }), { labels: '["2025-01-20"]' });
    expect(quiet.labels).toMatchObject({
      events: 1,
      found: 0,
      precision: null,
      recall: 0,
      f1: null,
      medianDelay: null,
    });
  });

  it('at the nearest row when a single time lies between rows', () => {
    const rows = lines({
      count: 3000,
      step: 5 * MINUTE,
      value: (index) => (index === 2500 ? 900 : usual(index)),
    });
    const label = iso(START + 2500 * 5 * MINUTE + 80_000);
    const { points, labels } = detect(rows, { labels: JSON.stringify([label]) });
    expect(labels).toMatchObject({ events: 1, found: 1, f1: 1 });
    expect(points.flatMap((point, index) => (point.label ? [index] : []))).toEqual([2500]);
  });

  it('as found only from the row on at which the alarm could be raised', () => {
    const { labels } = detect(lines({ count: 100, step: DAY, stamp: day, value }), {
      labels: JSON.stringify([[at(70), at(72)]]),
      detector: 'static',
      gates: { minimumSteps: 3 },
    });
    expect(labels).toMatchObject({ found: 1, medianDelay: 2, alarms: 1 });
  });
});
