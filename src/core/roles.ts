/** Which roles somebody has, from teams, pennywatch.yaml's `roles` and `admins`. Pure. */
import type { Role, RoleSettings } from './action.ts';

/** Whom a person is compared with: e-mails without regard to case, user groups as "@handle". */
export interface RoleGrants {
  readonly admins: readonly string[];
  readonly roles: readonly RoleSettings[];
  readonly teams: readonly {
    readonly name: string;
    /** E-mail or "@handle". */
    readonly owner?: string;
    readonly members: readonly string[];
  }[];
}

export interface Roles {
  /** Roles that hold everywhere: viewer, approver, admin. */
  readonly everywhere: readonly Role[];
  /** Roles in teams, by name: member, owner. A viewer has none, unless they are an admin. */
  readonly inTeams: ReadonlyMap<string, readonly Role[]>;
}

export const NO_ROLES: Roles = { everywhere: [], inTeams: new Map() };

/**
 * The roles of a person with this e-mail who is in these user groups. Of roles that contradict each other the admin's
 * counts first, then the viewer's: whoever is written down as a viewer approves nothing and is no team's member.
 */
export function rolesOf(
  person: { readonly email: string; readonly groups: readonly string[] },
  { admins, roles, teams }: RoleGrants,
): Roles {
  const own = new Set([person.email, ...person.groups].map(fold));
  const isNamed = (names: readonly string[]) => names.some((name) => own.has(fold(name)));
  const given = (role: Role) => roles.some((one) => one.role === role && isNamed(one.people));
  const admin = isNamed(admins) || given('admin');
  const viewer = !admin && given('viewer');
  if (viewer) return { everywhere: ['viewer'], inTeams: new Map() };
  const everywhere: Role[] = [
    ...(given('approver') ? (['approver'] as const) : []),
    ...(admin ? (['admin'] as const) : []),
  ];
  const inTeams = teams.flatMap(({ name, owner, members }): [string, Role[]][] => {
    const there: Role[] = [
      ...(isNamed(members) ? (['member'] as const) : []),
      ...(owner !== undefined && isNamed([owner]) ? (['owner'] as const) : []),
    ];
    return there.length > 0 ? [[name, there]] : [];
  });
  return { everywhere, inTeams: new Map(inTeams) };
}

/** Whether somebody has a role everywhere, or in the team. */
export function hasRole({ everywhere, inTeams }: Roles, role: Role, team?: string): boolean {
  return everywhere.includes(role) || (team !== undefined && (inTeams.get(team)?.includes(role) ?? false));
}

/** User groups ("@handle") among names. */
export function groupsAmong(names: readonly string[]): string[] {
  return [...new Set(names.filter((name) => name.startsWith('@')).map(fold))];
}

function fold(name: string): string {
  return name.toLowerCase();
}
