/** Daily cost, stacked by stage or service, beside its average, its budget and the period before. */
import type { Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { microsToNumber } from '../../core/money.ts';
import { dailyCostAlt } from './compose/daily-cost-alt.ts';
import { densityOf } from './compose/density.ts';
import type { AmountSeries } from './compose/fold-series.ts';
import { foldSeries, sumKnown } from './compose/fold-series.ts';
import type { Micros } from './compose/totals.ts';
import { strictTotals } from './compose/totals.ts';
import { trailingAverage } from './compose/trailing-average.ts';
import { fullAmount } from './text/amounts.ts';
import type { Chart, ChartSeries, ChartSpec } from './types.ts';

export interface DailyCostInput {
  /** The finding: "bert cost 18 % more than the 30 days before". */
  readonly title: string;
  readonly subtitle?: string;
  readonly currency: string;
  readonly days: readonly Day[];
  /** One amount per day; null is unknown, 0n is nothing spent; negative is a credit. */
  readonly series: readonly AmountSeries[];
  /** The period before, position by position; shorter or longer than `days` is fine (months are). */
  readonly previous?: AmountSeries;
  readonly budget?: { readonly label: string; readonly microsPerDay: bigint };
  /** First day whose data is not complete yet. */
  readonly provisionalFrom?: Day;
}

/** Builds the chart. Throws INTERNAL when a series does not have one amount per day. */
export function buildDailyCost(input: DailyCostInput): ChartSpec {
  const { days, currency, series, previous, budget } = input;
  for (const one of series) checkLength(one, days.length);
  const columns = series.map((one) => one.micros);
  const stack = foldSeries(series);
  const totals = strictTotals(columns, days.length);
  const complete = firstProvisional(input);
  const averages = trailingAverage(totals.map((value, day) => (day < complete ? value : null)));
  return {
    id: dailyCost.id,
    title: input.title,
    subtitle: [input.subtitle, `${currency} per day`.trim()].filter(Boolean).join(' · '),
    currency,
    days,
    series: [
      ...stack.map((one) => toSeries(one.label, one.micros, 'stack')),
      ...(averages.some((value) => value !== null) ? [toSeries('7-day average', averages, 'average')] : []),
      ...(previous ? [previousSeries(previous, days.length)] : []),
      ...(budget ? [budgetSeries(budget, days.length, currency)] : []),
    ],
    ...(complete < days.length ? { provisionalFrom: complete } : {}),
    alt: dailyCostAlt({
      title: input.title,
      currency,
      days,
      stack,
      known: columns.length === 0 ? days.map(() => null) : sumKnown(columns),
      incompleteDays: totals.slice(0, complete).filter((value) => value === null).length,
      ...(previous ? { previous } : {}),
      ...(budget ? { budget } : {}),
      provisionalFrom: complete,
    }),
  };
}

export const dailyCost = { id: 'daily-cost', build: buildDailyCost } as const satisfies Chart<DailyCostInput>;

function firstProvisional({ days, provisionalFrom }: DailyCostInput): number {
  if (provisionalFrom === undefined) return days.length;
  const index = days.findIndex((day) => day >= provisionalFrom);
  return index === -1 ? days.length : index;
}

function previousSeries({ label, micros }: AmountSeries, days: number): ChartSeries {
  const fitted = Array.from({ length: days }, (_, day) => micros[day] ?? null);
  if (densityOf(days) !== 'many-days') return toSeries(label, fitted, 'previous');
  return toSeries(`${label} (average)`, trailingAverage(fitted), 'previous');
}

function budgetSeries(
  { label, microsPerDay }: { label: string; microsPerDay: bigint },
  days: number,
  currency: string,
): ChartSeries {
  const name = `${label} ${fullAmount(microsPerDay, currency)} a day`;
  return toSeries(
    name,
    Array.from({ length: days }, () => microsPerDay),
    'budget',
  );
}

function toSeries(name: string, micros: readonly Micros[], role: ChartSeries['role']): ChartSeries {
  return { name, role, values: micros.map((value) => (value === null ? null : microsToNumber(value))) };
}

function checkLength({ label, micros }: AmountSeries, days: number): void {
  if (micros.length === days) return;
  throw new AppError('INTERNAL', `Chart series "${label}" has ${micros.length} amounts for ${days} days.`);
}
