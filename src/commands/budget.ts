/** What may be spent: shows budgets with their use, sets and removes them, and tells their history. */
import { AppError } from '../core/errors.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { budgetHistory, budgetWarnings, readBudgets } from '../flows/budget-report.ts';
import { dropBudget, setBudget } from '../flows/set-budget.ts';
import { findStanding, teamOfScope } from '../flows/standing.ts';
import { composeBudgetChanged, composeBudgetHistory } from '../view/messages/budget-changes.ts';
import { composeBudgetOf, composeBudgets } from '../view/messages/budgets.ts';
import { amountJson, budgetJson, eventJson } from './budget/json.ts';
import { parseBudget, takePeriod } from './budget/parse.ts';
import { findMeant } from './thing.ts';
import { type Token, tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const budget: Command = {
  name: 'budget',
  task: 'change',
  summary: 'Budgets with what is used of them; set, remove, and who changed what when',
  usage: '[list|SCOPE|set SCOPE AMOUNT [CURRENCY] [PERIOD]|remove SCOPE [PERIOD]|history SCOPE]',
  examples: [
    'budget',
    'budget model:bert',
    'budget set model:bert 15000 USD monthly',
    'budget history model:bert',
  ],
  offer: 'budget list',
  async run(context, args) {
    const [first, ...rest] = tokenise(args);
    const verb = first && !first.quoted ? first.text.toLowerCase() : '';
    switch (verb) {
      case '':
        return first ? show(context, args, [first, ...rest]) : mine(context);
      case 'list':
      case 'all':
        return list(context, 'All budgets');
      case 'set':
        return set(context, args, rest);
      case 'remove':
      case 'delete':
        return remove(context, args, rest);
      case 'history':
        return history(context, args, rest);
      case 'show':
        return rest.length > 0 ? show(context, args, rest) : mine(context);
      default:
        return show(context, args, first ? [first, ...rest] : rest);
    }
  },
};

/** The budgets of the asker's teams and their models; everybody's when the asker is in no team or they have none. */
async function mine(context: CommandContext): Promise<CommandResult> {
  const who = await findStanding(context, context.actor);
  if (who.kind !== 'person' || who.teams.length === 0) return list(context, 'All budgets');
  const { today, budgets } = await readBudgets(context);
  const own = budgets.filter(({ team }) => team !== undefined && who.teams.includes(team));
  if (own.length === 0) return list(context, 'All budgets');
  const warnings = await budgetWarnings(context, own);
  return {
    view: composeBudgets({ title: `Budgets of ${who.teams.join(', ')}`, today, budgets: own, warnings }),
    data: { question: 'budget', rows: own.map(budgetJson), warnings },
  };
}

async function list(context: CommandContext, title: string): Promise<CommandResult> {
  const { today, budgets } = await readBudgets(context);
  const warnings = await budgetWarnings(context, budgets);
  return {
    view: composeBudgets({ title, today, budgets, warnings }),
    data: { question: 'budget list', rows: budgets.map(budgetJson), warnings },
  };
}

async function show(context: CommandContext, args: string, tokens: readonly Token[]): Promise<CommandResult> {
  const typed = wordsOf(tokens);
  const meant = await findMeant(context, typed, (scope) => `budget ${scope}`);
  if (!meant.scope) return meant.asked;
  const { scope } = meant;
  const { today, budgets } = await readBudgets(context, [scope]);
  const inherited =
    budgets.length > 0 ? [] : (await readBudgets(context, await wider(context, scope))).budgets;
  const warnings = await budgetWarnings(context, [...budgets, ...inherited]);
  return {
    view: composeBudgetOf({ scope, today, budgets, inherited, warnings }),
    data: {
      question: `budget ${args}`,
      scope: scopeKey(scope),
      rows: budgets.map(budgetJson),
      inherited: inherited.map(budgetJson),
      warnings,
    },
  };
}

/** Where else a budget may hold it: a stage's model, and a model's team. */
async function wider({ store }: CommandContext, scope: Scope): Promise<Scope[]> {
  if (scope.kind !== 'model') return [];
  const team = await teamOfScope(store, scope);
  return [
    ...(scope.stage ? [{ kind: 'model', name: scope.name } as const] : []),
    ...(team ? [{ kind: 'team', name: team } as const] : []),
  ];
}

async function set(context: CommandContext, args: string, tokens: readonly Token[]): Promise<CommandResult> {
  const { thing, amount, period } = parseBudget(tokens, context.settings.currency);
  const { micros: amountMicros, currency } = amount;
  const money = amountJson({ amountMicros, currency });
  const meant = await findMeant(
    context,
    thing,
    (scope) => `budget set ${scope} ${money?.amount} ${currency} ${period}`,
  );
  if (!meant.scope) return meant.asked;
  const wanted = { scope: meant.scope, period, amountMicros, currency };
  return changed(args, wanted, await setBudget(context, context.actor, wanted));
}

async function remove(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
): Promise<CommandResult> {
  const { period = 'monthly', rest } = takePeriod(tokens);
  const meant = await findMeant(context, wordsOf(rest), (scope) => `budget remove ${scope} ${period}`);
  if (!meant.scope) return meant.asked;
  const wanted = { scope: meant.scope, period };
  return changed(args, wanted, await dropBudget(context, context.actor, wanted));
}

function changed(
  args: string,
  { scope, period }: { scope: Scope; period: string },
  change: Awaited<ReturnType<typeof setBudget>>,
): CommandResult {
  return {
    view: composeBudgetChanged({ scope, period, ...change }),
    data: {
      question: `budget ${args}`,
      scope: scopeKey(scope),
      period,
      before: amountJson(change.before),
      after: amountJson(change.after),
      warnings: [],
    },
  };
}

async function history(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
): Promise<CommandResult> {
  const meant = await findMeant(context, wordsOf(tokens), (scope) => `budget history ${scope}`);
  if (!meant.scope) return meant.asked;
  const { scope } = meant;
  const events = await budgetHistory(context, scope);
  const { timeZone } = context.settings;
  const { today } = await readBudgets(context, []);
  return {
    view: composeBudgetHistory({ scope, today, timeZone, events }),
    data: { question: `budget ${args}`, scope: scopeKey(scope), rows: events.map(eventJson), warnings: [] },
  };
}

/** Throws INVALID when nothing is named. */
function wordsOf(tokens: readonly Token[]): string {
  const typed = tokens.map(({ text }) => text).join(' ');
  if (typed) return typed;
  throw new AppError('INVALID', 'The budget of what?', { hint: 'Write for example: budget model:bert.' });
}
