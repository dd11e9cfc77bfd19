/** Who answers for a scope's cost. */
import { type Scope, scopeKey } from '../core/scope.ts';
import { teamsOfCharges } from './names.ts';
import type { StoreTransaction } from './open.ts';
import { type OwnerTag, ownerTagsOf, type TeamRule, teamRulesOf } from './owner-tags.ts';

/** An owner as written down. A team's own owner is part of the team. */
export interface StoredOwner {
  /** Scope as text, e.g. "model:bert". */
  readonly scope: string;
  /** A member's e-mail, or a user group's handle ("@ml-leads"). */
  readonly owner: string;
  readonly managedBy: 'file' | 'chat';
}

/**
 * Where an owner is written: at the stage or model asked for, in a tag or by a rule on the model's charges, at its
 * team, or at another scope itself.
 */
interface OwnerPlace {
  readonly source: 'stage' | 'model' | 'tag' | 'rule' | 'team' | 'scope';
  /** Name of the team whose owner it is; only with sources "rule" and "team". */
  readonly team?: string;
}

/** A person or a user group. `name` is what to print; a group's is its handle. */
export type FoundOwner = OwnerPlace &
  (
    | {
        readonly kind: 'person';
        readonly name: string;
        readonly email: string;
        readonly ids: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'group'; readonly name: string }
  );

/** One place where an owner may be written, in the order in which they count, and what is there. */
export interface OwnerStep {
  readonly place: 'file' | 'chat' | 'tag' | 'rule' | 'team';
  /** Whom it names; undefined when it names nobody. */
  readonly owner?: FoundOwner;
  /** The scope it is written for, when that is another one than asked about. */
  readonly scope?: string;
  readonly tags?: readonly OwnerTag[];
  readonly rules?: readonly TeamRule[];
  readonly team?: string;
}

/** All owners that are written down, or those of these scopes. */
export async function listOwners(
  store: StoreTransaction,
  scopes?: readonly string[],
): Promise<StoredOwner[]> {
  const rows = await store.owner.findMany({
    ...(scopes && { where: { scope: { in: [...scopes] } } }),
    orderBy: { scope: 'asc' },
  });
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

/** One owner by its scope. */
export async function readOwner(store: StoreTransaction, scope: string): Promise<StoredOwner | undefined> {
  return (await listOwners(store, [scope]))[0];
}

/**
 * The owner of a scope: the first step of the evidence that names one. Names must be spelled as stored. undefined
 * when nobody owns it.
 */
export async function findOwner(store: StoreTransaction, scope: Scope): Promise<FoundOwner | undefined> {
  for await (const { owner } of ownerSteps(store, scope)) if (owner) return owner;
  return undefined;
}

/**
 * Everything that says who owns a scope, in the order in which it counts: pennywatch.yaml and what was set in chat (a
 * stage's before its model's), an owner tag on the model's charges, an allocation rule that gives them to a team, the
 * owner of the model's team.
 */
export async function* ownerSteps(store: StoreTransaction, scope: Scope): AsyncGenerator<OwnerStep> {
  if (scope.kind === 'team') return yield* teamSteps(store, scope.name);
  const places = [scopeKey(scope)];
  if (scope.kind === 'model' && scope.stage) places.push(scopeKey({ kind: 'model', name: scope.name }));
  const rows = await listOwners(store, places);
  const written = places.flatMap((key) => rows.find((row) => row.scope === key) ?? []);
  for (const row of written) {
    const source =
      scope.kind !== 'model' ? 'scope' : row.scope === scopeKey(scope) && scope.stage ? 'stage' : 'model';
    yield {
      place: row.managedBy,
      owner: await describe(store, row.owner, { source }),
      ...(row.scope !== scopeKey(scope) && { scope: row.scope }),
    };
  }
  for (const place of ['file', 'chat'] as const)
    if (!written.some((row) => row.managedBy === place)) yield { place };
  if (scope.kind === 'model') yield* chargeSteps(store, scope.name);
}

async function* chargeSteps(store: StoreTransaction, model: string): AsyncGenerator<OwnerStep> {
  const tags = await ownerTagsOf(store, model);
  const tagged = await taggedOwner(store, tags);
  yield { place: 'tag', tags, ...(tagged && { owner: await describe(store, tagged, { source: 'tag' }) }) };
  const rules = await teamRulesOf(store, model);
  const [team, another] = new Set(rules.map((rule) => rule.team));
  const ruled = team !== undefined && another === undefined ? await teamOwner(store, team) : undefined;
  yield { place: 'rule', rules, ...(ruled && { owner: { ...ruled, source: 'rule' } }) };
  const own = await teamAnswering(store, model);
  const standing = own === undefined ? undefined : await teamOwner(store, own);
  yield { place: 'team', ...(own !== undefined && { team: own }), ...(standing && { owner: standing }) };
}

/** A team's owner in the file counts more than one set in chat: the file wins everywhere. */
async function* teamSteps(store: StoreTransaction, name: string): AsyncGenerator<OwnerStep> {
  const team = await store.team.findUnique({ where: { name } });
  const from = { source: 'team', team: name } as const;
  const own = team?.ownerEmail ?? undefined;
  const inFile = team?.managedBy === 'file' ? own : undefined;
  yield { place: 'file', ...(inFile && { owner: await describe(store, inFile, from) }) };
  const inChat =
    (await readOwner(store, scopeKey({ kind: 'team', name })))?.owner ?? (inFile ? undefined : own);
  yield { place: 'chat', ...(inChat && { owner: await describe(store, inChat, from) }) };
}

/** The team a model is written down under; undefined for a model without one. */
export async function teamOfModel(store: StoreTransaction, name: string): Promise<string | undefined> {
  return (await store.model.findUnique({ where: { name } }))?.teamName ?? undefined;
}

/** The team a model is written down under, else the only one its charges have. */
export async function teamAnswering(store: StoreTransaction, model: string): Promise<string | undefined> {
  const written = await teamOfModel(store, model);
  if (written !== undefined) return written;
  const [only, another] = await teamsOfCharges(store, model);
  return another === undefined ? only : undefined;
}

async function teamOwner(store: StoreTransaction, name: string): Promise<FoundOwner | undefined> {
  return findOwner(store, { kind: 'team', name });
}

/** The one member that the tags name by e-mail, its first part, or name; undefined when none or several. */
async function taggedOwner(store: StoreTransaction, tags: readonly OwnerTag[]): Promise<string | undefined> {
  if (tags.length === 0) return undefined;
  const members = await store.member.findMany({ select: { email: true, name: true } });
  const named = tags.flatMap(({ value }) => {
    const word = value.toLowerCase();
    const matching = members.filter(({ email, name }) =>
      [email, email.split('@')[0], name].some((one) => one?.toLowerCase() === word),
    );
    return matching.length === 1 ? matching.map(({ email }) => email) : [];
  });
  const [only, another] = new Set(named);
  return another === undefined ? only : undefined;
}

async function describe(store: StoreTransaction, owner: string, from: OwnerPlace): Promise<FoundOwner> {
  if (owner.startsWith('@')) return { ...from, kind: 'group', name: owner };
  const member = await store.member.findUnique({
    where: { email: owner },
    include: { identities: { orderBy: [{ platform: 'asc' }, { platformId: 'desc' }] } },
  });
  // Of several ids on a platform, the first in order.
  const ids = Object.fromEntries(
    (member?.identities ?? []).map(({ platform, platformId }) => [platform, platformId]),
  );
  // Somebody who has left the organisation still has an address to ask at.
  return { ...from, kind: 'person', name: member?.name ?? owner, email: owner, ids };
}
