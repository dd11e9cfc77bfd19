/** Which process runs a proposal: one at a time, for as long as it says that it still does. */
import type { StoreTransaction } from '../open.ts';

/** Proposals that wait to be run, or whose run nobody claims any more. Oldest first. */
export async function dueProposals(
  store: StoreTransaction,
  now: Date,
): Promise<{ readonly id: number; readonly claimedBy?: string }[]> {
  const rows = await store.proposal.findMany({
    where: {
      OR: [
        { status: 'approved', OR: [{ notBefore: null }, { notBefore: { lte: now } }] },
        { status: 'running' },
      ],
    },
    select: { id: true, status: true, claimedBy: true, claimedUntil: true },
    orderBy: { id: 'asc' },
  });
  return rows
    .filter(({ status, claimedUntil }) => status === 'approved' || !claimedUntil || claimedUntil <= now)
    .map(({ id, claimedBy }) => ({ id, ...(claimedBy !== null && { claimedBy }) }));
}

/** Runs whose claim has not ended, by whom: a process that died is found by its name. */
export async function claimedProposals(
  store: StoreTransaction,
  now: Date,
): Promise<{ readonly id: number; readonly claimedBy: string }[]> {
  const rows = await store.proposal.findMany({
    where: { status: 'running', claimedUntil: { gt: now }, claimedBy: { not: null } },
    select: { id: true, claimedBy: true },
  });
  return rows.flatMap(({ id, claimedBy }) => (claimedBy === null ? [] : [{ id, claimedBy }]));
}

/**
 * Takes a proposal that is approved, or running under nobody's claim (or under `over`, a process known to be dead).
 * False when somebody else was quicker.
 */
export async function claimProposal(
  tx: StoreTransaction,
  id: number,
  claim: { readonly owner: string; readonly now: Date; readonly until: Date; readonly over?: string },
): Promise<boolean> {
  const { owner, now, until, over } = claim;
  const { count } = await tx.proposal.updateMany({
    where: {
      id,
      OR: [
        { status: 'approved' },
        { status: 'running', claimedUntil: { lte: now } },
        { status: 'running', claimedUntil: null },
        ...(over === undefined ? [] : [{ status: 'running', claimedBy: over }]),
      ],
    },
    data: { status: 'running', claimedBy: owner, claimedUntil: until },
  });
  return count === 1;
}

/** Holds the claim longer; false when it was lost. */
export async function renewClaim(
  tx: StoreTransaction,
  id: number,
  { owner, until }: { readonly owner: string; readonly until: Date },
): Promise<boolean> {
  const { count } = await tx.proposal.updateMany({
    where: { id, status: 'running', claimedBy: owner },
    data: { claimedUntil: until },
  });
  return count === 1;
}
