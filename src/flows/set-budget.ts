/** Sets or removes a budget from chat: allowed? managed by the file? then written and audited in one transaction. */
import { type Actor, actorKey } from '../core/actor.ts';
import { type BudgetKey, type BudgetTerms, budgetKey, sameTerms } from '../core/budget.ts';
import { AppError } from '../core/errors.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { appendAudit } from '../store/audit.ts';
import { readBudget, removeBudget, type StoredBudget, saveBudget } from '../store/budgets.ts';
import type { StoreTransaction } from '../store/open.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { filterOf } from './budgets/filter.ts';
import { teamOfBudget } from './budgets/team.ts';
import type { Context } from './context.ts';
import { demand } from './standing.ts';
import { stateText } from './sync-settings/plan.ts';

export interface BudgetChange {
  readonly before?: StoredBudget;
  readonly after?: StoredBudget;
}

/** What a budget is to be. */
export interface WantedBudget extends BudgetTerms {
  readonly scope: Scope;
}

/** Throws FORBIDDEN for somebody who may not, CONFLICT for a budget that pennywatch.yaml manages. */
export async function setBudget(context: Context, actor: Actor, wanted: WantedBudget): Promise<BudgetChange> {
  demandTerms(wanted);
  return changeBudget(context, actor, wanted, (tx, before) => writeBudget(tx, context, wanted, before));
}

/** Throws NOT_FOUND when there is no such budget, otherwise as `setBudget`. */
export async function dropBudget(
  context: Context,
  actor: Actor,
  wanted: Omit<BudgetKey, 'scope'> & { readonly scope: Scope },
): Promise<BudgetChange> {
  return changeBudget(context, actor, wanted, async (tx, before) => {
    if (!before)
      throw new AppError('NOT_FOUND', `${scopeKey(wanted.scope)} has no ${kindWords(wanted)}.`, {
        hint: 'See what there is: budget list.',
      });
    await removeBudget(tx, before);
    return undefined;
  });
}

/** Throws INVALID for terms that cannot be kept. */
export function demandTerms({ scope, metric, period, startDay, endDay }: WantedBudget): void {
  if (!metric) filterOf(scope);
  if (scope.kind === 'key' && metric === 'gpu_hours')
    throw new AppError('INVALID', 'An API key uses tokens and requests, no GPU-hours.', {
      hint: `Write for example: budget set key:${scope.name} 500M tokens monthly.`,
    });
  if (period !== 'fixed' || !startDay) return;
  if (endDay && endDay < startDay)
    throw new AppError('INVALID', `The cap would end on ${endDay}, before it begins on ${startDay}.`, {
      hint: 'Write the first day first: fixed 2026-11-20..2026-12-10.',
    });
}

async function changeBudget(
  context: Context,
  actor: Actor,
  wanted: Omit<BudgetKey, 'scope'> & { readonly scope: Scope },
  change: (tx: StoreTransaction, before?: StoredBudget) => Promise<StoredBudget | undefined>,
): Promise<BudgetChange> {
  const { scope } = wanted;
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const place = { store: tx, settings: context.settings, now: context.now };
    await demand(place, actor, { kind: 'budget', scope, team: await teamOfBudget(place, scope) });
    const before = await readBudget(tx, scope, wanted);
    refuseFile(before);
    const after = await change(tx, before);
    await auditChange(tx, context, actor, { before, after });
    return { before, after };
  });
}

/** Writes what is wanted in place of `before`, unless it says the same. */
export async function writeBudget(
  tx: StoreTransaction,
  { now }: Pick<Context, 'now'>,
  { scope, ...terms }: WantedBudget,
  before: StoredBudget | undefined,
): Promise<StoredBudget> {
  const { thresholds } = before ?? {};
  const after: StoredBudget = {
    ...terms,
    scope: scopeKey(scope),
    ...(thresholds && { thresholds }),
    managedBy: 'chat',
  };
  if (before && sameTerms(before, after)) return before;
  await saveBudget(tx, after, new Date(now()));
  return after;
}

/** One entry, in the transaction of the change; none when nothing changed. */
export async function auditChange(
  tx: StoreTransaction,
  { now }: Pick<Context, 'now'>,
  actor: Actor,
  { before, after }: BudgetChange,
): Promise<void> {
  const budget = after ?? before;
  if (after === before || !budget) return;
  await appendAudit(tx, {
    at: new Date(now()),
    actor: actorKey(actor),
    action: `budget.${before ? (after ? 'update' : 'remove') : 'create'}`,
    subject: budgetSubject(budget),
    ...(before && { before: stateText(before) }),
    ...(after && { after: stateText(after) }),
  });
}

/** What audit entries about a budget are about. */
export function budgetSubject(key: BudgetKey): string {
  return `budget:${budgetKey(key)}`;
}

/** Throws CONFLICT for a budget that pennywatch.yaml manages: what chat wrote would be undone at the next start. */
export function refuseFile(budget: StoredBudget | undefined): void {
  if (budget?.managedBy !== 'file') return;
  const { scope, period, metric } = budget;
  throw new AppError('CONFLICT', `pennywatch.yaml manages the ${kindWords(budget)} of ${scope}.`, {
    hint: `Change its entry under "budgets" in that file (scope: "${scope}", period: ${period}${metric ? `, metric: ${metric}` : ''}), or take the entry out to keep the budget in chat. Nothing was changed.`,
  });
}

/** "monthly budget", "monthly tokens budget". */
export function kindWords({ period, metric }: Omit<BudgetKey, 'scope'>): string {
  return [period, metric?.replace('_', ' '), 'budget'].filter(Boolean).join(' ');
}
