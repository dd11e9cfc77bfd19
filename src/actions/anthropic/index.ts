/** What can be done with Anthropic's keys and workspaces; switching keys off is the usual one for both. */
import type { ProviderAction } from '../types.ts';
import { keyDeactivate } from './key-deactivate.ts';
import { workspaceLimit } from './workspace-limit.ts';

export const anthropicActions: readonly ProviderAction[] = [keyDeactivate, workspaceLimit];
