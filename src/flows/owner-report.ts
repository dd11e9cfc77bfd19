/** Who owns a scope, with everything that says so. */
import type { Scope } from '../core/scope.ts';
import { scopeKey } from '../core/scope.ts';
import { listAudit } from '../store/audit.ts';
import {
  type FoundOwner,
  listMembers,
  listOwners,
  listTeams,
  type OwnerStep,
  ownerSteps,
} from '../store/organisation.ts';
import type { Context } from './context.ts';
import { actorNames, teamOfScope } from './standing.ts';

export interface OwnerReport {
  readonly scope: Scope;
  readonly owner?: FoundOwner;
  /** In the order in which they count; the first with an owner decides. */
  readonly steps: readonly OwnerStep[];
  /** Who last set it in chat, and when. */
  readonly setBy?: { readonly name: string; readonly at: Date };
  /** The team that answers for it. */
  readonly team?: string;
}

export async function reportOwner({ store }: Context, scope: Scope): Promise<OwnerReport> {
  const steps: OwnerStep[] = [];
  for await (const step of ownerSteps(store, scope)) steps.push(step);
  const owner = steps.find((step) => step.owner)?.owner;
  const team = await teamOfScope(store, scope);
  const last = (await listAudit(store, `owner:${scopeKey(scope)}`)).at(-1);
  const chat = steps.some((step) => step.place === 'chat' && step.owner && step.scope === undefined);
  const nameOf = await actorNames(store);
  return {
    scope,
    steps,
    ...(owner && { owner }),
    ...(team !== undefined && { team }),
    ...(chat && last && { setBy: { name: nameOf(last.actor), at: last.at } }),
  };
}

export interface OwnedLine {
  readonly scope: string;
  /** The person's name or the group's handle. */
  readonly owner: string;
  readonly managedBy: 'file' | 'chat';
}

/** Every owner that is written down, teams first. */
export async function listOwned({ store }: Context): Promise<OwnedLine[]> {
  const owners = await listOwners(store);
  const teams = (await listTeams(store)).flatMap(({ name, ownerEmail, managedBy }): OwnedLine[] =>
    ownerEmail ? [{ scope: scopeKey({ kind: 'team', name }), owner: ownerEmail, managedBy }] : [],
  );
  const inFile = new Set(teams.filter(({ managedBy }) => managedBy === 'file').map(({ scope }) => scope));
  const names = new Map((await listMembers(store)).map(({ email, name }) => [email, name]));
  return [...teams, ...owners.filter(({ scope }) => !inFile.has(scope))].map(
    ({ scope, owner, managedBy }) => ({ scope, owner: names.get(owner) ?? owner, managedBy }),
  );
}
