/** Sets and removes budgets. */
import { dayInZone } from '../../core/day.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import { type BudgetChange, dropBudget, setBudget } from '../../flows/set-budget.ts';
import { composeBudgetChanged } from '../../view/messages/budget-changes.ts';
import { findMeant } from '../thing.ts';
import type { Token } from '../tokens.ts';
import type { CommandContext, CommandResult } from '../types.ts';
import { amountJson } from './json.ts';
import { takeMetric } from './metric-words.ts';
import { parseBudget, takePeriod, termsText } from './parse.ts';
import { meantForBudget, wordsOf } from './words.ts';

export async function set(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
): Promise<CommandResult> {
  const { settings, now } = context;
  const at = { currency: settings.currency, today: dayInZone(now(), settings.timeZone) };
  const { thing, terms } = parseBudget(tokens, at);
  const meant = await meantForBudget(context, thing, (scope) => `budget set ${scope} ${termsText(terms)}`);
  if (!meant.scope) return meant.asked;
  const { scope } = meant;
  return changed(args, { scope, ...terms }, await setBudget(context, context.actor, { scope, ...terms }));
}

export async function remove(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
): Promise<CommandResult> {
  const { period = 'monthly', rest: words } = takePeriod(tokens);
  const { metric, rest } = takeMetric(words);
  const kind = [period, metric?.replace('_', ' ')].filter(Boolean).join(' ');
  const meant = await findMeant(context, wordsOf(rest), (scope) => `budget remove ${scope} ${kind}`);
  if (!meant.scope) return meant.asked;
  const wanted = { scope: meant.scope, period, ...(metric && { metric }) };
  return changed(args, wanted, await dropBudget(context, context.actor, wanted));
}

function changed(
  args: string,
  { scope, period, metric }: { scope: Scope; period: string; metric?: string },
  change: BudgetChange,
): CommandResult {
  return {
    view: composeBudgetChanged({ scope, period, ...(metric && { metric }), ...change }),
    data: {
      question: `budget ${args}`,
      scope: scopeKey(scope),
      period,
      metric: metric ?? 'cost',
      before: amountJson(change.before),
      after: amountJson(change.after),
      warnings: [],
    },
  };
}
