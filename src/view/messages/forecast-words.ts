/** The words of forecasts: ranges, methods, and how earlier ones came out. */
import type { Day } from '../../core/day.ts';
import type { ForecastAccuracy, ForecastOutcome } from '../../core/forecast.ts';
import { formatDay, formatMoney, formatRange, formatRatio, formatShare, monthName } from '../format.ts';
import type { ForecastAhead, ForecastAmount, ProviderExpectation } from './forecast-types.ts';

const METHODS: Readonly<Record<string, string>> = {
  'seasonal-naive': 'last week repeated',
  'weekday-average': 'weekday averages',
  ets: 'exponential smoothing (Holt–Winters)',
  theta: 'the Theta method',
  mean: 'the mean of the last weeks',
  'last-year': 'weekday averages moved as a year ago',
};

/** "80 %: $12,700–$13,600"; empty for an amount without a range. */
export function rangeWords({ bands }: ForecastAmount, currency: string): string {
  const { low, high } = bands['80'];
  return low === high ? '' : `80 %: ${formatMoney(low, currency)}–${formatMoney(high, currency)}`;
}

/** "the Theta method", "a mean of weekday averages (55 %) and the Theta method (45 %)". */
export function methodWords({ model, parts }: Pick<ForecastAhead, 'model' | 'parts'>): string {
  const name = (of: string) => METHODS[of] ?? of;
  if (parts.length < 2) return name(model);
  const named = parts.map((part) => `${name(part.model)} (${formatShare(part.weight)})`);
  return `a mean of ${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

/** "off by 6 % a day in 40 tries on the past, 28 % less than repeating last week". */
export function trialWords({ trial }: Pick<ForecastAhead, 'trial'>): string {
  if (!trial) return '';
  const { smape, mase, naive, origins } = trial;
  const gain = naive !== undefined && naive > 0 ? 1 - mase / naive : 0;
  const better = gain >= 0.01 ? `, ${formatShare(gain)} less than repeating last week` : '';
  return `off by ${formatShare(smape)} a day when tried from ${origins} past days${better}`;
}

/** "The forecast of Tue 10 Nov for November was $171k; it came to $174k (+2 %)." */
export function outcomeWords(
  outcome: ForecastOutcome,
  today: Day,
  money: (micros: bigint, currency: string) => string = formatMoney,
): string {
  const { madeOn, start, currency, forecast, actual, ratio, low, high } = outcome;
  const off = ratio === null ? '' : ` (${formatRatio(ratio)})`;
  const held = actual >= low && actual <= high ? '' : ', outside its 80 % range';
  return `${monthName(start)} was forecast at ${money(forecast, currency)} on ${formatDay(madeOn, today)} and came to ${money(actual, currency)}${off}${held}.`;
}

/** "Month-end forecasts with a week or more to go were 3 % off (38 of them, 82 % within their 80 % range)." */
export function accuracyWords({ months, weeks }: ForecastAccuracy): string | undefined {
  const [what, summary] = months
    ? (['Month-end forecasts with a week or more to go', months] as const)
    : (['Forecasts of the next 7 days', weeks] as const);
  if (!summary) return undefined;
  const off = summary.typicalRatio < 0.005 ? 'less than 1 %' : formatShare(summary.typicalRatio);
  return `${what} were typically ${off} off (${summary.count} of them, ${formatShare(summary.within)} within their 80 % range).`;
}

/** "aws itself expects $12,300 in 21–30 Nov (80 %: $11,900–$12,800) for its whole bill." */
export function providerWords(
  { source, days, currency, mean, low, high }: ProviderExpectation,
  today: Day,
): string {
  const range =
    low === undefined || high === undefined
      ? ''
      : ` (${formatMoney(low, currency)}–${formatMoney(high, currency)})`;
  return `${source} itself expects ${formatMoney(mean, currency)}${range} for its whole bill of ${formatRange(days, today)}.`;
}
