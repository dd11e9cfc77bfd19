/** What proposals need of the concrete parts: actions, and access to the other side. */
import type { ActionAccess, ProviderAction } from '../../actions/types.ts';
import type { ActionAccount } from '../../core/action.ts';

export interface ActionParts {
  /** Every registered action. */
  readonly actions: readonly ProviderAction[];
  /** Access to what an allow-list entry names. */
  access(connection: ActionAccount, signal: AbortSignal): ActionAccess;
  /** Names this process wherever it claims work. */
  readonly owner: string;
  /** Whether the process that another claim names still lives, as far as can be known. */
  isAlive(owner: string): boolean;
  /** A pause in milliseconds. */
  wait(milliseconds: number): Promise<void>;
}
