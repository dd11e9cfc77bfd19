/** Who answers for a scope's cost. */
import { type Scope, scopeKey } from '../core/scope.ts';
import type { StoreTransaction } from './open.ts';

/** An owner as written down. A team's own owner is part of the team. */
export interface StoredOwner {
  /** Scope as text, e.g. "model:bert". */
  readonly scope: string;
  /** A member's e-mail, or a user group's handle ("@ml-leads"). */
  readonly owner: string;
  readonly managedBy: 'file' | 'chat';
}

/** Where an owner is written: at the stage or model asked for, at its team, or at another scope itself. */
interface OwnerPlace {
  readonly source: 'stage' | 'model' | 'team' | 'scope';
  /** Name of the team whose owner it is; only with source "team". */
  readonly team?: string;
}

/** A person or a user group. `name` is what to print; a group's is its handle. */
export type FoundOwner = OwnerPlace &
  (
    | { readonly kind: 'person'; readonly name: string; readonly email: string; readonly slackId?: string }
    | { readonly kind: 'group'; readonly name: string }
  );

export async function listOwners(store: StoreTransaction): Promise<StoredOwner[]> {
  const rows = await store.owner.findMany({ orderBy: { scope: 'asc' } });
  return rows.map(({ scope, owner, managedBy }) => ({
    scope,
    owner,
    managedBy: managedBy === 'file' ? 'file' : 'chat',
  }));
}

export async function saveOwner(tx: StoreTransaction, owner: StoredOwner, at: Date): Promise<void> {
  const data = { owner: owner.owner, managedBy: owner.managedBy, updatedAt: at };
  await tx.owner.upsert({
    where: { scope: owner.scope },
    create: { scope: owner.scope, ...data },
    update: data,
  });
}

export async function removeOwner(tx: StoreTransaction, scope: string): Promise<void> {
  await tx.owner.delete({ where: { scope } });
}

/**
 * The owner of a scope. A model's stage falls back to the model, and a model to its team's owner. Names must
 * be spelled as stored. undefined when nobody owns it.
 */
export async function findOwner(store: StoreTransaction, scope: Scope): Promise<FoundOwner | undefined> {
  if (scope.kind === 'model') return modelOwner(store, scope);
  if (scope.kind === 'team') return teamOwner(store, scope.name);
  const row = await store.owner.findUnique({ where: { scope: scopeKey(scope) } });
  return row ? describe(store, row.owner, { source: 'scope' }) : undefined;
}

async function modelOwner(
  store: StoreTransaction,
  { kind, name, stage }: Scope & { kind: 'model' },
): Promise<FoundOwner | undefined> {
  const places = [
    ...(stage ? [{ key: scopeKey({ kind, name, stage }), source: 'stage' as const }] : []),
    { key: scopeKey({ kind, name }), source: 'model' as const },
  ];
  for (const { key, source } of places) {
    const row = await store.owner.findUnique({ where: { scope: key } });
    if (row) return describe(store, row.owner, { source });
  }
  const model = await store.model.findUnique({ where: { name } });
  return model?.teamName ? teamOwner(store, model.teamName) : undefined;
}

async function teamOwner(store: StoreTransaction, name: string): Promise<FoundOwner | undefined> {
  const own = await store.owner.findUnique({ where: { scope: scopeKey({ kind: 'team', name }) } });
  const owner = own?.owner ?? (await store.team.findUnique({ where: { name } }))?.ownerEmail;
  return owner ? describe(store, owner, { source: 'team', team: name }) : undefined;
}

async function describe(store: StoreTransaction, owner: string, from: OwnerPlace): Promise<FoundOwner> {
  if (owner.startsWith('@')) return { ...from, kind: 'group', name: owner };
  const member = await store.member.findUnique({
    where: { email: owner },
    include: { identities: { where: { platform: 'slack' }, orderBy: { platformId: 'asc' }, take: 1 } },
  });
  const slackId = member?.identities[0]?.platformId;
  // Somebody who has left the organisation still has an address to ask at.
  return { ...from, kind: 'person', name: member?.name ?? owner, email: owner, ...(slackId && { slackId }) };
}
