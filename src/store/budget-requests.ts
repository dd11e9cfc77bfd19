/** Budgets that somebody asks for, until an approver decides. */
import { BUDGET_METRICS, BUDGET_PERIODS, type BudgetTerms } from '../core/budget.ts';
import type { StoreTransaction } from './open.ts';

export const REQUEST_STATES = ['open', 'approved', 'declined', 'withdrawn', 'expired'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export interface NewBudgetRequest extends BudgetTerms {
  /** Scope as text. */
  readonly scope: string;
  readonly reason?: string;
  /** The team that answers for the scope. */
  readonly team?: string;
  /** As `actorKey` writes it. */
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

export interface StoredBudgetRequest extends NewBudgetRequest {
  readonly id: number;
  readonly status: RequestState;
  readonly decidedBy?: string;
  readonly decidedAt?: Date;
  /** What the decider said. */
  readonly note?: string;
}

const COST = 'cost';

/** Returns its number. */
export async function addBudgetRequest(tx: StoreTransaction, request: NewBudgetRequest): Promise<number> {
  const { metric, startDay, endDay, reason, team, ...rest } = request;
  const row = await tx.budgetRequest.create({
    data: {
      ...rest,
      metric: metric ?? COST,
      startDay: startDay ?? null,
      endDay: endDay ?? null,
      reason: reason ?? null,
      team: team ?? null,
      status: 'open' satisfies RequestState,
    },
  });
  return row.id;
}

export async function readBudgetRequest(
  store: StoreTransaction,
  id: number,
): Promise<StoredBudgetRequest | undefined> {
  const row = await store.budgetRequest.findUnique({ where: { id } });
  return row ? toRequest(row) : undefined;
}

/** Newest first; those that wait for a decision, or the latest of all. */
export async function listBudgetRequests(
  store: StoreTransaction,
  { open, limit = 100 }: { readonly open: boolean; readonly limit?: number },
): Promise<StoredBudgetRequest[]> {
  const rows = await store.budgetRequest.findMany({
    ...(open && { where: { status: 'open' satisfies RequestState } }),
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.flatMap((row) => toRequest(row) ?? []);
}

/** Ends an open request; false when it is not open any more. */
export async function settleBudgetRequest(
  tx: StoreTransaction,
  id: number,
  end: { readonly status: RequestState; readonly by?: string; readonly at: Date; readonly note?: string },
): Promise<boolean> {
  const { count } = await tx.budgetRequest.updateMany({
    where: { id, status: 'open' satisfies RequestState },
    data: { status: end.status, decidedBy: end.by ?? null, decidedAt: end.at, note: end.note ?? null },
  });
  return count > 0;
}

type Row = NonNullable<Awaited<ReturnType<StoreTransaction['budgetRequest']['findUnique']>>>;

function toRequest(row: Row): StoredBudgetRequest | undefined {
  const period = BUDGET_PERIODS.find((name) => name === row.period);
  const metric = BUDGET_METRICS.find((name) => name === row.metric);
  const status = REQUEST_STATES.find((name) => name === row.status);
  if (!period || !status || (!metric && row.metric !== COST)) return undefined;
  return {
    id: row.id,
    scope: row.scope,
    period,
    ...(metric && { metric }),
    amountMicros: row.amountMicros,
    currency: row.currency,
    ...(row.startDay !== null && { startDay: row.startDay }),
    ...(row.endDay !== null && { endDay: row.endDay }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.team !== null && { team: row.team }),
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt,
    expiresAt: row.expiresAt,
    status,
    ...(row.decidedBy !== null && { decidedBy: row.decidedBy }),
    ...(row.decidedAt !== null && { decidedAt: row.decidedAt }),
    ...(row.note !== null && { note: row.note }),
  };
}
