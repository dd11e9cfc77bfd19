/** The picture of a comparison: one series per thing, day by day. */

import type { AnswerSeries } from '../../core/answer.ts';
import { addDays, type Day, eachDay, earlier, later } from '../../core/day.ts';
import { buildDailyCost } from '../charts/daily-cost.ts';
import type { ChartSpec } from '../charts/types.ts';
import { formatMoney, formatRange } from '../format.ts';
import { comparisonFinding } from './comparison.ts';
import type { ComparedThing } from './comparison-table.ts';

/** Undefined when there are fewer than two days or nothing known to draw. */
export function composeComparisonChart(things: readonly ComparedThing[]): ChartSpec | undefined {
  const [first] = things;
  if (!first) return undefined;
  const { period, today, currency } = first.answer;
  const ends = things.flatMap(({ answer }) => answer.series.days.at(-1) ?? []);
  const end = ends.reduce(later, period.end);
  const days = eachDay(period.start, earlier(end, later(today, period.start)));
  const series = things.map(({ title, answer }) => ({ label: title, micros: totals(answer.series, days) }));
  if (days.length < 2 || series.every(({ micros }) => micros.every((one) => one === null))) return undefined;
  const [, second] = series;
  const provisional = things.flatMap(({ answer }) => answer.series.provisionalFrom ?? []);
  const spec = buildDailyCost({
    title: comparisonFinding(things),
    subtitle: formatRange({ start: period.start, end: days.at(-1) ?? addDays(end, 0) }, today),
    currency,
    days,
    // Two are told apart best on one baseline: bars against an outline.
    ...(second && series.length === 2 ? { series: series.slice(0, 1), previous: second } : { series }),
    provisionalFrom: provisional.length > 0 ? provisional.reduce(earlier) : undefined,
  });
  const said = things
    .map(({ title, answer }) => `${title} ${formatMoney(answer.total, currency)}`)
    .join(', ');
  return {
    ...spec,
    // An average of several things together says nothing about any of them.
    series: spec.series.filter(({ role }) => role !== 'average'),
    alt: `${comparisonFinding(things)}. Daily cost of ${said}.`,
  };
}

/** Per day the sum of what is known of one thing; null where nothing is. */
function totals(series: AnswerSeries, days: readonly Day[]): (bigint | null)[] {
  const at = new Map(series.days.map((day, index) => [day, index]));
  return days.map((day) => {
    const index = at.get(day);
    if (index === undefined) return null;
    const known = series.parts.flatMap(({ micros }) => micros[index] ?? []);
    return known.length === 0 ? null : known.reduce((a, b) => a + b);
  });
}
