/** What can be done with keys of a LiteLLM proxy; blocking is the usual one. */
import type { ProviderAction } from '../types.ts';
import { keyBlock } from './key-block.ts';
import { keyBudget } from './key-budget.ts';

export const litellmActions: readonly ProviderAction[] = [keyBlock, keyBudget];
