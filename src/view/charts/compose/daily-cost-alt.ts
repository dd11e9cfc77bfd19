/** The daily cost chart in words, for people who do not see the picture. */
import type { Day } from '../../../core/day.ts';
import { fullAmount, share } from '../text/amounts.ts';
import { dayRange, longDay, shortDay } from '../text/dates.ts';
import { cleanName, cutMiddle } from '../text/names.ts';
import type { AmountSeries } from './fold-series.ts';
import type { Micros } from './totals.ts';
import { sumOf } from './totals.ts';

const MAX_NAME = 48;
const MAX_TITLE = 300;

export interface DailyCostFacts {
  readonly title: string;
  readonly currency: string;
  readonly days: readonly Day[];
  /** As drawn: folded, largest first. */
  readonly stack: readonly AmountSeries[];
  /** Per day the sum of what is known; null where nothing is. */
  readonly known: readonly Micros[];
  /** How many days that should be complete lack the amount of at least one series. */
  readonly incompleteDays: number;
  readonly previous?: AmountSeries;
  readonly budget?: { readonly label: string; readonly microsPerDay: bigint };
  /** Index of the first provisional day; `days.length` when there is none. */
  readonly provisionalFrom: number;
}

export function dailyCostAlt(facts: DailyCostFacts): string {
  const finding = cutMiddle(cleanName(facts.title), MAX_TITLE).replace(/[.\s]+$/, '');
  const complete = completeDays(facts);
  const sentences = [
    finding,
    totalWords(complete),
    highestWords(complete),
    previousWords(facts),
    seriesWords(complete),
    budgetWords(complete),
    unknownWords(facts),
    provisionalWords(facts),
  ];
  return `${sentences.filter((words) => words !== undefined && words !== '').join('. ')}.`;
}

/** The facts of the complete days, so that a total never mixes in what is still arriving; all when none is complete. */
function completeDays(facts: DailyCostFacts): DailyCostFacts {
  const { provisionalFrom: end, days, known, stack } = facts;
  if (end === 0 || end >= days.length) return facts;
  const micros = (one: AmountSeries): AmountSeries => ({ ...one, micros: one.micros.slice(0, end) });
  return { ...facts, days: days.slice(0, end), known: known.slice(0, end), stack: stack.map(micros) };
}

function totalWords({ days, known, currency }: DailyCostFacts): string {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return 'No days to show';
  const period = `${days.length} ${days.length === 1 ? 'day' : 'days'} (${dayRange(first, last)})`;
  if (known.every((value) => value === null)) return `The cost of these ${period} is unknown`;
  return `Total ${fullAmount(sumOf(known), currency)} in ${period}`;
}

function highestWords({ days, known, currency }: DailyCostFacts): string | undefined {
  let best: { day: Day; value: bigint } | undefined;
  for (const [index, day] of days.entries()) {
    const value = known[index] ?? null;
    if (value !== null && (!best || value > best.value)) best = { day, value };
  }
  if (!best || days.length === 1) return undefined;
  return `Highest day ${yearMatters(days) ? longDay(best.day) : shortDay(best.day)} with ${fullAmount(best.value, currency)}`;
}

function previousWords({ previous, currency }: DailyCostFacts): string | undefined {
  if (!previous) return undefined;
  const label = capitalised(cleanName(previous.label));
  const known = previous.micros.filter((value) => value !== null);
  if (known.length === 0) return `${label}: unknown`;
  const missing = previous.micros.length - known.length;
  const caveat = missing === 0 ? '' : ` (${plural(missing, 'day')} unknown)`;
  return `${label}: ${fullAmount(sumOf(known), currency)}${caveat}`;
}

function seriesWords({ stack, known, currency }: DailyCostFacts): string | undefined {
  const total = stack.reduce((sum, one) => sum + sumOf(one.micros), 0n);
  const shareable = total > 0n && stack.every((one) => sumOf(one.micros) >= 0n);
  if (known.every((value) => value === null)) return undefined;
  const parts = stack
    .map((one) => {
      const name = cutMiddle(cleanName(one.label), MAX_NAME);
      if (one.micros.every((value) => value === null)) return `${name} unknown`;
      const amount = sumOf(one.micros);
      return `${name} ${fullAmount(amount, currency)}${shareable ? ` (${share(amount, total)})` : ''}`;
    })
    .join(', ');
  return `Made up of ${parts}`;
}

function budgetWords({ budget, currency, known }: DailyCostFacts): string | undefined {
  if (!budget) return undefined;
  const over = known.filter((value) => value !== null && value > budget.microsPerDay).length;
  const label = capitalised(cleanName(budget.label));
  const pace = `${label}: ${fullAmount(budget.microsPerDay, currency)} a day`;
  if (known.every((value) => value === null)) return pace;
  return over === 0 ? `${pace}, never exceeded` : `${pace}, exceeded on ${plural(over, 'day')}`;
}

function unknownWords({ incompleteDays, known }: DailyCostFacts): string | undefined {
  if (incompleteDays === 0 || known.every((value) => value === null)) return undefined;
  return `Data is missing, not zero, for ${incompleteDays === 1 ? 'all or part of 1 day' : `all or part of ${incompleteDays} days`}`;
}

function provisionalWords({ days, provisionalFrom, known, currency }: DailyCostFacts): string | undefined {
  const first = days[provisionalFrom];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const soFar = known.slice(provisionalFrom);
  const amount = soFar.every((value) => value === null)
    ? 'nothing yet'
    : `${fullAmount(sumOf(soFar), currency)} so far`;
  return `${dayRange(first, last)} ${first === last ? 'is' : 'are'} still arriving (${amount})`;
}

function yearMatters(days: readonly Day[]): boolean {
  return days[0]?.slice(0, 4) !== days.at(-1)?.slice(0, 4);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
