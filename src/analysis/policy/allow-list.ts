/** Whether pennywatch.yaml allows acting on a resource at all, and over which connection. */
import type { ActionAccount, ResourceRef } from '../../core/action.ts';
import { matchesGlob } from '../allocate/glob.ts';

/** The first entry that names the resource's account, region and namespace; undefined: it must not be touched. */
export function findAccount(ref: ResourceRef, accounts: readonly ActionAccount[]): ActionAccount | undefined {
  return accounts.find((entry) => allows(entry, ref));
}

/** The webhook whose patterns a ResourceId matches: what somebody took over by hand goes before what we know. */
export function webhookFor(
  resourceId: string,
  accounts: readonly ActionAccount[],
): ActionAccount | undefined {
  return accounts.find(
    ({ provider, match }) =>
      provider === 'webhook' && match.some((pattern) => matchesGlob(pattern, resourceId)),
  );
}

function allows(
  entry: ActionAccount,
  { provider, account, region, parts, resourceId }: ResourceRef,
): boolean {
  if (entry.provider !== provider) return false;
  // Whose it is was written into a ResourceId by somebody, maybe: the entry of another webhook does not take it.
  if (provider === 'webhook')
    return same(entry.account, account) && entry.match.some((pattern) => matchesGlob(pattern, resourceId));
  // What is not known to be anywhere is only in a list of everything: "*" is "*" itself.
  if (entry.account !== '*' && !same(entry.account, account)) return false;
  if (entry.regions.length > 0 && !entry.regions.some((one) => region !== undefined && inRegion(one, region)))
    return false;
  const { namespace } = parts;
  if (provider !== 'kubernetes') return true;
  if (namespace === undefined || namespace.startsWith('kube-')) return false;
  return entry.namespaces.length === 0 || entry.namespaces.includes(namespace);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** A zone is in its region: "europe-west4-a" in "europe-west4". */
function inRegion(allowed: string, region: string): boolean {
  return same(allowed, region) || region.toLowerCase().startsWith(`${allowed.toLowerCase()}-`);
}
