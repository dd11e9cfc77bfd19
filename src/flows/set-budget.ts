/** Sets or removes a budget from chat: allowed? managed by the file? then written and audited in one transaction. */
import { type Actor, actorKey } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { appendAudit } from '../store/audit.ts';
import { findBudget, removeBudget, type StoredBudget, saveBudget } from '../store/budgets.ts';
import type { StoreTransaction } from '../store/open.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { Context } from './context.ts';
import { demand, teamOfScope } from './standing.ts';
import { stateText } from './sync-settings/plan.ts';

type BudgetPeriod = StoredBudget['period'];

export interface BudgetChange {
  readonly before?: StoredBudget;
  readonly after?: StoredBudget;
}

/** Throws FORBIDDEN for somebody who may not, CONFLICT for a budget that pennywatch.yaml manages. */
export async function setBudget(
  context: Context,
  actor: Actor,
  wanted: { scope: Scope; period: BudgetPeriod; amountMicros: bigint; currency: string },
): Promise<BudgetChange> {
  const { scope, ...rest } = wanted;
  return changeBudget(context, actor, wanted, async (tx, before) => {
    const after: StoredBudget = { ...rest, scope: scopeKey(scope), managedBy: 'chat' };
    if (before?.amountMicros === after.amountMicros && before.currency === after.currency) return before;
    await saveBudget(tx, after, new Date(context.now()));
    return after;
  });
}

/** Throws NOT_FOUND when there is no such budget, otherwise as `setBudget`. */
export async function dropBudget(
  context: Context,
  actor: Actor,
  wanted: { scope: Scope; period: BudgetPeriod },
): Promise<BudgetChange> {
  return changeBudget(context, actor, wanted, async (tx, before) => {
    if (!before)
      throw new AppError('NOT_FOUND', `${scopeKey(wanted.scope)} has no ${wanted.period} budget.`, {
        hint: 'See what there is: budget list.',
      });
    await removeBudget(tx, before);
    return undefined;
  });
}

async function changeBudget(
  context: Context,
  actor: Actor,
  { scope, period }: { scope: Scope; period: BudgetPeriod },
  change: (tx: StoreTransaction, before?: StoredBudget) => Promise<StoredBudget | undefined>,
): Promise<BudgetChange> {
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const team = await teamOfScope(tx, scope);
    await demand({ store: tx, settings: context.settings }, actor, { kind: 'budget', scope, team });
    const before = await findBudget(tx, scope, period);
    if (before?.managedBy === 'file') throw managedByFile(before);
    const after = await change(tx, before);
    if (after !== before)
      await appendAudit(tx, {
        at: new Date(context.now()),
        actor: actorKey(actor),
        action: `budget.${before ? (after ? 'update' : 'remove') : 'create'}`,
        subject: budgetSubject(scopeKey(scope), period),
        ...(before && { before: stateText(before) }),
        ...(after && { after: stateText(after) }),
      });
    return { before, after };
  });
}

/** What audit entries about a budget are about. */
export function budgetSubject(scope: string, period: BudgetPeriod): string {
  return `budget:${scope} ${period}`;
}

function managedByFile({ scope, period }: StoredBudget): AppError {
  return new AppError('CONFLICT', `pennywatch.yaml manages the ${period} budget of ${scope}.`, {
    hint: `Change its entry under "budgets" in that file (scope: "${scope}", period: ${period}), or take the entry out to keep the budget in chat. Nothing was changed.`,
  });
}
