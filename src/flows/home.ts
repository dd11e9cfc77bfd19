/** What the app's home shows a person: their team's month, what is theirs, and its budgets. */
import type { Actor } from '../core/actor.ts';
import type { CostAnswer } from '../core/answer.ts';
import type { Standing } from '../core/authorise.ts';
import type { PeriodWord } from '../core/period.ts';
import type { Subject } from '../core/question.ts';
import { parseScope, type Scope, scopeKey } from '../core/scope.ts';
import { listBudgets } from '../store/budgets.ts';
import { listOwners } from '../store/organisation.ts';
import type { HomeMine } from '../view/messages/home-types.ts';
import { answerCost } from './answer-cost.ts';
import { type BudgetLine, readBudgets } from './budget-report.ts';
import type { Context } from './context.ts';
import { reportMine } from './home-mine.ts';
import { findStanding, teamOfScope } from './standing.ts';

export interface HomeReport {
  readonly who: Standing;
  /** The person's first team this month (last month while this one has no cost yet); everything for others. */
  readonly month: CostAnswer;
  readonly team?: string;
  readonly otherTeams: readonly string[];
  /** Models that the person owns by name. */
  readonly owned: readonly string[];
  readonly budgets: readonly BudgetLine[];
  /** What waits for the person; absent for strangers. */
  readonly mine?: HomeMine;
}

export async function reportHome(context: Context, actor: Actor): Promise<HomeReport> {
  const who = await findStanding(context, actor);
  const [team, ...otherTeams] = who.kind === 'person' ? who.teams : [];
  const owned = who.kind === 'person' ? await ownedModels(context, who.email) : [];
  const subject: Subject = team === undefined ? { kind: 'all', of: 'team' } : { kind: 'team', name: team };
  const scopes: Scope[] = [
    ...(team === undefined ? [{ kind: 'org' } as const] : []),
    ...[team, ...otherTeams].flatMap((name) => (name === undefined ? [] : [{ kind: 'team', name } as const])),
    ...owned.map((name) => ({ kind: 'model', name }) as const),
    ...(who.kind === 'person' ? await budgetedModels(context, who.teams) : []),
  ];
  const { budgets } = await readBudgets(context, { scopes, courses: true });
  const order = scopes.map(scopeKey);
  const mine = await reportMine(context, actor, who);
  return {
    who,
    month: await monthOf(context, subject),
    ...(team !== undefined && { team }),
    otherTeams,
    owned,
    ...(mine && { mine }),
    budgets: [...budgets].sort((a, b) => order.indexOf(a.scope) - order.indexOf(b.scope)),
  };
}

/** On the first days of a month nothing of it has arrived: the month before says more. */
async function monthOf(context: Context, subject: Subject): Promise<CostAnswer> {
  const ask = (period: PeriodWord) => answerCost(context, { subject, period, basis: 'effective' });
  const month = await ask({ kind: 'to-date', unit: 'month' });
  return month.total === null ? ask({ kind: 'last', unit: 'month' }) : month;
}

/** Models and their stages that have a budget and that one of the teams answers for. */
async function budgetedModels({ store }: Context, teams: readonly string[]): Promise<Scope[]> {
  const scopes: Scope[] = [];
  for (const { scope } of await listBudgets(store)) {
    const about = parseScope(scope);
    const team = about.kind === 'model' ? await teamOfScope(store, about) : undefined;
    if (team !== undefined && teams.includes(team)) scopes.push(about);
  }
  return scopes;
}

async function ownedModels({ store }: Context, email: string): Promise<string[]> {
  const scopes = (await listOwners(store))
    .filter(({ owner }) => owner === email)
    .map(({ scope }) => parseScope(scope));
  return [...new Set(scopes.flatMap((scope) => (scope.kind === 'model' ? [scope.name] : [])))];
}
