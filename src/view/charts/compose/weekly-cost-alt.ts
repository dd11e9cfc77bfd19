/** The weekly cost chart in words, for people who do not see the picture. */
import { addDays, type Day } from '../../../core/day.ts';
import { fullAmount } from '../text/amounts.ts';
import { dayRange, shortDay } from '../text/dates.ts';
import { cleanName, cutMiddle } from '../text/names.ts';
import type { AmountSeries } from './fold-series.ts';
import { sumKnown } from './fold-series.ts';
import type { Micros } from './totals.ts';

const MAX_NAME = 48;
const MAX_TITLE = 300;

export interface WeeklyCostFacts {
  readonly title: string;
  readonly currency: string;
  readonly weeks: readonly Day[];
  readonly days: readonly Day[];
  readonly series: readonly { readonly days: readonly Micros[] }[];
  /** By week, as drawn: largest first. */
  readonly folded: readonly AmountSeries[];
  readonly budget?: { readonly label: string; readonly microsPerWeek: bigint };
  /** Index of the first day that is not complete; `days.length` when all are. */
  readonly incomplete: number;
}

export function weeklyCostAlt(facts: WeeklyCostFacts): string {
  const finding = cutMiddle(cleanName(facts.title), MAX_TITLE).replace(/[.\s]+$/, '');
  const sentences = [
    finding,
    weekWords(facts),
    partWords(facts),
    highestWords(facts),
    budgetWords(facts),
    arrivingWords(facts),
  ];
  return `${sentences.filter((words) => words !== undefined).join('. ')}.`;
}

function weekWords({ weeks, folded, currency }: WeeklyCostFacts): string {
  const totals = sumKnown(folded.map((one) => one.micros));
  if (totals.every((value) => value === null)) return 'The cost of these weeks is unknown';
  const said = weeks.map((start, week) => `${shortDay(start)} ${money(totals[week] ?? null, currency)}`);
  return `Cost per week from: ${said.join(', ')}`;
}

function partWords({ folded, weeks, currency }: WeeklyCostFacts): string | undefined {
  const last = weeks.length - 1;
  const parts = folded.flatMap(({ label, micros }) => {
    const amount = micros[last] ?? null;
    return amount === null
      ? []
      : [`${cutMiddle(cleanName(label), MAX_NAME)} ${fullAmount(amount, currency)}`];
  });
  return parts.length === 0 ? undefined : `The last week is made up of ${parts.join(', ')}`;
}

function highestWords({ series, days, currency }: WeeklyCostFacts): string | undefined {
  const totals = sumKnown(series.map((one) => one.days));
  let best: { day: Day; amount: bigint } | undefined;
  for (const [index, day] of days.entries()) {
    const amount = totals[index] ?? null;
    if (amount !== null && (!best || amount > best.amount)) best = { day, amount };
  }
  return best && `Its highest day is ${shortDay(best.day)} with ${fullAmount(best.amount, currency)}`;
}

function budgetWords({ budget, currency }: WeeklyCostFacts): string | undefined {
  return budget && `${cleanName(budget.label)}: ${fullAmount(budget.microsPerWeek, currency)} a week`;
}

function arrivingWords({ days, incomplete }: WeeklyCostFacts): string | undefined {
  const first = days[incomplete];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return `${dayRange(first, last)} ${addDays(first, 1) > last ? 'is' : 'are'} still arriving`;
}

function money(micros: Micros, currency: string): string {
  return micros === null ? 'unknown' : fullAmount(micros, currency);
}
