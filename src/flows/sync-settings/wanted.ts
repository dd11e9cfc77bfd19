/** The rows that the configuration file stands for. Pure. */
import { scopeKey } from '../../core/scope.ts';
import type { MemberSettings, Settings } from '../../core/settings.ts';
import type { StoredBudget } from '../../store/budgets.ts';
import type { StoredMember, StoredModel, StoredOwner, StoredTeam } from '../../store/organisation.ts';

/** The platform whose ids the file holds. Channels and identities of other platforms are left as they are. */
const SLACK = 'slack';

export function wantedTeams(settings: Settings, stored: readonly StoredTeam[]): StoredTeam[] {
  return settings.teams.map((team) => {
    const { [SLACK]: _, ...elsewhere } = stored.find(({ name }) => name === team.name)?.channels ?? {};
    return {
      name: team.name,
      title: team.title,
      ...(team.owner && { ownerEmail: team.owner }),
      ...(team.costCenter && { costCenter: team.costCenter }),
      ...(team.timeZone && { timeZone: team.timeZone }),
      channels: { ...elsewhere, ...(team.channel.slack && { [SLACK]: team.channel.slack }) },
      members: [...new Set(team.members.map(({ email }) => email))].sort(),
      managedBy: 'file',
    };
  });
}

/** Members of the file, and members of chat who lose a Slack id that the file gives to somebody else. */
export function wantedMembers(settings: Settings, stored: readonly StoredMember[]): StoredMember[] {
  const people = new Map<string, MemberSettings>();
  for (const member of settings.teams.flatMap(({ members }) => members))
    people.set(member.email, { ...people.get(member.email), ...member });
  const claimed = new Set([...people.values()].flatMap(({ slack }) => slack ?? []));
  const fromFile = [...people.values()].map(({ email, name, slack }): StoredMember => {
    const known = stored.find((member) => member.email === email)?.identities ?? [];
    const elsewhere = known.filter(({ platform }) => platform !== SLACK);
    const identities = [...elsewhere, ...(slack ? [{ platform: SLACK, id: slack }] : [])];
    return { email, name, identities: identities.sort(byPlatform), managedBy: 'file' };
  });
  const displaced = stored.flatMap((member): StoredMember[] => {
    if (people.has(member.email) || member.managedBy === 'file') return [];
    const identities = member.identities.filter(({ platform, id }) => platform !== SLACK || !claimed.has(id));
    return identities.length === member.identities.length ? [] : [{ ...member, identities }];
  });
  return [...fromFile, ...displaced];
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

function byPlatform(a: { platform: string; id: string }, b: { platform: string; id: string }): number {
  return a.platform === b.platform ? (a.id < b.id ? -1 : 1) : a.platform < b.platform ? -1 : 1;
}
