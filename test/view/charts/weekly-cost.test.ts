/** The weekly chart as data and in words. */
import { expect, test } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { AppError } from '../../../src/core/errors.ts';
import { rasterise } from '../../../src/view/charts/rasterise.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';
import { buildWeeklyCost, type WeeklyCostInput } from '../../../src/view/charts/weekly-cost.ts';

const dollars = (amount: number): bigint => BigInt(Math.round(amount * 1e6));
const weeks = Array.from({ length: 8 }, (_, index) => addDays('2026-09-28', 7 * index));
const days = eachDay('2026-11-16', '2026-11-22');
const flat = (label: string, perDay: number) => ({
  label,
  weeks: weeks.map(() => dollars(perDay * 7)),
  days: days.map(() => dollars(perDay)),
});

function build(input: Partial<WeeklyCostInput> & Pick<WeeklyCostInput, 'series'>): ChartSpec {
  return buildWeeklyCost({ title: 'Search is flat', currency: 'USD', weeks, days, ...input });
}

test('weeks on the left and days on the right have the same series in the same order', () => {
  const spec = build({ series: [flat('small', 1), flat('big', 10)], subtitle: 'by model' });
  expect(spec.days).toEqual(weeks);
  expect(spec.series.map(({ name, values }) => [name, values[7]])).toEqual([
    ['big', 70],
    ['small', 7],
  ]);
  expect(spec.beside?.days).toEqual(days);
  expect(spec.beside?.series.map(({ name, values }) => [name, values[0]])).toEqual([
    ['big', 10],
    ['small', 1],
  ]);
  expect(spec.beside?.captions).toEqual(['per week', 'per day, 16–22 Nov']);
  expect(spec.subtitle).toBe('by model · USD');
});

test('sixty models are six and the rest, by week and by day', () => {
  const series = Array.from({ length: 60 }, (_, index) => flat(`m${index}`, index + 1));
  const { series: left, beside } = build({ series });
  expect(left.map(({ name }) => name)).toEqual(['m59', 'm58', 'm57', 'm56', 'm55', 'm54', 'other (54 more)']);
  expect(beside?.series.map(({ name }) => name)).toEqual(left.map(({ name }) => name));
  const rest = (54 * 55) / 2;
  expect([left.at(-1)?.values[0], beside?.series.at(-1)?.values[0]]).toEqual([rest * 7, rest]);
});

test('two things of one name stay two', () => {
  const spec = build({ series: [flat('x', 5), flat('x', 3)] });
  expect(spec.beside?.series.map(({ values }) => values[0])).toEqual([5, 3]);
});

test('what is still arriving is marked on both sides', () => {
  const spec = build({ series: [flat('a', 1)], provisionalFrom: '2026-11-21' });
  expect([spec.provisionalFrom, spec.beside?.provisionalFrom]).toEqual([7, 5]);
  expect(spec.alt).toContain('21–22 Nov are still arriving');
  const whole = build({ series: [flat('a', 1)] });
  expect([whole.provisionalFrom, whole.beside?.provisionalFrom]).toEqual([undefined, undefined]);
});

test('unknown is never zero', () => {
  const nothing = { label: 'a', weeks: weeks.map(() => null), days: days.map(() => null) };
  const spec = build({ series: [nothing], previousDays: days.map(() => null) });
  expect(spec.series[0]?.values).toEqual(weeks.map(() => null));
  expect(spec.alt).toBe('Search is flat. The cost of these weeks is unknown.');
});

test('the alt text tells the finding and the numbers of the picture', () => {
  const { alt } = build({
    title: 'Search cost 6 % more than the week before.',
    series: [
      { ...flat('bert', 10), days: [10, 10, 30, 10, 10, 10, 10].map(dollars) },
      { ...flat('ranker', 1), weeks: [null, ...weeks.slice(1).map(() => dollars(7))] },
    ],
    budget: { label: 'budget', microsPerWeek: dollars(90) },
  });
  expect(alt).toBe(
    'Search cost 6 % more than the week before. Cost per week from: 28 Sep $70.00, 5 Oct $77.00, 12 Oct $77.00, ' +
      '19 Oct $77.00, 26 Oct $77.00, 2 Nov $77.00, 9 Nov $77.00, 16 Nov $77.00. The last week is made up of ' +
      'bert $70.00, ranker $7.00. Its highest day is 18 Nov with $31.00. budget: $90.00 a week.',
  );
});

test('a series that does not fit is refused by name', () => {
  expect(() => build({ series: [{ label: 'bert', weeks: [1n], days: [] }] })).toThrow(AppError);
  expect(() => build({ series: [{ label: 'bert', weeks: [1n], days: [] }] })).toThrow('"bert"');
});

test.each([
  ['as usual', { series: [flat('a', 1), flat('b', 2)], previousDays: days.map(() => dollars(3)) }],
  ['a first week alone', { weeks: weeks.slice(7), series: [{ ...flat('a', 1), weeks: [dollars(7)] }] }],
  ['credits only', { series: [flat('refund', -4)] }],
  ['nothing known', { series: [{ label: 'a', weeks: weeks.map(() => null), days: days.map(() => null) }] }],
  ['names like markup', { series: [flat('<!channel>', 1), flat('*bold*', 2)], title: '<!channel> cost' }],
])('%s can be drawn', async (_, input) => {
  const png = await rasterise(build(input), { density: 1 });
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
  expect(Buffer.from(png).readUInt32BE(16)).toBe(900);
});
