/** What audit entries say about budget requests. */
import { appendAudit } from '../../store/audit.ts';
import type { StoredBudgetRequest } from '../../store/budget-requests.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { budgetSubject } from '../set-budget.ts';
import { stateText } from '../sync-settings/plan.ts';
import { termsOf } from './tell.ts';

export type RequestVerb = 'request' | 'approve' | 'decline' | 'withdraw' | 'expire';

/** One entry about the budget that is asked for, in the transaction of what happened. */
export async function auditRequest(
  tx: StoreTransaction,
  verb: RequestVerb,
  request: StoredBudgetRequest,
  { actor, at, note = request.reason }: { readonly actor: string; readonly at: Date; readonly note?: string },
): Promise<void> {
  const said = verb === 'request' || verb === 'decline' || verb === 'approve' ? note : undefined;
  await appendAudit(tx, {
    at,
    actor,
    action: `budget.${verb}`,
    subject: budgetSubject(request),
    after: stateText({ request: request.id, ...termsOf(request), ...(said && { note: said }) }),
  });
}
