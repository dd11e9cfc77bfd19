/** Whether what AWS describes is what the bill speaks of: names repeat between accounts, and keys may be of another. */
import type { ResourceRef } from '../../core/action.ts';

/** Why not to touch it, a whole sentence; undefined when the account of the ARN is that of the resource. */
export function otherAccount(ref: ResourceRef, arn: string | undefined): string | undefined {
  return anotherOwner(ref, arn?.split(':')[4]);
}

/** The same for an account's id. What does not say whose it is passes. */
export function anotherOwner(ref: ResourceRef, owner: string | undefined): string | undefined {
  if (owner === undefined || owner === '' || owner === ref.account) return undefined;
  return `The AWS credentials are of account ${owner}, but ${ref.name} is in account ${ref.account}: set the role of that account under actions.accounts.`;
}
