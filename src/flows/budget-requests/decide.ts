/** Approves or declines a budget that somebody asked for: authorised, once, and audited with the change it makes. */
import { randomUUID } from 'node:crypto';
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import type { Change } from '../../core/refusals.ts';
import { parseScope } from '../../core/scope.ts';
import { listAudit } from '../../store/audit.ts';
import { type StoredBudgetRequest, settleBudgetRequest } from '../../store/budget-requests.ts';
import { readBudget } from '../../store/budgets.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { RequestShown } from '../../view/messages/budget-requests.ts';
import { demandOpen, demandRequest, type RequestOptions } from '../budget-requests.ts';
import { teamOfBudget } from '../budgets/team.ts';
import type { Context } from '../context.ts';
import { deciderOf, isDeciders, unsure } from '../same-person.ts';
import { auditChange, type BudgetChange, budgetSubject, refuseFile, writeBudget } from '../set-budget.ts';
import { demand, emailOfKey, findStanding } from '../standing.ts';
import { findApprovers } from './approvers.ts';
import { auditRequest } from './audit.ts';
import { createShown } from './shown.ts';
import { tellEnded, termsOf } from './tell.ts';

export interface BudgetDecision {
  readonly id: number;
  readonly verdict: 'approve' | 'decline';
  /** What the decider says about it. */
  readonly note?: string;
}

/**
 * Decides as the actor. Throws FORBIDDEN for somebody who may not, and for whoever asked; CONFLICT when it is decided,
 * expired, in the hands of pennywatch.yaml, or the budget was changed since it was asked for. The budget, the request,
 * the audit and the messages are written together or not at all.
 */
export async function decideBudgetRequest(
  context: Context,
  actor: Actor,
  { id, verdict, note }: BudgetDecision,
  { newId = randomUUID }: RequestOptions = {},
): Promise<{ request: RequestShown; change: BudgetChange }> {
  const by = actorKey(actor);
  // Chat platforms are asked before the database is locked; who asked for it does not change.
  const asked = await askedBy(context, actor, await demandRequest(context.store, id));
  if (asked.own === undefined) throw unsure('budget-decision', `budget-request:${id}`);
  const own = asked.own;
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const request = await demandRequest(tx, id);
    await demand(
      { store: tx, settings: context.settings },
      actor,
      await decisionOf(tx, context, request, { ...asked, own }),
    );
    demandOpen(request, context.now());
    const at = new Date(context.now());
    const approved = verdict === 'approve';
    const change = approved ? await makeChange(tx, context, actor, request) : {};
    const status = approved ? 'approved' : 'declined';
    const settled = await settleBudgetRequest(tx, id, { status, by, at, ...(note && { note }) });
    if (!settled) throw new AppError('CONFLICT', `Request ${id} was decided this very moment.`);
    await auditRequest(tx, verdict, request, { actor: by, at, note: note ?? '' });
    const shown = await (await createShown(tx, { now: context.now() }))(await demandRequest(tx, id));
    await tellEnded(tx, { context, newId }, shown, request.requestedBy);
    return { request: shown, change };
  });
}

/** Whether whoever decides asked for it; undefined where it cannot be told. Never in a transaction. */
export async function askedBy(
  context: Context,
  actor: Actor,
  { requestedBy }: Pick<StoredBudgetRequest, 'requestedBy'>,
): Promise<{ readonly own: boolean | undefined; readonly asker?: string }> {
  const who = await findStanding(context, actor);
  const asker = await emailOfKey(context, requestedBy);
  return {
    own: await isDeciders(context, actor, deciderOf(actor, who), requestedBy),
    ...(asker !== undefined && { asker }),
  };
}

/** The decision about a request, as `authorise` judges it. */
export async function decisionOf(
  store: StoreTransaction,
  { settings, now }: Context,
  { scope }: Pick<StoredBudgetRequest, 'scope'>,
  { own, asker }: { readonly own: boolean; readonly asker?: string },
): Promise<Extract<Change, { kind: 'budget-decision' }>> {
  const place = { store, settings, now };
  const team = await teamOfBudget(place, parseScope(scope));
  const { people, emails } = await findApprovers(place, { ...(asker && { asker }), ...(team && { team }) });
  return {
    kind: 'budget-decision',
    scope: parseScope(scope),
    ...(team && { team }),
    own,
    approvers: emails,
    names: people.map(({ name }) => name),
  };
}

async function makeChange(
  tx: StoreTransaction,
  context: Context,
  actor: Actor,
  request: StoredBudgetRequest,
): Promise<BudgetChange> {
  const scope = parseScope(request.scope);
  const before = await readBudget(tx, scope, request);
  refuseFile(before);
  await refuseChanged(tx, request);
  const after = await writeBudget(tx, context, { scope, ...termsOf(request) }, before);
  await auditChange(tx, context, actor, { before, after });
  return { before, after };
}

/** What is approved must be what was asked: "$15,000 → $20,000" is another question once it is $25,000. */
async function refuseChanged(tx: StoreTransaction, request: StoredBudgetRequest): Promise<void> {
  const changes = ['budget.create', 'budget.update', 'budget.remove'];
  const since = (await listAudit(tx, budgetSubject(request))).filter(
    ({ at, action }) => changes.includes(action) && at.getTime() > request.requestedAt.getTime(),
  );
  if (since.length === 0) return;
  throw new AppError(
    'CONFLICT',
    `The budget of ${request.scope} was changed since request ${request.id} was made.`,
    {
      hint: `See how it stands: budget history ${request.scope}. Decline the request (budget decline ${request.id}) or have it made anew. Nothing was changed.`,
    },
  );
}
