/** Proposals as messages show them: with names instead of ids. Amounts are micros of the proposal's currency a day. */
import type { ActionMode, ItemState, ProposalKind, ProposalState } from '../../core/action.ts';
import type { Day } from '../../core/day.ts';

export interface ProposalShown {
  readonly id: number;
  readonly kind: ProposalKind;
  readonly scope: string;
  readonly title: string;
  readonly status: ProposalState;
  readonly mode: ActionMode;
  readonly reason?: string;
  readonly anomalyId?: number;
  readonly team?: string;
  /** Who asked, by name. */
  readonly by: string;
  readonly createdAt: Date;
  readonly requestedAt?: Date;
  readonly expiresAt: Date;
  readonly notBefore?: Date;
  readonly approvalsNeeded: number;
  readonly policy: readonly string[];
  readonly approvals: readonly {
    readonly name: string;
    readonly verdict: 'approve' | 'decline';
    readonly note?: string;
    readonly at: Date;
  }[];
  readonly approvers: readonly ApproverShown[];
  readonly currency: string;
  /** Expected; absent: unknown. */
  readonly savingMicros?: bigint;
  readonly items: readonly ItemShown[];
  readonly finishedAt?: Date;
  /** Who took it back or declined it, by name. */
  readonly endedBy?: string;
  readonly note?: string;
  readonly undoOf?: number;
  /** Set while it can be undone. */
  readonly undoUntil?: Date;
  readonly undoTitle?: string;
  /** Proposals that undid it or are about to, newest first. */
  readonly undoneBy?: { readonly id: number; readonly by: string; readonly status: ProposalState };
  readonly origin?: string;
}

export interface ApproverShown {
  readonly name: string;
  /** Who it is on the platform that the message goes to. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly group?: boolean;
}

export interface ItemShown {
  readonly id: number;
  readonly resourceId: string;
  readonly name: string;
  readonly provider?: string;
  readonly account?: string;
  /** "Stop EC2 instance" */
  readonly title?: string;
  /** "stop" and "stopped" */
  readonly verb: string;
  readonly past: string;
  readonly state: ItemState;
  /** Why it is refused, or what came out. */
  readonly said?: string;
  /** As it was when it was looked at. */
  readonly live?: string;
  readonly createdAt?: Date;
  readonly details: readonly { readonly label: string; readonly value: string }[];
  readonly tags: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly owner?: string;
  readonly effect?: string;
  readonly reversible: boolean;
  readonly costMicros?: bigint;
  readonly savingMicros?: bigint;
}

export interface When {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly today: Day;
  readonly timeZone: string;
}
