/** The rows that the configuration file stands for. Pure. */
import { scopeKey } from '../../core/scope.ts';
import {
  CHAT_PLATFORMS,
  type MemberSettings,
  type Settings,
  type TeamSettings,
} from '../../core/settings.ts';
import type { StoredBudget } from '../../store/budgets.ts';
import type { StoredMember, StoredModel, StoredOwner, StoredTeam } from '../../store/organisation.ts';

type Identity = StoredMember['identities'][number];

/** What the file knows ids of is the file's: what it no longer says is gone. Other platforms are left as they are. */
const ofFile: ReadonlySet<string> = new Set(CHAT_PLATFORMS);

export function wantedTeams(settings: Settings, stored: readonly StoredTeam[]): StoredTeam[] {
  return settings.teams.map((team) => ({
    name: team.name,
    title: team.title,
    ...(team.owner && { ownerEmail: team.owner }),
    ...(team.costCenter && { costCenter: team.costCenter }),
    ...(team.timeZone && { timeZone: team.timeZone }),
    channels: { ...elsewhere(stored.find(({ name }) => name === team.name)), ...writtenChannels(team) },
    members: [...new Set(team.members.map(({ email }) => email))].sort(),
    managedBy: 'file',
  }));
}

function elsewhere(team: StoredTeam | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(team?.channels ?? {}).filter(([platform]) => !ofFile.has(platform)),
  );
}

function writtenChannels({ channel }: TeamSettings): Record<string, string> {
  return Object.fromEntries(
    CHAT_PLATFORMS.flatMap((platform): [string, string][] => {
      const id = channel[platform];
      return id ? [[platform, id]] : [];
    }),
  );
}

/** Members of the file, and members of chat who lose an id that the file gives to somebody else. */
export function wantedMembers(settings: Settings, stored: readonly StoredMember[]): StoredMember[] {
  const people = new Map<string, MemberSettings>();
  for (const member of settings.teams.flatMap(({ members }) => members))
    people.set(member.email, { ...people.get(member.email), ...member });
  const claimed = new Set([...people.values()].flatMap(writtenIdentities).map(identityKey));
  const fromFile = [...people.values()].map((person): StoredMember => {
    const { email, name } = person;
    const known = stored.find((member) => member.email === email)?.identities ?? [];
    const others = known.filter(({ platform }) => !ofFile.has(platform));
    const identities = [...others, ...writtenIdentities(person)].sort(byPlatform);
    return { email, name, identities, managedBy: 'file' };
  });
  const displaced = stored.flatMap((member): StoredMember[] => {
    if (people.has(member.email) || member.managedBy === 'file') return [];
    const identities = member.identities.filter((identity) => !claimed.has(identityKey(identity)));
    return identities.length === member.identities.length ? [] : [{ ...member, identities }];
  });
  return [...fromFile, ...displaced];
}

function writtenIdentities(person: MemberSettings): Identity[] {
  return CHAT_PLATFORMS.flatMap((platform): Identity[] => {
    const id = person[platform];
    return id ? [{ platform, id }] : [];
  });
}

function identityKey({ platform, id }: Identity): string {
  return `${platform}:${id}`;
}

export function wantedModels(settings: Settings): StoredModel[] {
  return settings.models.map(({ name, title, team, aliases }) => ({
    name,
    title,
    ...(team && { team }),
    aliases,
    managedBy: 'file',
  }));
}

export function wantedOwners(settings: Settings): StoredOwner[] {
  return settings.models.flatMap(({ name, owner }): StoredOwner[] =>
    owner ? [{ scope: scopeKey({ kind: 'model', name }), owner, managedBy: 'file' }] : [],
  );
}

export function wantedBudgets(settings: Settings): StoredBudget[] {
  return settings.budgets.map(({ scope, ...budget }) => ({
    ...budget,
    scope: scopeKey(scope),
    managedBy: 'file',
  }));
}

function byPlatform(a: Identity, b: Identity): number {
  return a.platform === b.platform ? (a.id < b.id ? -1 : 1) : a.platform < b.platform ? -1 : 1;
}
