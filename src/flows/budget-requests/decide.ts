/** Approves or declines a budget that somebody asked for: authorised, once, and audited with the change it makes. */
import { randomUUID } from 'node:crypto';
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
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
import { auditChange, type BudgetChange, budgetSubject, refuseFile, writeBudget } from '../set-budget.ts';
import { demand } from '../standing.ts';
import { findApprovers, isAsker } from './approvers.ts';
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
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const request = await demandRequest(tx, id);
    await demandApprover(tx, context, actor, request);
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

async function demandApprover(
  tx: StoreTransaction,
  { settings, now }: Context,
  actor: Actor,
  { scope, requestedBy }: StoredBudgetRequest,
): Promise<void> {
  const place = { store: tx, settings, now };
  const team = await teamOfBudget(place, parseScope(scope));
  const { people, emails } = await findApprovers(place, { requestedBy, ...(team && { team }) });
  await demand(place, actor, {
    kind: 'budget-decision',
    scope: parseScope(scope),
    ...(team && { team }),
    own: await isAsker(place, { ...actor, key: actorKey(actor) }, requestedBy),
    approvers: emails,
    names: people.map(({ name }) => name),
  });
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
