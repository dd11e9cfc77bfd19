/** The words of `budget set SCOPE AMOUNT [CURRENCY|METRIC] [PERIOD|DAYS]` and of what is asked for the same way. */
import { BUDGET_PERIODS, type BudgetPeriod, type BudgetTerms } from '../../core/budget.ts';
import { type Day, isDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { microsToDecimal } from '../../core/money.ts';
import { parseAmount } from '../../core/parse-amount.ts';
import type { Token } from '../tokens.ts';
import { isMetricWord, takeMetric } from './metric-words.ts';

const NUMBER = /^[-−+]?([$€£¥₹]|[A-Za-z]{3})?[-−+]?\d[\d.,_'’]*[kKmMbB]?([$€£¥₹]|[A-Za-z]{3})?$/u;
const FILLERS = ['to', 'at', '=', 'a', 'per', 'each', 'every', 'from', 'until'];
const PERIOD_WORDS: Readonly<Record<string, BudgetPeriod>> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
};
const HOW =
  'Write for example: budget set model:bert 15000 USD monthly, or budget set team:growth 500M tokens monthly.';
const HOW_DAYS = 'Write for example: fixed 2026-11-20..2026-12-10, or fixed 2026-11-20.. without a last day.';
/** Micro-units are kept in 64 bits. */
const LARGEST = 9_000_000_000_000n * 1_000_000n;

export interface Said {
  readonly thing: string;
  readonly terms: BudgetTerms;
}

/** The period among the words, and the words without it. Throws INVALID for two periods. */
export function takePeriod(tokens: readonly Token[]): { period?: BudgetPeriod; rest: Token[] } {
  const periods = tokens.map((token) => (token.quoted ? undefined : periodOf(token.text)));
  const [period, another] = periods.filter((one) => one !== undefined);
  if (another) throw new AppError('INVALID', 'The command says the period twice.', { hint: 'Say it once.' });
  return { ...(period && { period }), rest: tokens.filter((_, i) => periods[i] === undefined) };
}

interface ParseOptions {
  readonly currency: string;
  readonly today: Day;
  /** What the hint shows. */
  readonly verb?: 'set' | 'request';
}

/**
 * What a budget is to be. A fixed cap begins on `today` unless it says when. Throws INVALID in words when the scope,
 * the amount or a day is missing or unclear.
 */
export function parseBudget(
  tokens: readonly Token[],
  { currency: fallback, today, verb = 'set' }: ParseOptions,
): Said {
  const days = tokens.filter(isDayWord);
  const { period: saidPeriod, rest } = takePeriod(tokens.filter((token) => !isDayWord(token)));
  const period = saidPeriod ?? (days.length > 0 ? 'fixed' : 'monthly');
  const words = rest.filter((token) => !isFiller(token));
  const last = words.findLastIndex(({ text, quoted }) => !quoted && NUMBER.test(text));
  let first = last;
  while (first > 1 && isNumber(words[first - 1])) first--;
  const thing = words.slice(0, Math.max(first, 0)).map(({ text }) => text);
  if (last < 0 || thing.length === 0) {
    const missing = last < 0 ? 'How much?' : 'The budget of what?';
    throw new AppError('INVALID', missing, { hint: HOW.replaceAll('budget set', `budget ${verb}`) });
  }
  const { metric, rest: unit } = takeMetric(words.slice(last + 1));
  const said = words.slice(first, last + 1).map(({ text }) => text);
  const amount = metric ? quantityOf(said.join(' '), unit) : moneyOf(said, unit, fallback);
  return {
    thing: thing.join(' '),
    terms: { period, ...(metric && { metric }), ...amount, ...daysOf(days, { period, today }) },
  };
}

/** Splits "model:bert 20k USD monthly two more retrains" into the terms and why. */
export function splitReason(tokens: readonly Token[]): { terms: readonly Token[]; reason: string } {
  const number = tokens.findIndex(({ text, quoted }, index) => index > 0 && !quoted && NUMBER.test(text));
  if (number < 0) return { terms: tokens, reason: '' };
  let end = number + 1;
  while (end < tokens.length && isOfTerms(tokens[end])) end++;
  while (end > number + 1 && isFiller(tokens[end - 1])) end--;
  const reason = tokens.slice(end).map(({ text }) => text);
  const [word = ''] = reason;
  return {
    terms: tokens.slice(0, end),
    reason: (/^(because|for|reason:?|as|since|[-–:])$/i.test(word) ? reason.slice(1) : reason).join(' '),
  };
}

/** The terms as a command says them: "500 USD monthly", "500M tokens monthly", "5000 USD fixed 2026-11-20..2026-12-10". */
export function termsText({ amountMicros, currency, metric, period, startDay, endDay }: BudgetTerms): string {
  const unit = metric ? metric.replace('_', ' ') : currency;
  const days = startDay ? `${startDay}..${endDay ?? ''}` : '';
  return [microsToDecimal(amountMicros), unit, period, days].filter(Boolean).join(' ');
}

function moneyOf(said: readonly string[], unit: readonly Token[], fallback: string) {
  const currency = unit.map(({ text }) => text);
  if (currency.length > 1)
    throw new AppError('INVALID', `I don't understand "${currency.join(' ').slice(0, 60)}".`, { hint: HOW });
  const amount = parseAmount([...said, ...currency].join(' '), fallback);
  if (!Intl.supportedValuesOf('currency').includes(amount.currency))
    throw new AppError('INVALID', `"${amount.currency}" is not a currency.`, {
      hint: 'Write its three letters, for example EUR.',
    });
  return { amountMicros: amount.micros, currency: amount.currency };
}

function quantityOf(said: string, unit: readonly Token[]): { amountMicros: bigint; currency: string } {
  if (unit.length > 0)
    throw new AppError(
      'INVALID',
      `I don't understand "${unit
        .map(({ text }) => text)
        .join(' ')
        .slice(0, 60)}".`,
      {
        hint: HOW,
      },
    );
  const billions = /b$/i.test(said);
  const { micros, currency } = parseAmount(billions ? `${said.slice(0, -1)}M` : said, '');
  if (currency !== '')
    throw new AppError('INVALID', 'A budget is of money or of usage, not of both.', { hint: HOW });
  const amountMicros = billions ? micros * 1_000n : micros;
  if (amountMicros > LARGEST)
    throw new AppError('INVALID', `"${said.slice(0, 60)}" is too large: that looks like a slip.`, {
      hint: HOW,
    });
  return { amountMicros, currency: '' };
}

/** First and last day of a fixed cap from "2026-11-20..2026-12-10", "2026-11-20..", or two days. */
function daysOf(
  tokens: readonly Token[],
  { period, today }: { period: BudgetPeriod; today: Day },
): { startDay?: Day; endDay?: Day } {
  const days = tokens.flatMap(({ text }) => text.split('..')).filter(Boolean);
  if (period !== 'fixed') {
    if (days.length === 0) return {};
    throw new AppError('INVALID', `A ${period} budget has no first and last day.`, { hint: HOW_DAYS });
  }
  const wrong = days.find((day) => !isDay(day));
  if (wrong) throw new AppError('INVALID', `"${wrong}" is not a calendar day.`, { hint: HOW_DAYS });
  if (days.length > 2) throw new AppError('INVALID', 'That is more than two days.', { hint: HOW_DAYS });
  const [startDay = today, endDay] = days;
  if (endDay && endDay < today && endDay >= startDay)
    throw new AppError('INVALID', `A cap until ${endDay} is over already.`, { hint: HOW_DAYS });
  return { startDay, ...(endDay && { endDay }) };
}

function isOfTerms(token: Token | undefined): boolean {
  if (!token || token.quoted) return false;
  const { text } = token;
  return (
    /^\d{3}$/.test(text) ||
    isFiller(token) ||
    isDayWord(token) ||
    isMetricWord(text) ||
    periodOf(text) !== undefined ||
    isCurrencyWord(text)
  );
}

/** In small letters only the usual ones: "all", "try" and "top" are currencies as well. */
function isCurrencyWord(text: string): boolean {
  if (/^(usd|eur|gbp|jpy|inr|chf|cad|aud|[$€£¥₹])$/u.test(text)) return true;
  return /^[A-Z]{3}$/.test(text) && Intl.supportedValuesOf('currency').includes(text);
}

function isFiller({ text, quoted }: Token = { text: '', quoted: true }): boolean {
  return !quoted && FILLERS.includes(text.toLowerCase());
}

function isDayWord({ text, quoted }: Token): boolean {
  return !quoted && /^\d{4}-\d{2}-\d{2}(\.\.(\d{4}-\d{2}-\d{2})?)?$/.test(text);
}

function isNumber(token: Token | undefined): boolean {
  return token !== undefined && !token.quoted && /^[$€£¥₹]?\d/u.test(token.text) && NUMBER.test(token.text);
}

function periodOf(word: string): BudgetPeriod | undefined {
  const lower = word.toLowerCase();
  return BUDGET_PERIODS.find((period) => period === lower) ?? PERIOD_WORDS[lower];
}
