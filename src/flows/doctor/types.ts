/** What doctor is given and what it reports. */
import type { Directory } from '../../chat/types.ts';
import type { ActionAccount } from '../../core/action.ts';
import type { Settings, SourceSettings } from '../../core/settings.ts';
import type { SourceCheck, SourceFacts } from '../../sources/types.ts';

export interface DoctorInput {
  /** The clock, milliseconds since the epoch. */
  readonly now: () => number;
  /** The configuration as far as it is usable, and everything that is wrong with it. */
  readonly config: { readonly path?: string; readonly settings?: Settings; readonly error?: unknown };
  readonly databaseUrl: string;
  /** Every chat platform there is, configured or not. */
  readonly platforms: readonly PlatformToCheck[];
  /** Asks the other side of every configured source; absent: nothing outside this machine is asked of them. */
  readonly sources?: SourcesToCheck;
  /** What acting needs of the outside; absent: accounts, secrets and user groups are not looked at. */
  readonly actions?: ActionsToCheck;
  /** Folder of the templates; the program's own unless a test says otherwise. */
  readonly templates?: string;
  /** Font files as module paths; the charts' own unless a test says otherwise. */
  readonly fonts?: readonly string[];
  /** How long a platform may take to answer, in milliseconds. */
  readonly patience?: number;
}

export interface SourcesToCheck {
  /** What is known of a kind of source. Throws CONFIG for one there is not. */
  about(kind: string): Pick<SourceFacts, 'variables' | 'requestPrice'>;
  /** A variable of the environment; only whether it is set is looked at. */
  variable(name: string): string | undefined;
  /** Whether polling would work now; throws CONFIG when the source's settings are wrong. */
  check(source: SourceSettings): Promise<readonly SourceCheck[]>;
}

export interface ActionsToCheck {
  /** A variable of the environment; only whether it is set is looked at. */
  variable(name: string): string | undefined;
  /** How the account is reached, as a sentence. Throws AppError when it cannot be: CONFIG, or UPSTREAM. */
  reach(account: ActionAccount, signal: AbortSignal): Promise<string>;
  /** Per chat platform that is set up, who people are there. */
  readonly directories: Readonly<Record<string, Directory>>;
}

export interface PlatformToCheck {
  readonly id: string;
  readonly title: string;
  /** How to switch it on, as a sentence. */
  readonly setUp: string;
  /** Asks the platform whether the credentials work (with something to mend all the same); absent when none are set. */
  readonly check?: () => Promise<{ readonly ok: boolean; readonly detail: string; readonly mend?: string }>;
}

export type CheckStatus = 'ok' | 'warn' | 'fail';

export interface DoctorCheck {
  /** Stable, for scripts: "config", "database", "chat-slack" … */
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  readonly detail: string;
  /** What to do about it; present unless all is well. */
  readonly mend?: string;
}

export interface DoctorReport {
  readonly checks: readonly DoctorCheck[];
}
