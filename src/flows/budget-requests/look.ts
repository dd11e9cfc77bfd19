/** One budget request for whoever looks at it: how it stands, who may decide, and what the reader may do. */
import type { Actor } from '../../core/actor.ts';
import { authorise } from '../../core/authorise.ts';
import { parseScope } from '../../core/scope.ts';
import type {
  AboveShown,
  ApproverShown,
  RequestRights,
  RequestShown,
} from '../../view/messages/budget-requests.ts';
import type { BudgetLine } from '../budget-report.ts';
import { readBudgets } from '../budget-report.ts';
import { demandRequest } from '../budget-requests.ts';
import { budgetAround } from '../budgets/place.ts';
import { teamOfBudget } from '../budgets/team.ts';
import type { Context } from '../context.ts';
import { isAskers } from '../same-person.ts';
import { findStanding } from '../standing.ts';
import { findApprovers } from './approvers.ts';
import { askedBy, decisionOf } from './decide.ts';
import { createShown } from './shown.ts';
import { termsOf } from './tell.ts';

export interface LookedAt {
  readonly request: RequestShown;
  readonly approvers: readonly ApproverShown[];
  readonly rights: RequestRights;
  readonly budget?: BudgetLine;
  readonly above?: AboveShown;
}

/** Throws NOT_FOUND for a number that no request has. Never in a transaction. */
export async function lookAtRequest(context: Context, actor: Actor, id: number): Promise<LookedAt> {
  const { store } = context;
  const stored = await demandRequest(store, id);
  const scope = parseScope(stored.scope);
  const request = await (await createShown(store, { now: context.now() }))(stored);
  const { own, asker } = await askedBy(context, actor, stored);
  const team = await teamOfBudget(context, scope);
  const { people } = await findApprovers(context, { ...(asker && { asker }), ...(team && { team }) });
  const { today, budgets } = await readBudgets(context, { scopes: [scope], courses: true });
  const budget = budgets.find(({ period, metric }) => period === stored.period && metric === stored.metric);
  const above = await budgetAround(context, { scope, ...termsOf(stored) }, today);
  const open = request.status === 'open';
  const who = await findStanding(context, actor);
  // Where it cannot be told whose it is, nobody is offered a decision on a guess.
  const decide =
    open && own !== undefined
      ? authorise(who, await decisionOf(store, context, stored, { own, ...(asker && { asker }) })).allowed
      : false;
  return {
    request,
    approvers: people.map(({ name }) => ({ name })),
    rights: { decide, withdraw: open && (await isAskers(context, actor, stored)) },
    ...(budget && { budget }),
    ...(above && { above }),
  };
}
