/** Proposals as messages show them: with names, and whether they can be undone. */
import type { ProviderAction } from '../../actions/types.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { listProposals, type StoredItem, type StoredProposal } from '../../store/proposals.ts';
import type { ApproverShown, ItemShown, ProposalShown } from '../../view/messages/proposal-types.ts';
import { idsOf } from '../person-ids.ts';
import { actorNames } from '../standing.ts';
import type { ProposalApprovers } from './approvers.ts';
import { standsAsUndone } from './stands.ts';

export interface ShowParts {
  /** Titles of actions and of what undoes them; absent: ids. */
  readonly actions?: readonly ProviderAction[];
  readonly approvers?: ProposalApprovers;
}

export async function showProposal(
  store: StoreTransaction,
  proposal: StoredProposal,
  { actions = [], approvers }: ShowParts = {},
): Promise<ProposalShown> {
  const nameOf = await actorNames(store);
  const { requestedBy, endedBy, approvals, items, claimedBy: _c, claimedUntil: _u, ...facts } = proposal;
  const [undo] = await listProposals(store, { undoOf: proposal.id, limit: 1 });
  const undone = undo && standsAsUndone(undo) ? undo : undefined;
  const undoTitle = items
    .filter(({ state }) => state === 'done')
    .map(({ action }) => actions.find(({ id }) => id === action)?.undo?.title)
    .find((title) => title !== undefined);
  return {
    ...facts,
    by: originName(proposal.origin) ?? nameOf(requestedBy),
    ...(endedBy !== undefined && { endedBy: nameOf(endedBy) }),
    approvals: approvals.map(({ actor, verdict, note, at }) => ({
      name: nameOf(actor),
      verdict,
      ...(note !== undefined && { note }),
      at,
    })),
    approvers: approvers ? shownApprovers(approvers) : [],
    items: items.map((item) => showItem(item, actions, proposal.undoOf !== undefined)),
    ...(undoTitle !== undefined && { undoTitle: undoTitle.toLowerCase() }),
    ...(undone && { undoneBy: { id: undone.id, by: nameOf(undone.requestedBy), status: undone.status } }),
  };
}

/** Who asks where nobody did: "schedule:dev-nights", "ttl:experiment:ablation-7". */
function originName(origin: string | undefined): string | undefined {
  const [, kind, name = ''] = /^(schedule|ttl):(.+)$/s.exec(origin ?? '') ?? [];
  if (kind === 'schedule') return `Schedule ${name}`;
  return kind === 'ttl' ? `The time limit of ${name}` : undefined;
}

/** People first, then groups; whoever asked is not among them. */
function shownApprovers({ people, groups }: ProposalApprovers): ApproverShown[] {
  return [
    ...people.map(({ name, identities }): ApproverShown => ({ name, ids: idsOf(identities) })),
    ...groups.map((name): ApproverShown => ({ name, group: true })),
  ];
}

function showItem(item: StoredItem, actions: readonly ProviderAction[], undoes: boolean): ItemShown {
  const { plan, ref: _r, before: _b, action, parameters: _p, key: _k, attempts: _a, ...facts } = item;
  const known = actions.find(({ id }) => id === action);
  const about = known?.about;
  return {
    ...facts,
    ...(about ? { title: about.title } : action !== undefined ? { title: action } : {}),
    ...(undoes
      ? { verb: 'start again', past: known?.undo?.past ?? 'started again' }
      : { verb: plan?.verb ?? about?.verb ?? 'stop', past: plan?.past ?? about?.past ?? 'stopped' }),
    ...(plan?.state !== undefined && { live: plan.state }),
    ...(plan?.createdAt !== undefined && { createdAt: new Date(plan.createdAt) }),
    details: plan?.details ?? [],
    tags: plan?.tags ?? {},
    ...(plan?.effect !== undefined && { effect: plan.effect }),
    reversible: plan?.reversible ?? false,
  };
}
