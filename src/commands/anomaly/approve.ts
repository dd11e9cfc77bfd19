/** `anomaly 12 approve until 2026-12-01 amount 5000 USD "reason"`: what is expected may be a planned amount. */
import { AppError } from '../../core/errors.ts';
import type { Money } from '../../core/money.ts';
import { parseAmount } from '../../core/parse-amount.ts';
import { planAnomaly } from '../../flows/anomalies/plan-anomaly.ts';
import type { Decision } from '../../flows/decide-anomaly.ts';
import type { PlanLine } from '../../flows/plans.ts';
import type { Token } from '../tokens.ts';
import type { CommandContext } from '../types.ts';

const NUMBER = /^(?:[$€£¥₹]|[A-Za-z]{3})?\d[\d.,_'’]*[kKmM]?(?:[$€£¥₹]|[A-Za-z]{3})?$/u;
const CURRENCY = /^[A-Za-z]{3}$/;

/** Takes "amount 5000 USD" out of the words; the others stay in order. Throws INVALID for what is no amount. */
export function takePlanned(
  tokens: readonly Token[],
  fallbackCurrency: string,
): { readonly planned?: Money; readonly rest: readonly Token[] } {
  const at = tokens.findIndex(
    ({ text, quoted }, index) => !quoted && /^amount$/i.test(text) && isPlain(tokens[index + 1], NUMBER),
  );
  if (at < 0) return { rest: tokens };
  const named = isPlain(tokens[at + 2], CURRENCY);
  const end = at + (named ? 3 : 2);
  const said = tokens.slice(at + 1, end).map(({ text }) => text);
  const planned = parseAmount(said.join(' '), fallbackCurrency);
  if (!Intl.supportedValuesOf('currency').includes(planned.currency))
    throw new AppError('INVALID', `"${planned.currency}" is not a currency. Nothing was changed.`, {
      hint: 'Write its three letters, for example EUR.',
    });
  return { planned, rest: [...tokens.slice(0, at), ...tokens.slice(end)] };
}

/** Writes the plan down, before the decision that it is part of. Throws INVALID when the words do not go together. */
export async function planDecision(
  context: CommandContext,
  id: number,
  decision: Decision,
  planned: Money,
): Promise<PlanLine> {
  if (decision.kind !== 'expected' || decision.until === undefined)
    throw new AppError('INVALID', 'A planned amount needs its last day. Nothing was changed.', {
      hint: `Write for example: anomaly ${id} approve until 2026-12-01 amount 5000 "retrain".`,
    });
  const { until, reason } = decision;
  return planAnomaly(context, context.actor, id, { amount: planned, until, ...(reason && { reason }) });
}

function isPlain(token: Token | undefined, form: RegExp): boolean {
  return token !== undefined && !token.quoted && form.test(token.text);
}
