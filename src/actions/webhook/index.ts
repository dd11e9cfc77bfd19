/** What can be done with resources only their owner's own program knows: ask it. */
import type { ProviderAction } from '../types.ts';
import { stop } from './stop.ts';

export const webhookActions: readonly ProviderAction[] = [stop];
