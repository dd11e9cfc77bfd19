/** Eight weeks of cost, stacked by model, with the days of the last week beside them. */
import { addDays, type Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { microsToNumber } from '../../core/money.ts';
import { type AmountSeries, foldSeries, sumKnown } from './compose/fold-series.ts';
import type { Micros } from './compose/totals.ts';
import { weeklyCostAlt } from './compose/weekly-cost-alt.ts';
import { compactAmount } from './text/amounts.ts';
import { dayRange } from './text/dates.ts';
import type { Chart, ChartSeries, ChartSpec } from './types.ts';

export interface WeeklySeries {
  readonly label: string;
  /** One amount per week; null is unknown, 0n is nothing spent; negative is a credit. */
  readonly weeks: readonly Micros[];
  /** One amount per day of the last week. */
  readonly days: readonly Micros[];
}

export interface WeeklyCostInput {
  /** The finding: "Search cost 6 % more than the week before". */
  readonly title: string;
  readonly subtitle?: string;
  readonly currency: string;
  /** First day of each week, oldest first. */
  readonly weeks: readonly Day[];
  /** Days of the last week. */
  readonly days: readonly Day[];
  readonly series: readonly WeeklySeries[];
  /** All of it on the days of the week before, position by position. */
  readonly previousDays?: readonly Micros[];
  readonly budget?: { readonly label: string; readonly microsPerWeek: bigint };
  /** First day of the last week whose data is not complete yet. */
  readonly provisionalFrom?: Day;
}

/** Builds the chart. Throws INTERNAL when a series does not have one amount per week and per day. */
export function buildWeeklyCost(input: WeeklyCostInput): ChartSpec {
  const { weeks, days, currency, series, budget, previousDays } = input;
  for (const { label, ...one } of series)
    if (one.weeks.length !== weeks.length || one.days.length !== days.length)
      throw new AppError('INTERNAL', `Chart series "${label}" does not fit its weeks and days.`);
  const byWeek = series.map(({ label, weeks: micros }): AmountSeries => ({ label, micros }));
  const folded = foldSeries(byWeek);
  // What got no colour of its own is one series by day too.
  const coloured = new Set(folded);
  const foldedDays = folded.map((one) => {
    const members = series.filter((_, index) => {
      const own = byWeek[index];
      return own === one || (!byWeek.includes(one) && own !== undefined && !coloured.has(own));
    });
    return { label: one.label, micros: sumKnown(members.map((member) => member.days)) };
  });
  const incomplete = days.findIndex(
    (day) => input.provisionalFrom !== undefined && day >= input.provisionalFrom,
  );
  const first = days[0] ?? weeks.at(-1) ?? '';
  return {
    id: weeklyCost.id,
    title: input.title,
    subtitle: [input.subtitle, currency].filter(Boolean).join(' · '),
    currency,
    days: weeks,
    series: [
      ...folded.map(({ label, micros }) => toSeries(label, micros, 'stack')),
      ...(budget
        ? [
            toSeries(
              `${budget.label} ${compactAmount(microsToNumber(budget.microsPerWeek), currency)}`,
              weeks.map(() => budget.microsPerWeek),
              'budget',
            ),
          ]
        : []),
    ],
    ...(incomplete >= 0 ? { provisionalFrom: weeks.length - 1 } : {}),
    beside: {
      captions: ['per week', `per day, ${dayRange(first, addDays(first, Math.max(0, days.length - 1)))}`],
      days,
      series: [
        ...foldedDays.map(({ label, micros }) => toSeries(label, micros, 'stack')),
        ...(previousDays ? [toSeries('the week before', previousDays, 'previous')] : []),
      ],
      ...(incomplete >= 0 ? { provisionalFrom: incomplete } : {}),
    },
    alt: weeklyCostAlt({ ...input, folded, incomplete: incomplete < 0 ? days.length : incomplete }),
  };
}

export const weeklyCost = {
  id: 'weekly-cost',
  build: buildWeeklyCost,
} as const satisfies Chart<WeeklyCostInput>;

function toSeries(name: string, micros: readonly Micros[], role: ChartSeries['role']): ChartSeries {
  return { name, role, values: micros.map((value) => (value === null ? null : microsToNumber(value))) };
}
