/** Is there somebody who may approve what is proposed, for every team and environment? */
import { approverPeople } from '../../analysis/policy/approvers.ts';
import type { Settings } from '../../core/settings.ts';
import type { Store } from '../../store/open.ts';
import { findOwner } from '../../store/organisation.ts';
import type { DoctorCheck } from './types.ts';

const NAMED = { id: 'actions-approvers', title: 'Approvers' };
const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const MEND =
  'Name people or user groups under actions.approvers, roles (approver) or admins in pennywatch.yaml, or an owner of the team.';

/** Nothing while there is nothing to approve; who is in a user group is not asked: a group counts as enough. */
export async function checkApprovers(store: Store, settings: Settings): Promise<DoctorCheck[]> {
  const { accounts, mode } = settings.actions;
  if (accounts.length === 0 && mode === 'dry-run') return [];
  const places = await Promise.all([
    ...settings.teams.map(async ({ name, owner }) => ({
      name: `team ${name}`,
      found: await byEnvironment(store, settings, { name, ...(owner !== undefined && { owner }) }),
    })),
    (async () => ({ name: 'what no team answers for', found: await byEnvironment(store, settings) }))(),
  ]);
  const nobody = places.flatMap(({ name, found }) => named(name, found, (people) => people.length === 0));
  const alone = places.flatMap(({ name, found }) =>
    named(name, found, ([one, another]) => one?.startsWith('@') === false && another === undefined),
  );
  const silenced = silencedViewers(settings);
  const problems = [
    ...(nobody.length > 0 ? [`Nobody may approve proposals of ${nobody.join(', ')}.`] : []),
    ...(alone.length > 0
      ? [
          `Only one person may approve those of ${alone.join(', ')}: not their own, and not what needs two people.`,
        ]
      : []),
    ...(silenced.length > 0
      ? [`${silenced.join(', ')} may approve nothing: the role viewer counts more than approver.`]
      : []),
  ];
  if (problems.length > 0) return [{ ...NAMED, status: 'warn', detail: problems.join(' '), mend: MEND }];
  return [{ ...NAMED, status: 'ok', detail: 'Two people or a user group may approve, whatever the team.' }];
}

interface TeamOwned {
  readonly name: string;
  readonly owner?: string;
}

/** Who may approve, in each environment. The owner in pennywatch.yaml counts, else the one set in chat. */
async function byEnvironment(
  store: Store,
  settings: Settings,
  team?: TeamOwned,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const chosen = team && !team.owner ? await findOwner(store, { kind: 'team', name: team.name }) : undefined;
  const owner = team?.owner ?? (chosen?.kind === 'person' ? chosen.email : undefined);
  const viewers = viewersIn(settings);
  const found = ENVIRONMENTS.map((environment): [string, string[]] => {
    const people = approverPeople(settings.actions, settings.roles, {
      teams: [team?.name],
      environments: [environment],
      ...(owner !== undefined && { teamOwner: owner }),
      admins: settings.admins,
    });
    const folded = new Set(people.map((one) => one.toLowerCase()));
    return [environment, [...folded].filter((one) => !viewers.has(one))];
  });
  return new Map(found);
}

/** "team search", or "team search in prod" when it is so in some environments only. */
function named(
  name: string,
  found: ReadonlyMap<string, readonly string[]>,
  isSo: (people: readonly string[]) => boolean,
): string[] {
  const where = ENVIRONMENTS.filter((environment) => isSo(found.get(environment) ?? []));
  if (where.length === 0) return [];
  return [where.length === ENVIRONMENTS.length ? name : `${name} in ${where.join(' and ')}`];
}

/** Viewers approve nothing, unless they are admins. */
function viewersIn({ roles, admins }: Settings): ReadonlySet<string> {
  const peopleOf = (role: string) => roles.filter((one) => one.role === role).flatMap(({ people }) => people);
  const above = new Set([...admins, ...peopleOf('admin')].map((one) => one.toLowerCase()));
  const viewers = peopleOf('viewer').map((one) => one.toLowerCase());
  return new Set(viewers.filter((one) => !one.startsWith('@') && !above.has(one)));
}

function silencedViewers(settings: Settings): string[] {
  const viewers = viewersIn(settings);
  const approving = [
    ...settings.actions.approvers.flatMap(({ people }) => people),
    ...settings.roles.filter(({ role }) => role === 'approver').flatMap(({ people }) => people),
  ].map((one) => one.toLowerCase());
  return [...new Set(approving)].filter((one) => viewers.has(one));
}
