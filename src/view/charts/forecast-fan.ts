/** What was spent and what is to come, with the ranges it may come in. */
import type { Day } from '../../core/day.ts';
import { microsToNumber } from '../../core/money.ts';
import { checkRows, inUnits, lastKnown } from './compose/amounts-by-step.ts';
import { forecastFanAlt } from './compose/forecast-fan-alt.ts';
import { arrivingFrom, firstFrom, perStep } from './compose/stamps.ts';
import type { Micros } from './compose/totals.ts';
import { fullAmount } from './text/amounts.ts';
import type { Chart, ChartBand, ChartLevel, ChartSpec } from './types.ts';

/** How likely an amount falls into a band, in percent. */
export type Likelihood = '50' | '80' | '95';

export interface AmountBand {
  readonly lower: readonly Micros[];
  readonly upper: readonly Micros[];
}

export interface ForecastFanInput {
  /** The finding: "bert is on course for $13,100 of $15,000". */
  readonly title: string;
  readonly subtitle?: string;
  readonly currency: string;
  /** Days 'YYYY-MM-DD' (or hours), history first, then what is to come. */
  readonly days: readonly string[];
  /** One amount per day; null where unknown and beyond the history. */
  readonly actual: readonly Micros[];
  /** Null before the forecast. */
  readonly mean: readonly Micros[];
  readonly bands: Partial<Readonly<Record<Likelihood, AmountBand>>>;
  readonly forecastFrom: Day;
  /** The amounts are running totals of a period, drawn from zero; its budget is that of the whole period. */
  readonly cumulative?: boolean;
  /** Of the period when cumulative, of each day otherwise. */
  readonly budget?: { readonly label: string; readonly micros: bigint };
  /** First day whose data is not complete yet. */
  readonly provisionalFrom?: Day;
}

const WIDEST_FIRST = [
  ['95', 'outer'],
  ['80', 'middle'],
  ['50', 'inner'],
] as const satisfies readonly (readonly [Likelihood, ChartBand['shade']])[];

/** Builds the chart. Throws INTERNAL when a row does not have one entry per day. */
export function buildForecastFan(input: ForecastFanInput): ChartSpec {
  const { days, currency, actual, mean, bands, cumulative = false } = input;
  checkRows({ actual, mean }, days.length);
  for (const band of Object.values(bands)) checkRows({ ...band }, days.length);
  const forecastFrom = firstFrom(days, input.forecastFrom);
  const complete = firstFrom(days, input.provisionalFrom);
  const arriving = arrivingFrom(complete, forecastFrom, actual);
  const end = lastKnown(mean);
  return {
    id: forecastFan.id,
    title: input.title,
    subtitle: [input.subtitle, cumulative ? `${currency}, running total` : perStep(currency, days)]
      .filter(Boolean)
      .join(' · '),
    currency,
    days,
    series: [
      { name: 'actual', role: 'actual', values: inUnits(actual) },
      { name: 'forecast', role: 'forecast', values: inUnits(mean) },
    ],
    ...(arriving === undefined ? {} : { provisionalFrom: arriving }),
    lines: {
      baseline: cumulative ? 'zero' : 'near',
      bands: fanOf(bands),
      levels: budgetLevel(input),
      ...(forecastFrom < days.length ? { forecastFrom } : {}),
      ...(cumulative && end >= 0
        ? { note: { at: end, value: microsToNumber(mean[end] ?? 0n), tone: 'forecast' } }
        : {}),
    },
    alt: forecastFanAlt({ ...input, cumulative, start: forecastFrom, complete, arriving }),
  };
}

export const forecastFan = {
  id: 'forecast-fan',
  build: buildForecastFan,
} as const satisfies Chart<ForecastFanInput>;

/** The widest first. Its name says in the legend what all the percentages are. */
function fanOf(bands: ForecastFanInput['bands']): ChartBand[] {
  const given = WIDEST_FIRST.flatMap(([likelihood, shade]) => {
    const band = bands[likelihood];
    return band ? [{ likelihood, shade, lower: inUnits(band.lower), upper: inUnits(band.upper) }] : [];
  });
  return given.map(({ likelihood, ...band }, index) => ({
    name: index === 0 ? `${likelihood} % likely` : `${likelihood} %`,
    ...band,
  }));
}

function budgetLevel({ budget, currency, cumulative }: ForecastFanInput): ChartLevel[] {
  if (!budget) return [];
  const amount = fullAmount(budget.micros, currency);
  const name = `${budget.label} ${amount}${cumulative ? '' : ' a day'}`;
  return [{ name, value: microsToNumber(budget.micros), kind: 'budget' }];
}
