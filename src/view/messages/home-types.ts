/** What the app's home knows of its reader. Amounts are micros. */
import type { ActionMode, ProposalState } from '../../core/action.ts';
import type { AnomalyShown } from './anomaly-words.ts';

export interface HomeMine {
  /** Open ones first. */
  readonly anomalies: readonly AnomalyShown[];
  /** What waits for the reader first. */
  readonly proposals: readonly HomeProposal[];
  readonly limits: readonly HomeLimit[];
  readonly reports: readonly {
    readonly scope: string;
    readonly frequency: string;
    readonly to: 'you' | 'team';
  }[];
  /** In words. */
  readonly mayChange: string;
  readonly mode: ActionMode;
  readonly timeZone: string;
}

export interface HomeProposal {
  readonly id: number;
  readonly title: string;
  /** approve: it waits for the reader. asked: the reader asked for it. */
  readonly role: 'approve' | 'asked';
  /** Who asked, by name. */
  readonly by: string;
  readonly status: ProposalState;
  readonly expiresAt: Date;
  readonly currency: string;
  /** Per day; absent: unknown. */
  readonly savingMicros?: bigint;
  readonly approved: number;
  readonly approvalsNeeded: number;
}

/** Until when something may go on. */
export interface HomeLimit {
  readonly scope: string;
  readonly until: Date;
}
