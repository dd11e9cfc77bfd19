/** Teams, members and models: written by the configuration, read by everybody. */
import type { StoreTransaction } from './open.ts';

export {
  type FoundOwner,
  findOwner,
  listOwners,
  type OwnerStep,
  ownerSteps,
  readOwner,
  removeOwner,
  type StoredOwner,
  saveOwner,
  teamAnswering,
  teamOfModel,
} from './owners.ts';

/** Who decides about a row: pennywatch.yaml or people in chat. */
export type ManagedBy = 'file' | 'chat';

export interface StoredTeam {
  readonly name: string;
  readonly title: string;
  readonly ownerEmail?: string;
  readonly costCenter?: string;
  readonly timeZone?: string;
  /** Chat platform → channel id. */
  readonly channels: Readonly<Record<string, string>>;
  /** E-mails, sorted. */
  readonly members: readonly string[];
  readonly managedBy: ManagedBy;
}

export interface StoredMember {
  readonly email: string;
  readonly name: string;
  /** Who the person is on chat platforms, sorted. */
  readonly identities: readonly { readonly platform: string; readonly id: string }[];
  readonly managedBy: ManagedBy;
}

export interface StoredModel {
  readonly name: string;
  readonly title: string;
  readonly team?: string;
  readonly aliases: readonly string[];
  readonly managedBy: ManagedBy;
}

export async function listTeams(store: StoreTransaction): Promise<StoredTeam[]> {
  const rows = await store.team.findMany({
    orderBy: { name: 'asc' },
    include: { members: true },
  });
  return rows.map((row) => ({
    name: row.name,
    title: row.title,
    ...(row.ownerEmail !== null && { ownerEmail: row.ownerEmail }),
    ...(row.costCenter !== null && { costCenter: row.costCenter }),
    ...(row.timeZone !== null && { timeZone: row.timeZone }),
    channels: JSON.parse(row.channels) as Record<string, string>,
    members: row.members.map(({ email }) => email).sort(),
    managedBy: managedBy(row),
  }));
}

export async function listMembers(store: StoreTransaction): Promise<StoredMember[]> {
  const rows = await store.member.findMany({
    orderBy: { email: 'asc' },
    include: { identities: { orderBy: [{ platform: 'asc' }, { platformId: 'asc' }] } },
  });
  return rows.map((row) => ({
    email: row.email,
    name: row.name,
    identities: row.identities.map(({ platform, platformId }) => ({ platform, id: platformId })),
    managedBy: managedBy(row),
  }));
}

export async function listModels(store: StoreTransaction): Promise<StoredModel[]> {
  const rows = await store.model.findMany({ orderBy: { name: 'asc' } });
  return rows.map((row) => ({
    name: row.name,
    title: row.title,
    ...(row.teamName !== null && { team: row.teamName }),
    aliases: JSON.parse(row.aliases) as string[],
    managedBy: managedBy(row),
  }));
}

/** A person as pennywatch.yaml knows them. */
export interface StoredPerson {
  readonly email: string;
  readonly name: string;
  /** Teams the person is in or owns, sorted. */
  readonly teams: readonly string[];
}

/** Who somebody on a chat platform is; undefined for somebody nobody wrote down. */
export async function findPerson(
  store: StoreTransaction,
  { platform, id }: { readonly platform: string; readonly id: string },
): Promise<StoredPerson | undefined> {
  const identity = await store.identity.findUnique({
    where: { platform_platformId: { platform, platformId: id } },
    include: { member: { include: { teams: true } } },
  });
  if (!identity) return undefined;
  const { email, name, teams } = identity.member;
  const owned = await store.team.findMany({ where: { ownerEmail: email }, select: { name: true } });
  const all = [...teams.map(({ teamName }) => teamName), ...owned.map((team) => team.name)];
  return { email, name, teams: [...new Set(all)].sort() };
}

/** Writes a team and who is in it. Its members must exist. */
export async function saveTeam(tx: StoreTransaction, team: StoredTeam, at: Date): Promise<void> {
  const data = {
    title: team.title,
    ownerEmail: team.ownerEmail ?? null,
    costCenter: team.costCenter ?? null,
    timeZone: team.timeZone ?? null,
    channels: JSON.stringify(team.channels),
    managedBy: team.managedBy,
    updatedAt: at,
  };
  await tx.team.upsert({ where: { name: team.name }, create: { name: team.name, ...data }, update: data });
  await tx.membership.deleteMany({ where: { teamName: team.name } });
  await tx.membership.createMany({ data: team.members.map((email) => ({ teamName: team.name, email })) });
}

/**
 * Writes members and who they are on chat platforms. All at once, because an identity may move from one
 * to another.
 */
export async function saveMembers(
  tx: StoreTransaction,
  members: readonly StoredMember[],
  at: Date,
): Promise<void> {
  await tx.identity.deleteMany({ where: { email: { in: members.map(({ email }) => email) } } });
  for (const { email, name, managedBy } of members) {
    const data = { name, managedBy, updatedAt: at };
    await tx.member.upsert({ where: { email }, create: { email, ...data }, update: data });
  }
  await tx.identity.createMany({
    data: members.flatMap(({ email, identities }) =>
      identities.map(({ platform, id }) => ({ platform, platformId: id, email })),
    ),
  });
}

/** Writes a model. Its team must exist. */
export async function saveModel(tx: StoreTransaction, model: StoredModel, at: Date): Promise<void> {
  const data = {
    title: model.title,
    teamName: model.team ?? null,
    aliases: JSON.stringify(model.aliases),
    managedBy: model.managedBy,
    updatedAt: at,
  };
  await tx.model.upsert({ where: { name: model.name }, create: { name: model.name, ...data }, update: data });
}

/** Removes a team; its models stay without a team. */
export async function removeTeam(tx: StoreTransaction, name: string): Promise<void> {
  await tx.team.delete({ where: { name } });
}

/** Removes a member, who leaves every team. */
export async function removeMember(tx: StoreTransaction, email: string): Promise<void> {
  await tx.member.delete({ where: { email } });
}

export async function removeModel(tx: StoreTransaction, name: string): Promise<void> {
  await tx.model.delete({ where: { name } });
}

function managedBy(row: { managedBy: string }): ManagedBy {
  return row.managedBy === 'file' ? 'file' : 'chat';
}
