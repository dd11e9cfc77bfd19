/** What can be done with OpenAI's projects and keys; of a project, lowering the rate limits is the usual one. */
import type { ProviderAction } from '../types.ts';
import { keyRemove } from './key-remove.ts';
import { projectRateLimit } from './project-rate-limit.ts';
import { projectSpendLimit } from './project-spend-limit.ts';

export const openaiActions: readonly ProviderAction[] = [projectRateLimit, projectSpendLimit, keyRemove];
