/** The forecast chart in words, for people who do not see the picture. */
import { fullAmount } from '../text/amounts.ts';
import { shortStamp, stampRange } from '../text/dates.ts';
import { countUnknown, lastKnown } from './amounts-by-step.ts';
import { altText, arrivingDays, capitalised, nameWords } from './sentences.ts';
import { countSteps } from './stamps.ts';
import type { Micros } from './totals.ts';
import { sumOf } from './totals.ts';

export interface ForecastFanFacts {
  readonly title: string;
  readonly currency: string;
  readonly days: readonly string[];
  readonly actual: readonly Micros[];
  readonly mean: readonly Micros[];
  readonly bands: Readonly<
    Partial<Record<string, { readonly lower: readonly Micros[]; readonly upper: readonly Micros[] }>>
  >;
  readonly cumulative: boolean;
  readonly budget?: { readonly label: string; readonly micros: bigint };
  /** Position of the first day that is forecast; `days.length` when none is. */
  readonly start: number;
  /** The first position that is still arriving; `days.length` when there is none. */
  readonly complete: number;
  /** The same, but undefined when all before the forecast is complete. */
  readonly arriving: number | undefined;
}

export function forecastFanAlt(facts: ForecastFanFacts): string {
  return altText(facts.title, [
    actualWords(facts),
    forecastWords(facts),
    rangeWords(facts),
    budgetWords(facts),
    unknownWords(facts),
    arrivingWords(facts),
  ]);
}

function actualWords({ days, actual, start, complete, cumulative, currency }: ForecastFanFacts): string {
  const first = days[0];
  if (first === undefined) return 'No days to show';
  const end = Math.min(start, complete);
  const known = actual.slice(0, end);
  const last = lastKnown(known);
  const at = days[last];
  if (at === undefined) return 'What was spent so far is unknown';
  if (cumulative) return `Spent by ${shortStamp(at)}: ${fullAmount(actual[last] ?? 0n, currency)}`;
  const count = known.filter((value) => value !== null).length;
  return `Spent ${fullAmount(sumOf(known), currency)} in ${countSteps(count, days)} (${stampRange(first, at)})`;
}

function forecastWords({ days, mean, cumulative, currency }: ForecastFanFacts): string {
  const first = mean.findIndex((value) => value !== null);
  const last = lastKnown(mean);
  const [from, to] = [days[first], days[last]];
  if (from === undefined || to === undefined) return 'There is no forecast';
  const amount = fullAmount(mean[last] ?? 0n, currency);
  if (cumulative) return `Forecast for ${shortStamp(to)}: ${amount}`;
  const known = mean.filter((value) => value !== null);
  const total = fullAmount(sumOf(known), currency);
  return `Forecast ${total} in ${countSteps(known.length, days)} (${stampRange(from, to)}), ${amount} on the last`;
}

/** How far off the last forecast may be. */
function rangeWords({ days, mean, bands, currency }: ForecastFanFacts): string | undefined {
  const last = lastKnown(mean);
  const said = Object.keys(bands)
    .sort()
    .flatMap((likelihood) => {
      const low = bands[likelihood]?.lower[last] ?? null;
      const high = bands[likelihood]?.upper[last] ?? null;
      if (low === null || high === null) return [];
      return [`${likelihood} % ${fullAmount(low, currency)} to ${fullAmount(high, currency)}`];
    });
  return said.length === 0
    ? undefined
    : `Likely ranges on ${shortStamp(days[last] ?? '')}: ${said.join(', ')}`;
}

function budgetWords({
  budget,
  days,
  actual,
  mean,
  cumulative,
  currency,
}: ForecastFanFacts): string | undefined {
  if (!budget) return undefined;
  const amount = `${capitalised(nameWords(budget.label))}: ${fullAmount(budget.micros, currency)}`;
  const over = (row: readonly Micros[]) => row.findIndex((value) => value !== null && value > budget.micros);
  if (cumulative) {
    const [passed, passes] = [over(actual), over(mean)];
    if (passed >= 0) return `${amount}, exceeded since ${shortStamp(days[passed] ?? '')}`;
    if (passes >= 0) return `${amount}, exceeded from ${shortStamp(days[passes] ?? '')} by the forecast`;
    return lastKnown(mean) >= 0 ? `${amount}, not exceeded by the forecast` : amount;
  }
  const count = (row: readonly Micros[]) =>
    row.filter((value) => value !== null && value > budget.micros).length;
  const each = `${amount} a day`;
  if (lastKnown(mean) < 0) return `${each}, exceeded on ${countSteps(count(actual), days)}`;
  return `${each}, exceeded on ${countSteps(count(actual), days)} and by the forecast on ${count(mean)}`;
}

function unknownWords({ actual, days, start, complete }: ForecastFanFacts): string | undefined {
  const end = Math.min(start, complete);
  const unknown = countUnknown(actual, end);
  return unknown === 0 || unknown === end
    ? undefined
    : `Data is missing, not zero, for ${countSteps(unknown, days)}`;
}

function arrivingWords({ days, start, actual, arriving }: ForecastFanFacts): string | undefined {
  if (arriving === undefined) return undefined;
  return arrivingDays(days, arriving, Math.max(start - 1, lastKnown(actual)));
}
