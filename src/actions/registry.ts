/** Every provider operation. Adding one is a file in its provider's folder, a line there, and a test. */
import { awsActions } from './aws/index.ts';
import { gcpActions } from './gcp/index.ts';
import type { ProviderAction } from './types.ts';

export const actions: readonly ProviderAction[] = [...awsActions, ...gcpActions];

/** Actions for a kind of resource, the usual one first. */
export function actionsFor(kind: string): readonly ProviderAction[] {
  return actions.filter(({ about }) => about.kinds.includes(kind));
}

export function findAction(id: string): ProviderAction | undefined {
  return actions.find((action) => action.id === id);
}
