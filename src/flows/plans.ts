/** Planned spend: who may plan it, what is planned, and what really came. */
import { createConvert } from '../analysis/convert.ts';
import { tabulate, totalOf } from '../analysis/tabulate.ts';
import { type Actor, actorKey } from '../core/actor.ts';
import { addDays, type Day, dayInZone, daysBetween, earlier } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import type { Money } from '../core/money.ts';
import type { Period } from '../core/period.ts';
import { parseScope, type Scope, scopeKey } from '../core/scope.ts';
import { appendAudit } from '../store/audit.ts';
import { readCosts } from '../store/daily-costs.ts';
import { addPlan, listPlans, readPlan, removePlan, type StoredPlan } from '../store/planned-spend.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { findReach } from './answer/reach.ts';
import { filterOf } from './budget-report.ts';
import type { Context } from './context.ts';
import { actorNames, demand, teamOfScope } from './standing.ts';

/** A plan is for a season at most. */
const LONGEST = 366;
/** How far back somebody may still say that spend was planned: it corrects what was found meanwhile. */
const LATEST = 35;
/** Days before a plan that say what is usual. */
const USUAL_DAYS = 28;

export interface PlanLine extends Omit<StoredPlan, 'scope'> {
  readonly scope: Scope;
  readonly by: string;
  readonly state: 'coming' | 'running' | 'over';
  /** Complete days of the plan so far and what they cost, in the plan's currency; absent while none is complete. */
  readonly soFar?: {
    readonly days: Period;
    readonly micros: bigint | null;
    /** What so many days cost before, by the mean of the 28 days before the plan; null when unknown. */
    readonly usualMicros: bigint | null;
  };
}

/** Throws FORBIDDEN for somebody who may not, INVALID for days too far or too many. */
export async function planSpend(
  context: Context,
  actor: Actor,
  wanted: { readonly scope: Scope; readonly amount: Money; readonly days: Period; readonly reason?: string },
): Promise<PlanLine> {
  const { scope, amount, days, reason } = wanted;
  const { store, settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  checkDays(days, today);
  const at = new Date(context.now());
  const plan = {
    scope: scopeKey(scope),
    amountMicros: amount.micros,
    currency: amount.currency,
    ...days,
    ...(reason && { reason }),
    createdBy: actorKey(actor),
    createdAt: at,
  };
  const id = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const team = await teamOfScope(tx, scope);
    await demand({ store: tx, settings }, actor, { kind: 'plan', scope, ...(team && { team }) });
    const made = await addPlan(tx, plan);
    await appendAudit(tx, {
      at,
      actor: actorKey(actor),
      action: 'plan.create',
      subject: `plan:${made}`,
      after: planText(plan),
    });
    return made;
  });
  return toLine(context, { id, ...plan }, today, await actorNames(store));
}

/** Throws NOT_FOUND for a plan that is not there any more, FORBIDDEN for somebody who may not. */
export async function dropPlan(context: Context, actor: Actor, id: number): Promise<StoredPlan> {
  const { settings } = context;
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const plan = await readPlan(tx, id);
    if (!plan)
      throw new AppError('NOT_FOUND', `There is no plan ${id}.`, { hint: 'See what is planned: plan.' });
    const scope = parseScope(plan.scope);
    const team = await teamOfScope(tx, scope);
    await demand({ store: tx, settings }, actor, { kind: 'plan', scope, ...(team && { team }) });
    const at = new Date(context.now());
    await removePlan(tx, id, { by: actorKey(actor), at });
    await appendAudit(tx, {
      at,
      actor: actorKey(actor),
      action: 'plan.remove',
      subject: `plan:${id}`,
      before: planText(plan),
    });
    return plan;
  });
}

/** Plans that are running, to come, or over for less than 35 days; of one scope or of all. */
export async function readPlans(
  context: Context,
  scope?: Scope,
): Promise<{ readonly today: Day; readonly plans: readonly PlanLine[] }> {
  const { store, settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const stored = await listPlans(store, { start: addDays(today, -LATEST) });
  const nameOf = await actorNames(store);
  const plans: PlanLine[] = [];
  for (const plan of stored)
    if (!scope || plan.scope === scopeKey(scope)) plans.push(await toLine(context, plan, today, nameOf));
  return { today, plans };
}

async function toLine(
  context: Context,
  plan: StoredPlan,
  today: Day,
  nameOf: (actor: string) => string,
): Promise<PlanLine> {
  const scope = parseScope(plan.scope);
  const state = plan.start > today ? 'coming' : plan.end < today ? 'over' : 'running';
  const soFar = state === 'coming' ? undefined : await spentSoFar(context, plan, scope);
  return { ...plan, scope, by: nameOf(plan.createdBy), state, ...(soFar && { soFar }) };
}

async function spentSoFar(
  context: Context,
  { start, end, currency }: StoredPlan,
  scope: Scope,
): Promise<PlanLine['soFar']> {
  const filter = filterOf(scope);
  const reach = await findReach(context, filter, { kind: 'range', start, end });
  if (!reach.completeEnd || reach.completeEnd < start) return undefined;
  const days = { start, end: earlier(end, reach.completeEnd) };
  const before = { start: addDays(start, -USUAL_DAYS), end: addDays(start, -1) };
  const rows = await readCosts(context.store, {
    filter,
    start: before.start,
    end: days.end,
    basis: 'effective',
  });
  const table = tabulate(rows, currency, createConvert(context.settings.fx));
  const known = table.unconverted.size === 0;
  const usual = totalOf(table, before.start, before.end);
  const knowsBefore = reach.firstDay !== undefined && reach.firstDay <= before.start;
  const count = BigInt(daysBetween(days.start, days.end) + 1);
  return {
    days,
    micros: known ? totalOf(table, days.start, days.end) : null,
    usualMicros: known && knowsBefore ? ((usual ?? 0n) * count) / BigInt(USUAL_DAYS) : null,
  };
}

function checkDays({ start, end }: Period, today: Day): void {
  if (daysBetween(start, end) + 1 > LONGEST)
    throw new AppError('INVALID', `A plan lasts ${LONGEST} days at most.`, {
      hint: 'What goes on longer becomes usual by itself.',
    });
  if (end < addDays(today, -LATEST))
    throw new AppError('INVALID', `These days ended more than ${LATEST} days ago.`, {
      hint: 'Past anomalies are answered one by one: anomalies.',
    });
  if (start > addDays(today, 2 * LONGEST))
    throw new AppError('INVALID', 'A plan begins within two years.', { hint: 'Check the year.' });
}

function planText({ scope, amountMicros, currency, start, end, reason }: Omit<StoredPlan, 'id'>): string {
  return JSON.stringify({ scope, amountMicros: `${amountMicros}`, currency, start, end, reason });
}
