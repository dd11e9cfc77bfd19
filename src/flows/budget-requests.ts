/** Asks for a budget, takes it back, lists what was asked, and lets it expire. */
import { randomUUID } from 'node:crypto';
import { type Actor, actorKey } from '../core/actor.ts';
import { budgetKey, sameTerms } from '../core/budget.ts';
import { AppError } from '../core/errors.ts';
import { scopeKey } from '../core/scope.ts';
import {
  addBudgetRequest,
  listBudgetRequests,
  readBudgetRequest,
  type StoredBudgetRequest,
  settleBudgetRequest,
} from '../store/budget-requests.ts';
import { readBudget } from '../store/budgets.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { RequestShown } from '../view/messages/budget-requests.ts';
import { readBudgets } from './budget-report.ts';
import { type Approver, findApprovers } from './budget-requests/approvers.ts';
import { auditRequest } from './budget-requests/audit.ts';
import { createShown } from './budget-requests/shown.ts';
import { tellEnded, tellRequest, termsOf } from './budget-requests/tell.ts';
import { budgetAround } from './budgets/place.ts';
import { teamOfBudget } from './budgets/team.ts';
import type { NewId } from './buttons.ts';
import type { Context } from './context.ts';
import { placesOfTeam } from './notices.ts';
import { isAskers } from './same-person.ts';
import { demandTerms, kindWords, refuseFile, type WantedBudget } from './set-budget.ts';
import { demand, emailOfKey } from './standing.ts';

/** A request waits this long. */
export const REQUEST_DAYS = 7;
const DAY_MS = 86_400_000;

export interface RequestOptions {
  /** Makes the buttons' ids. */
  readonly newId?: NewId;
}

/**
 * Stores the request and asks the approvers in chat, in one transaction. Throws FORBIDDEN for a stranger, CONFLICT for
 * a budget that pennywatch.yaml manages (what is approved here would be undone there) or one asked for already, and
 * INVALID when the budget is that already.
 */
export async function requestBudget(
  context: Context,
  actor: Actor,
  wanted: WantedBudget & { readonly reason?: string },
  { newId = randomUUID }: RequestOptions = {},
): Promise<{ request: RequestShown; approvers: readonly Approver[] }> {
  demandTerms(wanted);
  const { scope, reason } = wanted;
  const requestedBy = actorKey(actor);
  const team = await teamOfBudget(context, scope);
  const places = await placesOfTeam(context, team);
  const { today, budgets } = await readBudgets(context, { scopes: [scope], courses: true });
  const budget = budgets.find(({ period, metric }) => period === wanted.period && metric === wanted.metric);
  const above = await budgetAround(context, { scope, ...termsOf(wanted) }, today);
  const asker = await emailOfKey(context, requestedBy);
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const place = { store: tx, settings: context.settings };
    await demand(place, actor, { kind: 'budget-request', scope, team });
    const before = await readBudget(tx, scope, wanted);
    refuseFile(before);
    if (before && sameTerms(before, wanted))
      throw new AppError('INVALID', `${scopeKey(scope)} has that ${kindWords(wanted)} already.`, {
        hint: `See it: budget ${scopeKey(scope)}.`,
      });
    await refuseTwice(tx, context, { ...wanted, requestedBy });
    const at = new Date(context.now());
    const terms = termsOf(wanted);
    const id = await addBudgetRequest(tx, {
      ...terms,
      scope: scopeKey(scope),
      ...(reason && { reason }),
      ...(team && { team }),
      requestedBy,
      requestedAt: at,
      expiresAt: new Date(at.getTime() + REQUEST_DAYS * DAY_MS),
    });
    const stored = await demandRequest(tx, id);
    await auditRequest(tx, 'request', stored, { actor: requestedBy, at });
    const { people } = await findApprovers(place, { ...(asker && { asker }), ...(team && { team }) });
    const request = await (await createShown(tx, { now: context.now() }))(stored);
    await tellRequest(tx, { context, newId }, request, {
      places,
      approvers: people,
      ...(budget && { budget }),
      ...(above && { above }),
    });
    return { request, approvers: people };
  });
}

async function refuseTwice(
  tx: Context['store'] | Parameters<typeof listBudgetRequests>[0],
  { now }: Pick<Context, 'now'>,
  wanted: WantedBudget & { readonly requestedBy: string },
): Promise<void> {
  const key = budgetKey({ ...wanted, scope: scopeKey(wanted.scope) });
  const open = (await listBudgetRequests(tx, { open: true })).filter(
    ({ expiresAt }) => expiresAt.getTime() > now(),
  );
  const twice = open.find((one) => one.requestedBy === wanted.requestedBy && budgetKey(one) === key);
  if (!twice) return;
  throw new AppError('CONFLICT', `You asked for a ${kindWords(wanted)} of ${twice.scope} already.`, {
    hint: `It waits as request ${twice.id}. Take it back first to ask for another amount: budget withdraw ${twice.id}.`,
  });
}

/** Takes back what one asked for. Throws NOT_FOUND, FORBIDDEN for somebody else's, CONFLICT when it is decided. */
export async function withdrawBudgetRequest(
  context: Context,
  actor: Actor,
  id: number,
  { newId = randomUUID }: RequestOptions = {},
): Promise<RequestShown> {
  const key = actorKey(actor);
  if (!(await isAskers(context, actor, await demandRequest(context.store, id))))
    throw new AppError('FORBIDDEN', `Request ${id} is not yours.`, {
      hint: `Whoever asked can withdraw it; an approver can decline it: budget decline ${id}.`,
    });
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const request = await demandRequest(tx, id);
    demandOpen(request, context.now());
    const at = new Date(context.now());
    await settleBudgetRequest(tx, id, { status: 'withdrawn', by: key, at });
    await auditRequest(tx, 'withdraw', request, { actor: key, at });
    const shown = await (await createShown(tx, { now: context.now() }))(await demandRequest(tx, id));
    await tellEnded(tx, { context, newId }, shown, request.requestedBy);
    return shown;
  });
}

/** Requests that wait, or the latest of all; newest first. */
export async function listRequests(
  context: Context,
  { all }: { readonly all: boolean },
): Promise<RequestShown[]> {
  const now = context.now();
  const shown = await createShown(context.store, { now });
  const requests: RequestShown[] = [];
  for (const request of await listBudgetRequests(context.store, { open: !all }))
    requests.push(await shown(request));
  return all ? requests : requests.filter(({ status }) => status === 'open');
}

/** Ends requests that nobody decided in time, and tells it once; resolves to how many messages it wrote. */
export async function expireBudgetRequests(
  context: Context,
  { newId = randomUUID }: RequestOptions = {},
): Promise<number> {
  const due = (await listBudgetRequests(context.store, { open: true, limit: 1000 })).filter(
    ({ expiresAt }) => expiresAt.getTime() <= context.now(),
  );
  let written = 0;
  for (const request of due)
    written += await context.store.$transaction(async (tx) => {
      await lockForWriting(tx);
      const at = new Date(context.now());
      if (!(await settleBudgetRequest(tx, request.id, { status: 'expired', at }))) return 0;
      await auditRequest(tx, 'expire', request, { actor: actorKey({ kind: 'system', job: 'budgets' }), at });
      const shown = await (await createShown(tx, { now: context.now() }))(
        await demandRequest(tx, request.id),
      );
      return tellEnded(tx, { context, newId }, shown, request.requestedBy);
    });
  return written;
}

/** Throws NOT_FOUND for a number that no request has. */
export async function demandRequest(
  store: Parameters<typeof readBudgetRequest>[0],
  id: number,
): Promise<StoredBudgetRequest> {
  const request = await readBudgetRequest(store, id);
  if (request) return request;
  throw new AppError('NOT_FOUND', `There is no budget request ${id}.`, {
    hint: 'See which there are: budget requests.',
  });
}

/** Throws CONFLICT for one that is decided, withdrawn or too old. */
export function demandOpen(request: StoredBudgetRequest, now: number): void {
  const { id, status, expiresAt, scope } = request;
  const hint = `Ask anew if it is still wanted: budget request ${scope} AMOUNT. Nothing was changed.`;
  if (status !== 'open')
    throw new AppError('CONFLICT', `Request ${id} was ${status} already.`, {
      hint: status === 'approved' ? `See the budget: budget ${scope}.` : hint,
    });
  if (expiresAt.getTime() <= now)
    throw new AppError('CONFLICT', `Request ${id} has expired: nobody decided in ${REQUEST_DAYS} days.`, {
      hint,
    });
}
