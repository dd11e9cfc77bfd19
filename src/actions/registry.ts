/** Every provider operation. Adding one is a file in its provider's folder, a line there, and a test. */
import { anthropicActions } from './anthropic/index.ts';
import { awsActions } from './aws/index.ts';
import { azureActions } from './azure/index.ts';
import { gcpActions } from './gcp/index.ts';
import { kubernetesActions } from './kubernetes/index.ts';
import { litellmActions } from './litellm/index.ts';
import { openaiActions } from './openai/index.ts';
import type { ProviderAction } from './types.ts';
import { webhookActions } from './webhook/index.ts';

export const actions: readonly ProviderAction[] = [
  ...awsActions,
  ...gcpActions,
  ...anthropicActions,
  ...litellmActions,
  ...openaiActions,
  ...webhookActions,
  ...azureActions,
  ...kubernetesActions,
];

/** Actions for a kind of resource, the usual one first. */
export function actionsFor(kind: string): readonly ProviderAction[] {
  return actions.filter(({ about }) => about.kinds.includes(kind));
}

export function findAction(id: string): ProviderAction | undefined {
  return actions.find((action) => action.id === id);
}
