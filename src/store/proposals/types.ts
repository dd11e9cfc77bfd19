/** Proposals as they are kept. Amounts are micros of the proposal's currency. */
import type { ActionMode, ItemState, ProposalKind, ProposalState, ResourceRef } from '../../core/action.ts';

export interface StoredProposal {
  readonly id: number;
  readonly kind: ProposalKind;
  readonly scope: string;
  readonly title: string;
  readonly anomalyId?: number;
  readonly team?: string;
  readonly status: ProposalState;
  readonly mode: ActionMode;
  readonly reason?: string;
  /** As actorKey writes it. */
  readonly requestedBy: string;
  readonly createdAt: Date;
  readonly requestedAt?: Date;
  readonly expiresAt: Date;
  readonly approvalsNeeded: number;
  /** Why so many, in words. */
  readonly policy: readonly string[];
  readonly notBefore?: Date;
  readonly currency: string;
  readonly savingMicros?: bigint;
  readonly undoOf?: number;
  readonly undoUntil?: Date;
  readonly origin?: string;
  readonly claimedBy?: string;
  readonly claimedUntil?: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  readonly endedBy?: string;
  readonly note?: string;
  readonly items: readonly StoredItem[];
  readonly approvals: readonly StoredApproval[];
}

export interface StoredItem {
  readonly id: number;
  readonly resourceId: string;
  readonly ref?: ResourceRef;
  readonly name: string;
  readonly provider?: string;
  readonly account?: string;
  /** Id of the action; absent where none fits. */
  readonly action?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly plan?: ItemPlan;
  readonly environment?: string;
  readonly owner?: string;
  /** Per day; absent: unknown. */
  readonly costMicros?: bigint;
  readonly savingMicros?: bigint;
  readonly state: ItemState;
  /** Why it is refused, or what came out; one sentence. */
  readonly said?: string;
  /** Settings to bring back, as read just before acting. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** Idempotency key, the same at every attempt. */
  readonly key: string;
  readonly attempts: number;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
}

/** What was shown when it was proposed: the plan without what undo needs. */
export interface ItemPlan {
  readonly state?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly details: readonly { readonly label: string; readonly value: string }[];
  readonly calls: readonly string[];
  readonly effect: string;
  readonly already?: boolean;
  readonly reversible: boolean;
  readonly risk: 'low' | 'medium' | 'high';
  /** Teams it belongs to, by its tags or by the bill. */
  readonly teams?: readonly string[];
  readonly past: string;
  readonly verb: string;
}

export interface StoredApproval {
  readonly email: string;
  readonly actor: string;
  readonly verdict: 'approve' | 'decline';
  readonly note?: string;
  readonly at: Date;
}

export type NewProposal = Omit<StoredProposal, 'id' | 'items' | 'approvals'> & {
  readonly items: readonly NewItem[];
};
export type NewItem = Omit<StoredItem, 'id' | 'attempts'>;
