/** People for tests of who may do what. */
import type { Standing } from '../../src/core/authorise.ts';
import { NO_ROLES } from '../../src/core/roles.ts';

type Person = Extract<Standing, { kind: 'person' }>;

/** Mira, a member of team search; roles follow from `teams` and `admin` unless given. */
export function person(more: Partial<Person> = {}): Standing {
  const { teams = ['search'], admin = false } = more;
  const roles = {
    everywhere: admin ? (['admin'] as const) : NO_ROLES.everywhere,
    inTeams: new Map(teams.map((team) => [team, ['member'] as const])),
  };
  return {
    kind: 'person',
    name: 'Mira',
    email: 'mira@x.example',
    groups: [],
    platform: 'slack',
    ...more,
    teams,
    admin,
    roles: more.roles ?? roles,
  };
}
