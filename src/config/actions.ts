/** Actions, roles and integrations of pennywatch.yaml: checked against the rest of the file, and built. */
import type { ActionSettings, IntegrationSettings, OffHoursSchedule } from '../core/action.ts';
import { decimalToMicros } from '../core/money.ts';
import { parseScope } from '../core/scope.ts';
import { closest, fold } from './closest.ts';
import type { Part } from './draft.ts';
import { canonicalScope, type Known } from './known.ts';
import { memberEmails } from './people.ts';
import { mismatch } from './problem.ts';
import { type Place, repeated } from './repeated.ts';
import type { PennywatchYaml } from './schema.ts';
import { checkScope } from './scopes.ts';
import type { Finding } from './shape.ts';

/** People who are members, teams there are, schedules with a name each, accounts that say how they are reached. */
export function checkActions(root: Part, known: Known, place: Place): Finding[] {
  const actions = root.part('actions');
  const schedules = actions.list('schedules');
  const approvers = actions.list('approvers');
  const emails = memberEmails(root);
  return [
    ...repeated(
      schedules.flatMap((schedule) => schedule.said('name') ?? []),
      'schedule',
      place,
    ),
    ...schedules.flatMap((schedule) => checkScope(schedule, known)),
    ...[...approvers, ...root.list('roles')].flatMap((part) => checkPeople(part, emails)),
    ...approvers.flatMap((approver) => checkTeam(approver, known)),
    ...actions.list('accounts').flatMap(checkAccount),
    ...checkTickets(root.part('integrations').part('tickets')),
  ];
}

/** An approver nobody can tell from a typing mistake is no protection: e-mails must be members. */
function checkPeople(part: Part, emails: readonly string[]): Finding[] {
  return part
    .saidList('people')
    .filter(({ text }) => text.includes('@') && !text.startsWith('@') && !emails.includes(text.toLowerCase()))
    .map(({ text, path }) => ({
      path,
      message: mismatch(text, 'the e-mail of a member in teams[].members', closest(text, emails)),
    }));
}

function checkTeam(part: Part, known: Known): Finding[] {
  const said = part.said('team');
  if (!said || known.teams.has(fold(said.text))) return [];
  const meant = closest(said.text, [...new Set(known.teams.values())]);
  return [{ path: said.path, message: mismatch(said.text, 'a team in teams', meant) }];
}

const CLUSTER = 'the name of the cluster as bills write it';

/** One context reaches one cluster: for "*" it would be called about the workloads of every other one, too. */
function checkCluster(part: Part): Finding[] {
  const said = part.said('account');
  if (said?.text !== '*') return [];
  return [{ path: said.path, message: `found "*", expected ${CLUSTER}` }];
}

function checkAccount(part: Part): Finding[] {
  const provider = part.said('provider');
  if (!provider) return [];
  const missing = (key: string, what: string): Finding[] =>
    part.said(key)
      ? []
      : [{ path: provider.path, message: `found ${provider.text} without ${key}, expected ${key}: ${what}` }];
  switch (provider.text) {
    case 'aws':
      return missing('account', 'the twelve digits of the account');
    case 'gcp':
      return missing('account', 'the id of the project');
    case 'azure':
      return missing('account', 'the id of the subscription');
    case 'kubernetes':
      return [...missing('account', CLUSTER), ...checkCluster(part)];
    case 'litellm':
      return missing('endpoint', "the proxy's address");
    case 'webhook':
      return [
        ...missing('endpoint', 'the address that is called'),
        ...missing('keyVariable', 'the environment variable with the secret that signs the calls'),
      ];
    default:
      return [];
  }
}

function checkTickets(part: Part): Finding[] {
  const kind = part.said('kind');
  if (kind?.text !== 'jira' || part.said('project')) return [];
  return [
    {
      path: kind.path,
      message: 'found jira without project, expected project: the key of a project such as FIN',
    },
  ];
}

/** Expects a document in which no check found anything. */
export function toActions(yaml: PennywatchYaml['actions'], known: Known): ActionSettings {
  const { twoPersons, limits, quietHours, approvers, accounts, schedules, ...rest } = yaml;
  return {
    ...rest,
    accounts: accounts.map(given),
    approvers: approvers.map(({ team, ...approver }) => ({
      ...approver,
      ...(team !== undefined && { team: known.teams.get(fold(team)) ?? team }),
    })),
    twoPersons: {
      aboveMicros: decimalToMicros(twoPersons.above),
      environments: twoPersons.environments,
      risks: twoPersons.risks,
    },
    limits: {
      resourcesPerProposal: limits.resourcesPerProposal,
      resourcesPerDay: limits.resourcesPerDay,
      liveBelowMicros: decimalToMicros(limits.liveBelow),
    },
    ...(quietHours && { quietHours }),
    schedules: schedules.map(
      ({ scope, ...schedule }): OffHoursSchedule => ({
        ...given(schedule),
        scope: canonicalScope(parseScope(scope), known),
      }),
    ),
  };
}

export function toIntegrations({
  pagerDuty,
  webhooks,
  tickets,
}: PennywatchYaml['integrations']): IntegrationSettings {
  return {
    ...(pagerDuty && { pagerDuty: given(pagerDuty) }),
    webhooks,
    ...(tickets && { tickets: given(tickets) }),
  };
}

/** The same object without the keys that nobody wrote. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
