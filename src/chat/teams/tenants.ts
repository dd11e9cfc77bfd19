/** Whose people are served: the tenants of an activity against those of the configuration. */
import type { TeamsConfig } from './config.ts';
import type { TeamsActivity } from './types.ts';

/** Why an activity's tenant is not served, or undefined. It may name its tenant twice: both must be served. */
export function whyNotServed(
  { tenants, local }: Pick<TeamsConfig, 'tenants' | 'local'>,
  { tenantId, conversation }: Pick<TeamsActivity, 'tenantId' | 'conversation'>,
): 'missing' | 'foreign' | undefined {
  if (local && tenants.length === 0) return undefined;
  const named = [tenantId, conversation.tenantId].filter((id) => id !== undefined);
  if (named.length === 0) return 'missing';
  return named.every((id) => tenants.some((served) => served.toLowerCase() === id)) ? undefined : 'foreign';
}
