/** Sends a draft: the chosen resources, the reason, how many must approve and why; small things in live mode go at once. */
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { parseScope } from '../../core/scope.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { moveItem } from '../../store/proposals/items.ts';
import { listProposals, moveProposal, type StoredItem, type StoredProposal } from '../../store/proposals.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { refusal } from '../refused.ts';
import { demand, findStanding } from '../standing.ts';
import { afterwards } from './afterwards.ts';
import { findProposalApprovers, type ProposalApprovers } from './approvers.ts';
import { auditProposal } from './audit.ts';
import { demandProposal, demandState } from './demand-proposal.ts';
import { needOf } from './need.ts';
import { identityOf } from './same-resource.ts';
import { tellProposal } from './tell.ts';
import { quietEnd } from './when.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface RequestChoice {
  /** Ids of the items; absent: those that are chosen in the draft. */
  readonly items?: readonly number[];
  readonly reason?: string;
}

/** A schedule of pennywatch.yaml asks: its stop is of no use any more once it would start again, at `until` (ms). */
export interface Standing {
  readonly until?: number;
}

/**
 * Throws INVALID when nothing (or too much) is chosen, CONFLICT when another proposal is about the same resource or the
 * draft is too old, FORBIDDEN for somebody who may not propose.
 */
export async function requestProposal(
  context: Context,
  actor: Actor,
  id: number,
  choice: RequestChoice,
  { newId, standing }: { readonly newId: NewId; readonly standing?: Standing },
): Promise<{ readonly proposal: StoredProposal; readonly approvers: ProposalApprovers }> {
  const { store, settings } = context;
  const draft = await demandProposal(store, id);
  const who = await findStanding(context, actor);
  const chosen = chooseItems(draft, choice, settings.actions.limits.resourcesPerProposal);
  const asked = {
    ...draft,
    requestedBy: actorKey(actor),
    items: chosen.map((item) => ({ ...item, state: 'planned' as const })),
  };
  const approvers = await findProposalApprovers(context, asked, { called: true });
  const made = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const place = { store: tx, settings };
    const scope = parseScope(draft.scope);
    const team = draft.team === undefined ? {} : { team: draft.team };
    await demand(place, actor, { kind: 'propose', scope, ...team }, who);
    demandState(await demandProposal(tx, id), ['draft'], context.now());
    demandOwnKind(draft, actor);
    await refuseTwice(tx, id, chosen);
    const now = context.now();
    const at = new Date(now);
    const quiet = quietEnd(draft, now, settings);
    const saving = savingOf(chosen);
    const need = needOf(asked, settings, {
      standing: standing !== undefined,
      asker: who,
      atOnceMicros: await atOnce(tx, asked, now),
    });
    await chooseInStore(tx, draft, chosen);
    await moveProposal(tx, id, ['draft'], need.approvalsNeeded === 0 ? 'approved' : 'waiting', {
      // Whoever sends it asks for it, whoever looked first: nobody approves what they sent.
      requestedBy: asked.requestedBy,
      mode: settings.actions.mode,
      requestedAt: at,
      expiresAt: new Date(
        Math.min(
          (quiet ?? now) + settings.actions.expireHours * HOUR_MS,
          standing?.until ?? Number.POSITIVE_INFINITY,
        ),
      ),
      ...need,
      ...(choice.reason && { reason: choice.reason }),
      ...(saving !== undefined && { savingMicros: saving }),
      ...(quiet !== undefined && { notBefore: new Date(quiet) }),
    });
    const proposal = await demandProposal(tx, id);
    await auditProposal(tx, 'request', proposal, {
      actor: actorKey(actor),
      at,
      facts: {
        reason: choice.reason,
        approvalsNeeded: need.approvalsNeeded,
        resources: chosen.map(({ resourceId, action }) => ({ resourceId, action })),
      },
    });
    await tellProposal(tx, { context, newId }, proposal, { approvers });
    return { proposal, approvers };
  });
  await afterwards(context, made.proposal);
  return made;
}

/** What a schedule or a time that is over looked for is theirs: other rules hold for it. Throws CONFLICT. */
function demandOwnKind({ id, origin, scope }: StoredProposal, actor: Actor): void {
  if (origin === undefined || actor.kind === 'system') return;
  throw refusal(
    'propose',
    `proposal:${id}`,
    new AppError('CONFLICT', `Proposal ${id} is not a person's: Pennywatch made it for ${origin}.`, {
      hint: `Make your own: stop ${scope}.`,
    }),
  );
}

/** Micros a day of what the same person stopped in the last day without anybody's approval. */
async function atOnce(
  tx: StoreTransaction,
  { id, requestedBy, currency }: StoredProposal,
  now: number,
): Promise<bigint> {
  const recent = await listProposals(tx, { since: new Date(now - DAY_MS), requestedBy });
  return recent
    .filter((one) => one.id !== id && one.approvalsNeeded === 0 && one.undoOf === undefined)
    .filter((one) => one.currency === currency && !['withdrawn', 'declined', 'expired'].includes(one.status))
    .flatMap(({ items }) => items.filter(({ state }) => state !== 'refused' && state !== 'skipped'))
    .reduce((sum, { costMicros = 0n }) => sum + costMicros, 0n);
}

function chooseItems(draft: StoredProposal, { items }: RequestChoice, most: number): StoredItem[] {
  const possible = draft.items.filter(({ state }) => state === 'planned' || state === 'skipped');
  const chosen = items
    ? possible.filter(({ id }) => items.includes(id))
    : possible.filter(({ state }) => state === 'planned');
  const foreign = items?.find((id) => !possible.some((item) => item.id === id));
  if (foreign !== undefined)
    throw new AppError('INVALID', `Nothing can be done with number ${foreign} of this proposal.`, {
      hint: `See which there are: proposal ${draft.id}.`,
    });
  if (chosen.length === 0)
    throw new AppError('INVALID', 'Nothing is chosen.', {
      hint:
        possible.length > 0
          ? `Choose one resource at least, by its number: proposal ${draft.id} request ${possible[0]?.id ?? 1}.`
          : `Each was refused; see why: proposal ${draft.id}.`,
    });
  if (chosen.length > most)
    throw new AppError(
      'LIMIT',
      `${chosen.length} resources are chosen; one proposal may act on ${most} at most.`,
      {
        hint: 'Choose fewer, or have an admin raise actions.limits.resourcesPerProposal in pennywatch.yaml.',
      },
    );
  return chosen;
}

/** Two proposals about one resource would undo each other. */
async function refuseTwice(
  tx: StoreTransaction,
  proposalId: number,
  chosen: readonly StoredItem[],
): Promise<void> {
  const open = await listProposals(tx, { status: ['waiting', 'approved', 'running'] });
  for (const item of chosen) {
    const other = open.find(
      ({ id, items }) => id !== proposalId && items.some((one) => isBusyWith(one, item)),
    );
    if (other)
      throw new AppError('CONFLICT', `${item.name} is in proposal ${other.id} already.`, {
        hint: `See it: proposal ${other.id}. Choose the others only, or wait until it is over.`,
      });
  }
}

/** Under whatever id the bill has it. */
function isBusyWith(one: StoredItem, item: StoredItem): boolean {
  return (
    ['planned', 'started', 'unclear'].includes(one.state) &&
    (one.resourceId === item.resourceId || identityOf(one) === identityOf(item))
  );
}

async function chooseInStore(
  tx: StoreTransaction,
  { items }: StoredProposal,
  chosen: readonly StoredItem[],
): Promise<void> {
  const ids = new Set(chosen.map(({ id }) => id));
  for (const { id, state } of items) {
    if (state === 'planned' && !ids.has(id)) await moveItem(tx, id, ['planned'], 'skipped');
    if (state === 'skipped' && ids.has(id)) await moveItem(tx, id, ['skipped'], 'planned');
  }
}

/** Undefined when it is unknown of one of them. */
function savingOf(items: readonly StoredItem[]): bigint | undefined {
  if (items.some(({ savingMicros }) => savingMicros === undefined)) return undefined;
  return items.reduce((sum, { savingMicros = 0n }) => sum + savingMicros, 0n);
}
