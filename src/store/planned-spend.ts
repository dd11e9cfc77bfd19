/** Spend that is planned beside the usual. Removed plans stay, with who removed them. */
import type { Day } from '../core/day.ts';
import type { StoreTransaction } from './open.ts';

export interface StoredPlan {
  readonly id: number;
  /** Scope as text, e.g. "model:bert/training". */
  readonly scope: string;
  /** For all of its days together. */
  readonly amountMicros: bigint;
  readonly currency: string;
  /** First and last day. */
  readonly start: Day;
  readonly end: Day;
  readonly reason?: string;
  /** As `actorKey` writes it. */
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** Plans that hold, those that touch the days given or all, by their first day. */
export async function listPlans(
  store: StoreTransaction,
  days: { readonly start?: Day; readonly end?: Day } = {},
): Promise<StoredPlan[]> {
  const rows = await store.plannedSpend.findMany({
    where: {
      removedAt: null,
      ...(days.start && { endDay: { gte: days.start } }),
      ...(days.end && { startDay: { lte: days.end } }),
    },
    orderBy: [{ startDay: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toPlan);
}

/** Undefined when there is none of this id, or it was removed. */
export async function readPlan(store: StoreTransaction, id: number): Promise<StoredPlan | undefined> {
  const row = await store.plannedSpend.findFirst({ where: { id, removedAt: null } });
  return row ? toPlan(row) : undefined;
}

/** Returns the id. */
export async function addPlan(tx: StoreTransaction, plan: Omit<StoredPlan, 'id'>): Promise<number> {
  const { start, end, reason, ...rest } = plan;
  const { id } = await tx.plannedSpend.create({
    data: { ...rest, startDay: start, endDay: end, reason: reason ?? null },
    select: { id: true },
  });
  return id;
}

/** False when it was removed before. */
export async function removePlan(
  tx: StoreTransaction,
  id: number,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { count } = await tx.plannedSpend.updateMany({
    where: { id, removedAt: null },
    data: { removedBy: by, removedAt: at },
  });
  return count > 0;
}

function toPlan(row: {
  id: number;
  scope: string;
  amountMicros: bigint;
  currency: string;
  startDay: string;
  endDay: string;
  reason: string | null;
  createdBy: string;
  createdAt: Date;
}): StoredPlan {
  const { startDay, endDay, reason, id, scope, amountMicros, currency, createdBy, createdAt } = row;
  return {
    id,
    scope,
    amountMicros,
    currency,
    start: startDay,
    end: endDay,
    ...(reason !== null && { reason }),
    createdBy,
    createdAt,
  };
}
