/** What of a period's budget is spent, against its even pace, with its thresholds and where it is heading. */
import { microsToNumber } from '../../core/money.ts';
import { checkRows, inUnits, lastKnown } from './compose/amounts-by-step.ts';
import { budgetBurnAlt } from './compose/budget-burn-alt.ts';
import { arrivingFrom, firstFrom } from './compose/stamps.ts';
import type { Micros } from './compose/totals.ts';
import { fullAmount } from './text/amounts.ts';
import type { Chart, ChartBand, ChartLevel, ChartSpec } from './types.ts';

export interface BudgetBurnInput {
  /** The finding: "83 % of bert's budget is spent with 10 days to go". */
  readonly title: string;
  readonly subtitle?: string;
  readonly currency: string;
  /** All days of the budget's period. */
  readonly days: readonly string[];
  /** Running total by the end of each day; null where unknown and for days to come. */
  readonly spent: readonly Micros[];
  /** Running total of even spending. */
  readonly pace: readonly bigint[];
  /** The whole budget. */
  readonly amount: bigint;
  /** Marks on the way, by share of the amount: 0.8, "80 %". */
  readonly thresholds: readonly { readonly ratio: number; readonly label: string }[];
  /** Running totals to the end of the period; null before. `label` names the range: "80 %". */
  readonly forecast?: {
    readonly mean: readonly Micros[];
    readonly lower: readonly Micros[];
    readonly upper: readonly Micros[];
    readonly label?: string;
  };
  /** First day whose data is not complete yet. */
  readonly provisionalFrom?: string;
}

/** Builds the chart. Throws INTERNAL when a row does not have one entry per day. */
export function buildBudgetBurn(input: BudgetBurnInput): ChartSpec {
  const { days, currency, spent, pace, forecast } = input;
  checkRows({ spent, pace }, days.length);
  if (forecast) checkRows({ mean: forecast.mean, lower: forecast.lower, upper: forecast.upper }, days.length);
  const today = lastKnown(spent);
  const arriving = arrivingFrom(firstFrom(days, input.provisionalFrom), today + 1, spent);
  const end = forecast ? lastKnown(forecast.mean) : -1;
  const from = forecast ? forecast.mean.findIndex((value) => value !== null) : -1;
  return {
    id: budgetBurn.id,
    title: input.title,
    subtitle: [input.subtitle, `${currency}, running total`].filter(Boolean).join(' · '),
    currency,
    days,
    series: [
      { name: 'even pace', role: 'expected', values: inUnits(pace) },
      { name: 'spent', role: 'actual', values: inUnits(spent) },
      ...(forecast ? [{ name: 'forecast', role: 'forecast', values: inUnits(forecast.mean) } as const] : []),
    ],
    ...(arriving === undefined ? {} : { provisionalFrom: arriving }),
    lines: {
      baseline: 'zero',
      bands: forecast && end >= 0 ? [fanOf(forecast)] : [],
      levels: levelsOf(input),
      forecastFrom: from > today ? from : today + 1,
      ...(forecast && end >= 0
        ? { note: { at: end, value: microsToNumber(forecast.mean[end] ?? 0n), tone: 'forecast' } }
        : {}),
    },
    alt: budgetBurnAlt({ ...input, arriving }),
  };
}

export const budgetBurn = {
  id: 'budget-burn',
  build: buildBudgetBurn,
} as const satisfies Chart<BudgetBurnInput>;

function fanOf({ lower, upper, label }: NonNullable<BudgetBurnInput['forecast']>): ChartBand {
  return { name: label ?? 'likely range', lower: inUnits(lower), upper: inUnits(upper), shade: 'middle' };
}

/** The budget, and the marks below and above it; a mark at the whole amount is the budget itself. */
function levelsOf({ amount, thresholds, currency }: BudgetBurnInput): ChartLevel[] {
  const whole = microsToNumber(amount);
  return [
    { name: `budget ${fullAmount(amount, currency)}`, value: whole, kind: 'budget' },
    ...thresholds.flatMap(({ ratio, label }): ChartLevel[] =>
      ratio === 1 || !Number.isFinite(ratio)
        ? []
        : [{ name: label, value: whole * ratio, kind: 'threshold' }],
    ),
  ];
}
