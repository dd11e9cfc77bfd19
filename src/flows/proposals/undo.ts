/** Brings back what a proposal did, with the settings that were remembered: once, and within its time. */
import { randomUUID } from 'node:crypto';
import type { ProposalKind } from '../../core/action.ts';
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { parseScope } from '../../core/scope.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { busyElsewhere } from '../../store/proposals/items.ts';
import {
  addProposal,
  listProposals,
  type NewItem,
  type StoredItem,
  type StoredProposal,
} from '../../store/proposals.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { demand, findStanding } from '../standing.ts';
import { afterwards } from './afterwards.ts';
import { auditProposal } from './audit.ts';
import { demandProposal } from './demand-proposal.ts';
import { canBeUndone } from './plan-candidate.ts';
import { standsAsUndone } from './stands.ts';
import { tellProposal } from './tell.ts';
import type { ActionParts } from './types.ts';

const DAY_MS = 86_400_000;

/**
 * Throws FORBIDDEN, or CONFLICT when nothing was done, its time is over, or it was undone already. What a schedule
 * stopped it starts again however long that is ago: holidays are longer than people may undo.
 */
export async function undoProposal(
  context: Context,
  parts: ActionParts,
  actor: Actor,
  id: number,
  {
    newId,
    kind = 'undo',
    origin,
    only = () => true,
  }: {
    readonly newId: NewId;
    readonly kind?: ProposalKind;
    readonly origin?: string;
    /** Leaves resources as they are that it says no to. */
    readonly only?: (item: StoredItem) => boolean;
  },
): Promise<StoredProposal> {
  const who = await findStanding(context, actor);
  const undo = await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const original = await demandProposal(tx, id);
    const { team, scope } = original;
    await demand(
      { store: tx, settings: context.settings },
      actor,
      {
        kind: 'undo',
        scope: parseScope(scope),
        ...(team !== undefined && { team }),
        subject: `proposal:${id}`,
      },
      who,
    );
    demandUndo(original, kind === 'on-hours' ? 0 : context.now());
    const [before] = await listProposals(tx, { undoOf: id, limit: 1 });
    if (before && standsAsUndone(before))
      throw new AppError('CONFLICT', `Proposal ${id} was undone already.`, {
        hint: `See it: proposal ${before.id}.`,
      });
    const wanted = original.items.filter(
      (item) =>
        (item.state === 'done' || item.state === 'unclear') &&
        canBeUndone(
          parts.actions.find(({ id }) => id === item.action),
          item.before,
        ) &&
        only(item),
    );
    const items = await withoutStops(tx, id, wanted, kind);
    const at = new Date(context.now());
    const undoId = await addProposal(tx, {
      kind,
      scope,
      title: `Undo of proposal ${id}`,
      ...(original.anomalyId !== undefined && { anomalyId: original.anomalyId }),
      ...(team !== undefined && { team }),
      ...(origin !== undefined && { origin }),
      status: 'approved',
      mode: context.settings.actions.mode,
      requestedBy: actorKey(actor),
      createdAt: at,
      requestedAt: at,
      expiresAt: new Date(at.getTime() + DAY_MS),
      approvalsNeeded: 0,
      policy: [],
      currency: original.currency,
      undoOf: id,
      items: items.map(toUndo),
    });
    const made = await demandProposal(tx, undoId);
    await auditProposal(tx, 'undo', made, { actor: actorKey(actor), at, facts: { of: id } });
    await tellProposal(tx, { context, newId }, original, { actions: parts.actions, quiet: true });
    return made;
  });
  return afterwards(context, undo);
}

/**
 * Without what an approved proposal is about to stop again: the two would race. Throws CONFLICT for a person; a schedule
 * starts the others.
 */
async function withoutStops(
  tx: StoreTransaction,
  id: number,
  items: readonly StoredItem[],
  kind: ProposalKind,
): Promise<StoredItem[]> {
  const free: StoredItem[] = [];
  for (const item of items) {
    const other = await busyElsewhere(tx, item.resourceId, { proposalId: id });
    const status = other && (await demandProposal(tx, other.proposalId)).status;
    if (status !== 'approved' && status !== 'running') free.push(item);
    else if (kind === 'undo')
      throw new AppError('CONFLICT', `${item.name} is in proposal ${other?.proposalId}, which runs now.`, {
        hint: `Wait until it is over, or have it declined: proposal ${other?.proposalId}.`,
      });
  }
  return free;
}

function demandUndo({ id, status, undoUntil, undoOf, mode }: StoredProposal, now: number): void {
  const refuse = (message: string, hint: string) => {
    throw new AppError('CONFLICT', message, { hint });
  };
  if (undoOf !== undefined) refuse(`Proposal ${id} is an undo itself.`, `Stop it again with: stop.`);
  if (mode === 'dry-run')
    refuse(`Proposal ${id} was a dry run: nothing was called.`, 'So there is nothing to undo.');
  if (status !== 'done' && status !== 'partly')
    refuse(`Proposal ${id} is ${status}: there is nothing to undo.`, `See it: proposal ${id}.`);
  if (!undoUntil) refuse('What was done cannot be undone.', `See what it was: proposal ${id}.`);
  else if (undoUntil.getTime() <= now)
    refuse('The time in which it could be undone is over.', 'Start it again at its provider.');
}

function toUndo({
  id: _id,
  attempts: _a,
  startedAt: _s,
  finishedAt: _f,
  said: _w,
  ...item
}: StoredItem): NewItem {
  return { ...item, state: 'planned', key: randomUUID() };
}
