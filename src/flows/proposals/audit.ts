/** What audit entries say about proposals and about each resource. */
import { appendAudit } from '../../store/audit.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { StoredItem, StoredProposal } from '../../store/proposals.ts';

export type ProposalVerb =
  | 'request'
  | 'approve'
  | 'decline'
  | 'withdraw'
  | 'expire'
  | 'start'
  | 'resume'
  | 'hold'
  | 'finish'
  | 'undo'
  | 'reconcile';

/** In the transaction of what happened. `facts` hold no secrets. */
export async function auditProposal(
  tx: StoreTransaction,
  verb: ProposalVerb,
  { id, kind, scope, mode, undoOf }: Pick<StoredProposal, 'id' | 'kind' | 'scope' | 'mode' | 'undoOf'>,
  by: { readonly actor: string; readonly at: Date; readonly facts?: Readonly<Record<string, unknown>> },
): Promise<void> {
  await appendAudit(tx, {
    at: by.at,
    actor: by.actor,
    action: `proposal.${verb}`,
    subject: `proposal:${id}`,
    after: JSON.stringify({ kind, scope, mode, ...(undoOf !== undefined && { undoOf }), ...by.facts }),
  });
}

/** started: a call may be made from now on. finished: what became of it. */
export async function auditItem(
  tx: StoreTransaction,
  verb: 'started' | 'finished' | 'refused',
  { resourceId, action, key, attempts }: Pick<StoredItem, 'resourceId' | 'action' | 'key' | 'attempts'>,
  by: {
    readonly actor: string;
    readonly at: Date;
    readonly proposal: number;
    readonly facts?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await appendAudit(tx, {
    at: by.at,
    actor: by.actor,
    action: `action.${verb}`,
    subject: `resource:${resourceId}`,
    after: JSON.stringify({ proposal: by.proposal, action, key, attempt: attempts, ...by.facts }),
  });
}
