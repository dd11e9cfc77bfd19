/** The picture of a forecast: the month against its budget as a running total, or the days to come. */
import { addDays, eachDay } from '../../core/day.ts';
import { microsToNumber } from '../../core/money.ts';
import { type AmountBand, buildForecastFan, type Likelihood } from '../charts/forecast-fan.ts';
import { compactAmount } from '../charts/text/amounts.ts';
import type { ChartSpec } from '../charts/types.ts';
import { formatMoney, monthName } from '../format.ts';
import type { ForecastAhead, ForecastAmount, ForecastFacts, ForecastFocus } from './forecast-types.ts';
import { scopeHeading } from './scope-words.ts';

/** History that is shown before the days to come. */
const SHOWN_DAYS = 60;
/** With fewer days to go a running total has no fan to look at. */
const LEAST_REMAINING = 3;
const LEVELS: readonly Likelihood[] = ['50', '80', '95'];

type Points = readonly (ForecastAmount | null)[];

/** Undefined when there is no forecast. */
export function forecastChart(facts: ForecastFacts, focus: ForecastFocus): ChartSpec | undefined {
  const { ahead, budget, until } = facts;
  if (!ahead || until === undefined) return undefined;
  const monthly = budget?.period === 'monthly' && budget.amountHere !== undefined;
  return focus === 'month' && monthly && ahead.month.remainingDays >= LEAST_REMAINING
    ? monthChart(facts, ahead, until)
    : daysChart(facts, ahead, until);
}

/** What the month has cost by each day, on to its end. */
function monthChart(facts: ForecastFacts, ahead: ForecastAhead, until: string): ChartSpec {
  const { scope, currency, history, budget } = facts;
  const { start, end } = ahead.month.days;
  const days = eachDay(start, end);
  const cost = new Map(history.map(({ day, micros }) => [day, micros]));
  let sum = 0n;
  const actual = days.map((day) => {
    if (day > until) return null;
    sum += cost.get(day) ?? 0n;
    return sum;
  });
  const later = new Map(ahead.running.map(({ day, amount }) => [day, amount]));
  const points = days.map((day) => (day > until ? (later.get(day) ?? null) : null));
  const amount = budget?.amountHere;
  const whole = short(ahead.month.amount.mean, currency);
  return buildForecastFan({
    title: `${scopeHeading(scope)} is on course for ${whole}${amount === undefined ? '' : ` of ${short(amount, currency)}`} in ${monthName(start)}`,
    currency,
    days,
    actual,
    ...fan(points),
    forecastFrom: addDays(until, 1),
    cumulative: true,
    ...(amount !== undefined && { budget: { label: 'budget', micros: amount } }),
  });
}

/** The last 60 days and the next 90. */
function daysChart(facts: ForecastFacts, ahead: ForecastAhead, until: string): ChartSpec {
  const { scope, currency, history } = facts;
  const shown = history.slice(-SHOWN_DAYS);
  const { next90 } = ahead;
  return buildForecastFan({
    title: `${scopeHeading(scope)}: ${short(next90.amount.mean, currency)} expected in the next 90 days`,
    currency,
    days: [...shown.map(({ day }) => day), ...ahead.days.map(({ day }) => day)],
    actual: [...shown.map(({ micros }) => micros), ...ahead.days.map(() => null)],
    ...fan([...shown.map(() => null), ...ahead.days.map(({ amount }) => amount)]),
    forecastFrom: addDays(until, 1),
  });
}

function fan(points: Points) {
  const band = (level: Likelihood): AmountBand => ({
    lower: points.map((point) => point?.bands[level].low ?? null),
    upper: points.map((point) => point?.bands[level].high ?? null),
  });
  const bands = Object.fromEntries(LEVELS.map((level) => [level, band(level)]));
  return { mean: points.map((point) => point?.mean ?? null), bands };
}

function short(micros: bigint, currency: string): string {
  return micros > 10_000_000_000n
    ? compactAmount(microsToNumber(micros), currency)
    : formatMoney(micros, currency);
}
