/** Requests as messages show them: with names, and the budget as it is now. */
import { parseScope } from '../../core/scope.ts';
import type { StoredBudgetRequest } from '../../store/budget-requests.ts';
import { readBudget } from '../../store/budgets.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { RequestShown } from '../../view/messages/budget-requests.ts';
import { actorNames } from '../standing.ts';

/** Makes the function that dresses requests; names are read once. */
export async function createShown(
  store: StoreTransaction,
  { now }: { readonly now: number },
): Promise<(request: StoredBudgetRequest) => Promise<RequestShown>> {
  const nameOf = await actorNames(store);
  return async ({ requestedBy, decidedBy, ...request }) => {
    const budget = await readBudget(store, parseScope(request.scope), request);
    // Nobody has marked it yet, but its time is over.
    const late = request.status === 'open' && request.expiresAt.getTime() <= now;
    return {
      ...request,
      ...(late && { status: 'expired' as const }),
      by: nameOf(requestedBy),
      ...(decidedBy && { decider: nameOf(decidedBy) }),
      ...(budget && { now: budget }),
    };
  };
}
