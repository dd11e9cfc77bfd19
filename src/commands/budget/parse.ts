/** The words of `budget set SCOPE AMOUNT [CURRENCY] [PERIOD]`. */
import { AppError } from '../../core/errors.ts';
import type { Money } from '../../core/money.ts';
import { parseAmount } from '../../core/parse-amount.ts';
import { BUDGET_PERIODS } from '../../core/settings.ts';
import type { Token } from '../tokens.ts';

export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

const NUMBER = /^[-−+]?([$€£¥₹]|[A-Za-z]{3})?[-−+]?\d[\d.,_'’]*[kKmM]?([$€£¥₹]|[A-Za-z]{3})?$/u;
const FILLERS = ['to', 'at', '=', 'a', 'per', 'each', 'every'];
const PERIOD_WORDS: Readonly<Record<string, BudgetPeriod>> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
};
const HOW = 'Write for example: budget set model:bert 15000 USD monthly.';

/** The period among the words, and the words without it. Throws INVALID for two periods. */
export function takePeriod(tokens: readonly Token[]): { period?: BudgetPeriod; rest: Token[] } {
  const periods = tokens.map((token) => (token.quoted ? undefined : periodOf(token.text)));
  const [period, another] = periods.filter((one) => one !== undefined);
  if (another) throw new AppError('INVALID', 'The command says the period twice.', { hint: 'Say it once.' });
  return { ...(period && { period }), rest: tokens.filter((_, i) => periods[i] === undefined) };
}

/** What a budget is to be. Throws INVALID in words when the scope or the amount is missing or unclear. */
export function parseBudget(
  tokens: readonly Token[],
  fallbackCurrency: string,
): { thing: string; amount: Money; period: BudgetPeriod } {
  const { period = 'monthly', rest } = takePeriod(tokens);
  const words = rest.filter(({ text, quoted }) => quoted || !FILLERS.includes(text.toLowerCase()));
  const last = words.findLastIndex(({ text, quoted }) => !quoted && NUMBER.test(text));
  let first = last;
  while (first > 1 && isNumber(words[first - 1])) first--;
  const thing = words.slice(0, Math.max(first, 0)).map(({ text }) => text);
  const currency = words.slice(last + 1).map(({ text }) => text);
  if (last < 0 || thing.length === 0) {
    const missing = last < 0 ? 'How much?' : 'The budget of what?';
    throw new AppError('INVALID', missing, { hint: HOW });
  }
  if (currency.length > 1)
    throw new AppError('INVALID', `I don't understand "${currency.join(' ').slice(0, 60)}".`, { hint: HOW });
  const said = words.slice(first, last + 1).map(({ text }) => text);
  const amount = parseAmount([...said, ...currency].join(' '), fallbackCurrency);
  if (!Intl.supportedValuesOf('currency').includes(amount.currency))
    throw new AppError('INVALID', `"${amount.currency}" is not a currency.`, {
      hint: 'Write its three letters, for example EUR.',
    });
  return { thing: thing.join(' '), amount, period };
}

function isNumber(token: Token | undefined): boolean {
  return token !== undefined && !token.quoted && /^[$€£¥₹]?\d/u.test(token.text) && NUMBER.test(token.text);
}

function periodOf(word: string): BudgetPeriod | undefined {
  const lower = word.toLowerCase();
  return BUDGET_PERIODS.find((period) => period === lower) ?? PERIOD_WORDS[lower];
}
