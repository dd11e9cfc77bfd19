/** What somebody wants done with resources: kept from the first look until it is undone. No decisions. */
import {
  ACTION_MODES,
  ITEM_STATES,
  PROPOSAL_KINDS,
  PROPOSAL_STATES,
  type ProposalState,
} from '../core/action.ts';
import type { Prisma } from './generated/client.ts';
import type { StoreTransaction } from './open.ts';
import type { NewItem, NewProposal, StoredApproval, StoredItem, StoredProposal } from './proposals/types.ts';

export type {
  ItemPlan,
  NewItem,
  NewProposal,
  StoredApproval,
  StoredItem,
  StoredProposal,
} from './proposals/types.ts';

const WITH = { items: { orderBy: { id: 'asc' } }, approvals: { orderBy: { id: 'asc' } } } as const;
type Row = Prisma.ProposalGetPayload<{ include: { items: true; approvals: true } }>;

export async function addProposal(
  tx: StoreTransaction,
  { items, ...proposal }: NewProposal,
): Promise<number> {
  const { policy, ...facts } = proposal;
  const { id } = await tx.proposal.create({
    data: { ...facts, policy: JSON.stringify(policy), items: { create: items.map(itemRow) } },
    select: { id: true },
  });
  return id;
}

export async function readProposal(store: StoreTransaction, id: number): Promise<StoredProposal | undefined> {
  const row = await store.proposal.findUnique({ where: { id }, include: WITH });
  return row ? toProposal(row) : undefined;
}

export interface ProposalFilter {
  readonly status?: readonly ProposalState[];
  readonly anomalyId?: number;
  readonly scope?: string;
  readonly origin?: string;
  readonly undoOf?: number;
  readonly requestedBy?: string;
  readonly since?: Date;
  readonly limit?: number;
}

/** Newest first. */
export async function listProposals(
  store: StoreTransaction,
  filter: ProposalFilter,
): Promise<StoredProposal[]> {
  const { status, since, limit, ...columns } = filter;
  const rows = await store.proposal.findMany({
    where: {
      ...columns,
      ...(status && { status: { in: [...status] } }),
      ...(since && { createdAt: { gte: since } }),
    },
    include: WITH,
    orderBy: { id: 'desc' },
    ...(limit !== undefined && { take: limit }),
  });
  return rows.map(toProposal);
}

/** What may be written of a proposal after it was made. */
export type ProposalChange = Partial<
  Pick<
    StoredProposal,
    | 'mode'
    | 'reason'
    | 'requestedBy'
    | 'requestedAt'
    | 'expiresAt'
    | 'approvalsNeeded'
    | 'notBefore'
    | 'savingMicros'
    | 'undoUntil'
    | 'startedAt'
    | 'finishedAt'
    | 'endedBy'
    | 'note'
  >
> & { readonly policy?: readonly string[] };

/** Moves it on, unless somebody else was quicker: false when it is in none of the states `from`. */
export async function moveProposal(
  tx: StoreTransaction,
  id: number,
  from: readonly ProposalState[],
  to: ProposalState,
  { policy, ...change }: ProposalChange = {},
): Promise<boolean> {
  const { count } = await tx.proposal.updateMany({
    where: { id, status: { in: [...from] } },
    data: { ...change, status: to, ...(policy && { policy: JSON.stringify(policy) }) },
  });
  return count === 1;
}

/** Adds what somebody decided; false when that person has decided already. */
export async function addApproval(
  tx: StoreTransaction,
  proposalId: number,
  approval: StoredApproval,
): Promise<boolean> {
  const where = { proposalId_email: { proposalId, email: approval.email } };
  if (await tx.proposalApproval.findUnique({ where, select: { id: true } })) return false;
  await tx.proposalApproval.create({ data: { ...approval, proposalId } });
  return true;
}

/** Drafts that nobody sent, made before `before`. */
export async function forgetDrafts(tx: StoreTransaction, before: Date): Promise<number> {
  return (await tx.proposal.deleteMany({ where: { status: 'draft', createdAt: { lt: before } } })).count;
}

function itemRow(item: NewItem) {
  const { ref, parameters, plan, before, ...facts } = item;
  return {
    ...facts,
    ref: ref ? JSON.stringify(ref) : null,
    parameters: JSON.stringify(parameters),
    plan: plan ? JSON.stringify(plan) : null,
    before: before ? JSON.stringify(before) : null,
  };
}

function toProposal({ items, approvals, policy, ...row }: Row): StoredProposal {
  return {
    ...present(row),
    kind: oneOf(PROPOSAL_KINDS, row.kind, 'shut-down'),
    status: oneOf(PROPOSAL_STATES, row.status, 'failed'),
    mode: oneOf(ACTION_MODES, row.mode, 'dry-run'),
    policy: JSON.parse(policy) as string[],
    items: items.map(toItem),
    approvals: approvals.map(({ email, actor, verdict, note, at }) => ({
      email,
      actor,
      verdict: verdict === 'approve' ? ('approve' as const) : ('decline' as const),
      ...(note !== null && { note }),
      at,
    })),
  };
}

export function toItem(row: Row['items'][number]): StoredItem {
  const { ref, plan, before, parameters, proposalId: _, ...facts } = row;
  return {
    ...present(facts),
    state: oneOf(ITEM_STATES, row.state, 'unclear'),
    parameters: JSON.parse(parameters) as Record<string, string>,
    ...(ref !== null && { ref: JSON.parse(ref) as NonNullable<StoredItem['ref']> }),
    ...(plan !== null && { plan: JSON.parse(plan) as NonNullable<StoredItem['plan']> }),
    ...(before !== null && { before: JSON.parse(before) as Record<string, unknown> }),
  };
}

/** Without its nulls. */
type Present<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null>;
};

function present<T extends object>(row: T): Present<T> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<T>;
}

function oneOf<T extends string>(values: readonly T[], text: string, otherwise: T): T {
  return values.find((value) => value === text) ?? otherwise;
}
