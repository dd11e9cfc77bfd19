/** Shows budgets: mine, all of them, one scope's, and what ever happened to them. */
import { dayInZone } from '../../core/day.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import { budgetHistory } from '../../flows/budget-history.ts';
import { budgetWarnings, readBudgets } from '../../flows/budget-report.ts';
import { listRequests } from '../../flows/budget-requests.ts';
import { teamOfBudget } from '../../flows/budgets/team.ts';
import { findStanding } from '../../flows/standing.ts';
import { composeBudgetHistory } from '../../view/messages/budget-changes.ts';
import { composeBudgetOf } from '../../view/messages/budget-detail.ts';
import { composeBudgets } from '../../view/messages/budgets.ts';
import { findMeant } from '../thing.ts';
import type { Token } from '../tokens.ts';
import type { CommandContext, CommandResult } from '../types.ts';
import { budgetJson, eventJson, requestJson } from './json.ts';
import { wordsOf } from './words.ts';

/** The budgets of the asker's teams and their models; everybody's when the asker is in no team or they have none. */
export async function showMine(context: CommandContext): Promise<CommandResult> {
  const who = await findStanding(context, context.actor);
  if (who.kind !== 'person' || who.teams.length === 0) return showAll(context, 'All budgets');
  const { today, budgets } = await readBudgets(context, { teams: who.teams, courses: true });
  if (budgets.length === 0) return showAll(context, 'All budgets');
  const warnings = await budgetWarnings(context, budgets);
  const title = `Budgets of ${who.teams.join(', ')}`;
  const waiting = (await listRequests(context, { all: false })).length;
  return {
    view: composeBudgets({ title, today, budgets, warnings, waiting }),
    data: { question: 'budget', rows: budgets.map(budgetJson), openRequests: waiting, warnings },
  };
}

export async function showAll(context: CommandContext, title: string): Promise<CommandResult> {
  const { today, budgets } = await readBudgets(context, { courses: true });
  const warnings = await budgetWarnings(context, budgets);
  const waiting = (await listRequests(context, { all: false })).length;
  return {
    view: composeBudgets({ title, today, budgets, warnings, waiting }),
    data: { question: 'budget list', rows: budgets.map(budgetJson), openRequests: waiting, warnings },
  };
}

export async function showOne(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
): Promise<CommandResult> {
  const meant = await findMeant(context, wordsOf(tokens), (scope) => `budget ${scope}`);
  if (!meant.scope) return meant.asked;
  const { scope } = meant;
  const key = scopeKey(scope);
  const { today, budgets } = await readBudgets(context, { scopes: [scope], courses: true });
  const order = await wider(context, scope);
  const around = (await readBudgets(context, { scopes: order })).budgets.sort(
    (a, b) =>
      order.findIndex((one) => scopeKey(one) === a.scope) -
      order.findIndex((one) => scopeKey(one) === b.scope),
  );
  const warnings = await budgetWarnings(context, budgets.length > 0 ? budgets : around);
  const requests = (await listRequests(context, { all: false })).filter((request) => request.scope === key);
  return {
    view: composeBudgetOf({ scope, today, budgets, around, warnings, waiting: requests.length }),
    data: {
      question: `budget ${args}`,
      scope: key,
      rows: budgets.map(budgetJson),
      inherited: budgets.length > 0 ? [] : around.map(budgetJson),
      around: around.map(({ scope: held }) => held),
      requests: requests.map(requestJson),
      warnings,
    },
  };
}

/** Where else a budget may hold it, the nearest first: a stage's model, the team, everything. */
async function wider(context: CommandContext, scope: Scope): Promise<Scope[]> {
  if (scope.kind === 'org') return [];
  const team = scope.kind === 'team' ? undefined : await teamOfBudget(context, scope);
  return [
    ...(scope.kind === 'model' && scope.stage ? [{ kind: 'model', name: scope.name } as const] : []),
    ...(team ? [{ kind: 'team', name: team } as const] : []),
    { kind: 'org' },
  ];
}

export async function showHistory(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
): Promise<CommandResult> {
  const meant = await findMeant(context, wordsOf(tokens), (scope) => `budget history ${scope}`);
  if (!meant.scope) return meant.asked;
  const { scope } = meant;
  const events = await budgetHistory(context, scope);
  const { timeZone } = context.settings;
  const today = dayInZone(context.now(), timeZone);
  return {
    view: composeBudgetHistory({ scope, today, timeZone, events }),
    data: { question: `budget ${args}`, scope: scopeKey(scope), rows: events.map(eventJson), warnings: [] },
  };
}
