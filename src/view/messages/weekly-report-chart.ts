/** The picture of a weekly report; its title says the finding. */
import { addMonths, daysBetween, eachDay } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';
import type { ChartSpec } from '../charts/types.ts';
import { buildWeeklyCost } from '../charts/weekly-cost.ts';
import { formatMoney, formatRatio } from '../format.ts';
import type { ReportFacts } from './weekly-report-types.ts';
import { comparedWeekdays, whenWords } from './weekly-report-words.ts';

/** Undefined when nothing is known to draw. */
export function composeReportChart(facts: ReportFacts): ChartSpec | undefined {
  const { weeks, currency, period } = facts;
  const known = weeks.parts.some((part) => [...part.weeks, ...part.days].some((micros) => micros !== null));
  if (!known) return undefined;
  return buildWeeklyCost({
    title: finding(facts),
    subtitle: `by ${weeks.by === 'modelVersion' ? 'version' : weeks.by}`,
    currency,
    weeks: weeks.starts,
    days: eachDay(period.start, period.end),
    series: weeks.parts,
    previousDays: weeks.previousDays.some((micros) => micros !== null) ? weeks.previousDays : undefined,
    budget: weeklyBudget(facts),
    provisionalFrom: weeks.provisionalFrom,
  });
}

function finding(facts: ReportFacts): string {
  const { title, changeRatio, total, currency } = facts;
  if (changeRatio === null) {
    const cost = total === null ? 'cost not known yet' : formatMoney(total, currency);
    return `${title}: ${cost} ${whenWords(facts)}`;
  }
  const on = comparedWeekdays(facts);
  const than = `${on && ` on ${on}`} than the week before`;
  if (Math.abs(changeRatio) < 0.01) return `${title} cost about as much${than.replace(' than ', ' as ')}`;
  const size = formatRatio(Math.abs(changeRatio)).slice(1);
  return `${title} cost ${size} ${changeRatio > 0 ? 'more' : 'less'}${than}`;
}

/** An even pace through the month, for seven days of it. */
function weeklyBudget({ month: { month, budget } }: ReportFacts) {
  if (month === undefined || budget === undefined) return undefined;
  const days = BigInt(daysBetween(month, addMonths(month, 1)));
  return { label: 'budget', microsPerWeek: divideRounded(budget * 7n, days) };
}
