/** The words of `plan SCOPE AMOUNT [CURRENCY] DAYS ["REASON"]`. */
import type { Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Money } from '../../core/money.ts';
import { parseAmount } from '../../core/parse-amount.ts';
import type { Period } from '../../core/period.ts';
import type { Token } from '../tokens.ts';
import { DAY_FORMS, plannedDays } from './days.ts';

const NUMBER = /^([$€£¥₹]|[A-Za-z]{3})?\d[\d.,_'’]*[kKmM]?([$€£¥₹]|[A-Za-z]{3})?$/u;
const HOW = 'Write for example: plan model:bert/training 5000 2026-12-10..14 "retrain".';

export interface WantedPlan {
  readonly thing: string;
  readonly amount: Money;
  readonly days: Period;
  readonly reason?: string;
}

/** Throws INVALID in words when something is missing or unclear. */
export function parsePlan(tokens: readonly Token[], fallbackCurrency: string, today: Day): WantedPlan {
  const at = tokens.findIndex((_, index) => index > 0 && daysAt(tokens, index, today) !== undefined);
  const found = at < 0 ? undefined : daysAt(tokens, at, today);
  if (!found) throw new AppError('INVALID', 'On which days?', { hint: `${HOW} Days: ${DAY_FORMS}.` });
  const before = tokens.slice(0, at);
  const amountAt = before.findLastIndex(({ text, quoted }) => !quoted && NUMBER.test(text));
  if (amountAt < 0) throw new AppError('INVALID', 'How much?', { hint: HOW });
  const thing = before.slice(0, amountAt).map(({ text }) => text);
  if (thing.length === 0) throw new AppError('INVALID', 'Planned for what?', { hint: HOW });
  const said = before
    .slice(amountAt)
    .filter(({ text }) => !['on', 'from', 'for'].includes(text.toLowerCase()));
  const amount = parseAmount(said.map(({ text }) => text).join(' '), fallbackCurrency);
  if (!Intl.supportedValuesOf('currency').includes(amount.currency))
    throw new AppError('INVALID', `"${amount.currency}" is not a currency.`, {
      hint: 'Write its three letters, for example EUR.',
    });
  const reason = tokens
    .slice(at + found.words)
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 200);
  return { thing: thing.join(' '), amount, days: found.days, ...(reason && { reason }) };
}

function daysAt(tokens: readonly Token[], index: number, today: Day) {
  const token = tokens[index];
  if (!token || token.quoted) return undefined;
  const next = tokens[index + 1];
  return plannedDays(token.text, next && !next.quoted ? next.text : undefined, today);
}
