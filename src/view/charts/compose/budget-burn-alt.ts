/** The budget chart in words, for people who do not see the picture. */
import { fullAmount, share } from '../text/amounts.ts';
import { shortStamp } from '../text/dates.ts';
import { countUnknown, lastKnown } from './amounts-by-step.ts';
import { altText, arrivingDays, listWords, nameWords } from './sentences.ts';
import { countSteps } from './stamps.ts';
import type { Micros } from './totals.ts';

export interface BudgetBurnFacts {
  readonly title: string;
  readonly currency: string;
  readonly days: readonly string[];
  readonly spent: readonly Micros[];
  readonly pace: readonly bigint[];
  readonly amount: bigint;
  readonly thresholds: readonly { readonly ratio: number; readonly label: string }[];
  readonly forecast?: {
    readonly mean: readonly Micros[];
    readonly lower: readonly Micros[];
    readonly upper: readonly Micros[];
    readonly label?: string;
  };
  /** Position of the first day that is still arriving. */
  readonly arriving: number | undefined;
}

export function budgetBurnAlt(facts: BudgetBurnFacts): string {
  return altText(facts.title, [
    spentWords(facts),
    paceWords(facts),
    thresholdWords(facts),
    forecastWords(facts),
    unknownWords(facts),
    arrivingWords(facts),
  ]);
}

function spentWords({ days, spent, amount, currency }: BudgetBurnFacts): string {
  if (days.length === 0) return 'No days to show';
  const at = lastKnown(spent);
  const whole = fullAmount(amount, currency);
  if (at < 0) return `What is spent of the budget of ${whole} is unknown`;
  const value = spent[at] ?? 0n;
  const part = amount > 0n ? ` (${share(value, amount)})` : '';
  return `Spent ${fullAmount(value, currency)} of ${whole}${part} by ${shortStamp(days[at] ?? '')}`;
}

function paceWords({ spent, pace, currency }: BudgetBurnFacts): string | undefined {
  const at = lastKnown(spent);
  const even = pace[at];
  if (even === undefined) return undefined;
  const apart = (spent[at] ?? 0n) - even;
  const base = `Even pace by then: ${fullAmount(even, currency)}`;
  if (apart === 0n) return base;
  return `${base}, spending is ${fullAmount(apart < 0n ? -apart : apart, currency)} ${apart < 0n ? 'below' : 'above'} it`;
}

function thresholdWords({ thresholds, spent, forecast, amount, days }: BudgetBurnFacts): string | undefined {
  if (lastKnown(spent) < 0) return undefined;
  const marks = thresholds.filter(({ ratio }) => Number.isFinite(ratio)).sort((a, b) => a.ratio - b.ratio);
  if (marks.length === 0) return undefined;
  const said = listWords(
    marks,
    ({ ratio, label }) => {
      const mark = BigInt(Math.round(ratio * 1e6)) * amount;
      const reaches = (row: readonly Micros[]) =>
        row.findIndex((value) => value !== null && value * 1_000_000n >= mark);
      const passed = days[reaches(spent)];
      const passes = forecast && days[reaches(forecast.mean)];
      if (passed !== undefined) return `${nameWords(label)} since ${shortStamp(passed)}`;
      if (passes !== undefined) return `${nameWords(label)} from ${shortStamp(passes)} by the forecast`;
      return `${nameWords(label)} not reached`;
    },
    8,
  );
  return `Thresholds: ${said}`;
}

function forecastWords({ forecast, days, amount, currency }: BudgetBurnFacts): string | undefined {
  if (!forecast) return undefined;
  const at = lastKnown(forecast.mean);
  const value = forecast.mean[at] ?? null;
  if (value === null) return undefined;
  const [low, high] = [forecast.lower[at] ?? null, forecast.upper[at] ?? null];
  const name = forecast.label ?? 'likely';
  const range =
    low === null || high === null
      ? ''
      : `, ${name} ${fullAmount(low, currency)} to ${fullAmount(high, currency)}`;
  const part = amount > 0n ? ` (${share(value, amount)} of the budget${range})` : range;
  return `Forecast for ${shortStamp(days[at] ?? '')}: ${fullAmount(value, currency)}${part}`;
}

function unknownWords({ spent, days }: BudgetBurnFacts): string | undefined {
  const unknown = countUnknown(spent, lastKnown(spent) + 1);
  return unknown === 0 ? undefined : `Data is missing, not zero, for ${countSteps(unknown, days)}`;
}

function arrivingWords({ days, spent, arriving }: BudgetBurnFacts): string | undefined {
  return arriving === undefined ? undefined : arrivingDays(days, arriving, lastKnown(spent));
}
