import { describe, expect, it } from 'vitest';
import {
  alarmsIn,
  DAY,
  day,
  detect,
  HOUR,
  iso,
  lines,
  MINUTE,
  START,
  usual,
  withSpike,
} from './series-file.ts';

const daily = (changed: Partial<Parameters<typeof lines>[0]> = {}): string[] =>
  lines({ count: 100, step: DAY, stamp: day, value: withSpike(80), ...changed });

describe('points', () => {
  it('are the rows, in their order, with a judgement where there is one', () => {
    const { points, grain, incidents } = detect(['timestamp,value', ...daily()]);
    expect(points).toHaveLength(100);
    expect(points[0]).toEqual({
      timestamp: '2025-01-06',
      value: 100,
      expected: null,
      lower: null,
      upper: null,
      score: 0,
      anomalous: false,
      severity: null,
      direction: null,
    });
    expect(points[80]).toMatchObject({ value: 500, anomalous: true, severity: 'medium', direction: 'up' });
    expect(points[80]?.expected).toBeCloseTo(100, -1);
    expect(points[80]?.score).toBeGreaterThan(0.8);
    expect(alarmsIn(points)).toEqual([80]);
    expect([grain, incidents.length]).toEqual(['day', 1]);
  });

  it('are judged from earlier rows only', () => {
    const rows = lines({ count: 700, step: HOUR, value: withSpike(650) });
    const { points } = detect(rows);
    expect(detect(rows.slice(0, 651)).points).toEqual(points.slice(0, 651));
  });

  it('are those of an unsorted file in the order of the file', () => {
    const rows = daily();
    const mixed = rows.map((_, index) => rows[(index * 37) % 100] ?? '');
    const { points } = detect(mixed);
    const sorted = new Map(detect(rows).points.map((point) => [point.timestamp, point]));
    expect(points.map(({ timestamp }) => timestamp)).toEqual(mixed.map((row) => row.split(',')[0]));
    for (const point of points) expect(point).toEqual(sorted.get(point.timestamp));
  });

  it('of a file that is too short say nothing', () => {
    for (const count of [0, 1, 2, 10]) {
      const { points, judged } = detect(['timestamp,value', ...lines({ count, step: DAY })]);
      expect(points).toHaveLength(count);
      expect(points.every(({ score, anomalous }) => score === 0 && !anomalous)).toBe(true);
      expect(judged).toBe(0);
    }
  });
});

describe('rows as they are in practice', () => {
  it('twice at the same time: judged once, by the later one, and each told by its own value', () => {
    const rows = daily({ value: (index) => usual(index) });
    const { points, notes } = detect([
      ...rows.slice(0, 81),
      `${rows[80]?.split(',')[0]},500`,
      ...rows.slice(81),
    ]);
    expect(alarmsIn(points)).toEqual([81]);
    expect(points[80]?.expected).toBe(points[81]?.expected);
    expect(notes).toEqual([expect.stringContaining('1 row at a time that another has too')]);
    const exact = detect([...rows.slice(0, 81), rows[80] ?? '', ...rows.slice(81)]);
    expect(alarmsIn(exact.points)).toEqual([]);
  });

  it('empty or NaN: unknown, neither zero nor an alarm', () => {
    const value = (index: number) =>
      index % 9 === 4 ? (['', 'NaN', 'null'][index % 3] ?? '') : withSpike(80)(index);
    const { points, notes } = detect(daily({ value }));
    expect(points[4]).toMatchObject({ value: null, expected: null, score: 0, anomalous: false });
    expect(alarmsIn(points)).toEqual([80]);
    expect(notes).toEqual(['11 rows without a value: unknown, not zero.']);
  });

  it('with a gap of weeks', () => {
    const rows = daily({ count: 160, value: withSpike(140) });
    expect(alarmsIn(detect([...rows.slice(0, 60), ...rows.slice(95)]).points)).toEqual([105]);
  });

  it('of credits', () => {
    const value = (index: number) => (index === 80 ? 300 : -usual(index));
    expect(alarmsIn(detect(daily({ value })).points)).toEqual([80]);
  });

  it.each([
    ['around midnight', DAY, (ms: number, index: number) => iso(ms + Math.sin(index * 7) * 11 * MINUTE)],
    [
      'late in the hour',
      HOUR,
      (ms: number, index: number) => iso(ms + (50 + 9 * Math.sin(index * 7)) * MINUTE),
    ],
  ])('with times that jitter %s', (_, step, stamp) => {
    const { points, notes } = detect(lines({ count: 600, step, stamp, value: withSpike(500) }));
    expect(alarmsIn(points)).toEqual([500]);
    // No two fell into one slot.
    expect(notes).toEqual([]);
  });

  it('by local days through a change to daylight saving', () => {
    const stamp = (ms: number) => `${day(ms)}T00:00:00${day(ms) < '2025-03-30' ? '+01:00' : '+02:00'}`;
    const weekend = (index: number) => usual(index) * (index % 7 > 4 ? 0.3 : 1);
    const { points, notes } = detect(lines({ count: 140, step: DAY, stamp, value: weekend }));
    expect(alarmsIn(points)).toEqual([]);
    expect(notes).toEqual([]);
  });

  it('at local hours without a zone, of which one is missing and one is twice', () => {
    const local = (ms: number) =>
      iso(ms + (ms > START + 900 * HOUR && ms < START + 1400 * HOUR ? HOUR : 0)).slice(0, 16);
    const { points, notes } = detect(
      lines({ count: 1600, step: HOUR, stamp: local, value: withSpike(1500) }),
    );
    expect(alarmsIn(points)).toEqual([1500]);
    expect(notes).toHaveLength(1);
  });

  it('with one stray time in 1970', () => {
    const rows = lines({ count: 2000, step: 5 * MINUTE, value: withSpike(1900) });
    const { points } = detect(['1970-01-01T00:00:00Z,7', ...rows]);
    expect(alarmsIn(points)).toEqual([1901]);
  });
});

describe('steps', () => {
  it('of numbers are steps of the grain', () => {
    const stamp = (_: number, index: number) => String(index);
    expect(detect(daily({ stamp })).grain).toBe('day');
    expect(
      detect(lines({ count: 400, step: 1, stamp, value: withSpike(300) }), { grain: 'hour' }),
    ).toMatchObject({
      grain: 'hour',
      incidents: [{ first: '300', last: '300' }],
    });
  });

  it('finer than an hour: each row by its own value, against those at the same minute', () => {
    // A job at every full hour costs five times as much: usual at :00, an incident at :05.
    const value = (index: number) => usual(index) * (index % 12 === 0 || index === 5005 ? 5 : 1);
    const { points, grain, notes } = detect(lines({ count: 6000, step: 5 * MINUTE, value }));
    expect([grain, notes.length]).toEqual(['hour', 1]);
    expect(alarmsIn(points)).toEqual([5005]);
  });

  it('longer than an hour or a day: each row is one step', () => {
    for (const step of [6 * HOUR, 7 * DAY]) {
      const { points, notes } = detect(lines({ count: 300, step, value: withSpike(250) }));
      expect(alarmsIn(points)).toEqual([250]);
      expect(notes).toEqual([expect.stringContaining('further apart')]);
    }
  });

  it('of a day, with most days left out: what is left out is unknown', () => {
    const value = (index: number) =>
      (index % 7 > 4 ? 20 : 100) * (1 + 0.03 * Math.sin(index * index)) * (index === 299 ? 5 : 1);
    const rows = lines({ count: 301, step: DAY, stamp: day, value });
    const kept = rows.filter((_, index) => index > 290 || Math.sin(index * index * 1.7) > 0.3);
    const { points, notes } = detect(kept);
    // A Saturday that is as dear as a weekday.
    expect(alarmsIn(points).map((index) => points[index]?.timestamp)).toEqual([day(START + 299 * DAY)]);
    expect(notes).toEqual([]);
  });

  it('of no length at all: later rows change nothing', () => {
    let at = 0;
    const stamp = (_: number, index: number) => {
      at += HOUR * (1 + 9 * Math.abs(Math.sin(index * index * 3)));
      return iso(START + at);
    };
    const rows = lines({ count: 300, step: 0, stamp, value: withSpike(250) });
    const { points } = detect(rows);
    expect(alarmsIn(points)).toEqual([250]);
    expect(detect(rows.slice(0, 200)).points).toEqual(points.slice(0, 200));
  });

  it('of months, which are of different lengths', () => {
    const stamp = (_: number, index: number) => iso(Date.UTC(2020, index, 1)).slice(0, 10);
    const { points, notes } = detect(lines({ count: 60, step: DAY, stamp, value: withSpike(50) }));
    expect(alarmsIn(points)).toEqual([50]);
    expect(notes).toHaveLength(1);
  });

  it('of hours judged by the day: each hour against the same hour of other days', () => {
    const value = (index: number) =>
      usual(index) * (index % 24 === 3 ? 8 : 1) * (index === 24 * 40 + 5 ? 8 : 1);
    const { points, grain } = detect(lines({ count: 24 * 50, step: HOUR, value }), { grain: 'day' });
    expect(grain).toBe('day');
    expect(alarmsIn(points)).toEqual([24 * 40 + 5]);
  });
});

describe('severity', () => {
  it('is what was known at each row, and rises as an incident goes on', () => {
    const value = (index: number) => usual(index) * (index >= 500 && index < 524 ? 3 : 1);
    const { points } = detect(lines({ count: 540, step: HOUR, value }));
    const severities = points.slice(500, 524).map(({ severity }) => severity);
    expect(severities[0]).toBe('medium');
    expect(severities).toContain('high');
    expect(severities).toContain('critical');
    expect(detect(lines({ count: 502, step: HOUR, value })).points[501]).toEqual(points[501]);
  });

  it('counts a dear week as seven days', () => {
    const value = (index: number) => (index === 90 ? 900 : usual(index));
    expect(detect(lines({ count: 100, step: 7 * DAY, value })).points[90]?.severity).toBe('medium');
    expect(detect(lines({ count: 100, step: DAY, value })).points[90]?.severity).toBe('high');
  });
});

it('takes gates and parameters', () => {
  const rows = daily();
  expect(alarmsIn(detect(rows, { gates: { minimumImpact: 1000 } }).points)).toEqual([]);
  expect(alarmsIn(detect(rows, { gates: { direction: 'down' } }).points)).toEqual([]);
  expect(alarmsIn(detect(rows, { detector: 'static', params: { times: '5.5' } }).points)).toEqual([]);
  expect(() => detect(rows, { detector: 'static', params: { times: 'x' } })).toThrowError('parameter times');
});
