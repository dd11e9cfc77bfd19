/** The shapes of actions, roles and integrations in pennywatch.yaml. */
import * as z from 'zod';
import { ACTION_MODES, ACTION_PROVIDERS, RISKS } from '../core/action.ts';
import { SEVERITIES } from '../core/analysis-settings.ts';
import { field, listOf, mapping, name, oneOf, text } from '../core/field.ts';
import { WEEKDAYS } from '../core/settings.ts';
import * as is from './check.ts';
import { ENVIRONMENTS } from './default-dimensions.ts';

const PEOPLE = 'e-mail addresses and user groups such as "@ml-leads"';

function person() {
  return text(
    'an e-mail address such as mira@lumen.example, or a user group such as "@ml-leads"',
    (value) => is.isEmail(value) || is.isGroup(value),
  ).transform((value) => (value.startsWith('@') ? value : value.toLowerCase()));
}
function people() {
  return one(z.array(person(), { error: `a list of ${PEOPLE}` }).min(1, { error: `a list of ${PEOPLE}` }));
}
/** A single text stands for a list of one. */
function one<T extends z.ZodType>(list: T) {
  return z.preprocess((value) => (typeof value === 'string' ? [value] : value), list);
}
function words(expected: string) {
  return one(z.array(name(expected), { error: `a list of ${expected}` }).default([]));
}
function whole(least: number, most: number, what: string) {
  return text(
    `a whole number of ${what} from ${least} to ${most}`,
    (value) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most,
  ).transform(Number);
}
function amount() {
  return text('an amount such as "500"', (value) => /^\d{1,12}(\.\d{1,6})?$/.test(value));
}
function clock() {
  return text('a time such as "19:00"', (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value));
}
function variable() {
  return name('the name of an environment variable such as LITELLM_MASTER_KEY', (value) =>
    /^[A-Za-z_][A-Za-z0-9_]{0,100}$/.test(value),
  );
}
function address() {
  return text('an http(s) address', (value) => /^https?:\/\/[^\s<>"]+$/.test(value));
}
function environments(meaning: string, fallback: string, usual: (typeof ENVIRONMENTS)[number][] = []) {
  return field(one(z.array(oneOf(ENVIRONMENTS), { error: 'a list of environments' }).default(usual)), {
    type: 'list of environments',
    fallback,
    meaning,
  });
}

const account = mapping({
  provider: field(oneOf(ACTION_PROVIDERS), { type: ACTION_PROVIDERS.join(' | '), meaning: 'Whose it is.' }),
  account: field(name('an account, project, subscription or cluster').default('*'), {
    type: 'text',
    fallback: '"*" (the only one)',
    meaning: 'AWS account, GCP project, Azure subscription or cluster in which actions are allowed.',
  }),
  regions: field(words('regions'), {
    type: 'list of text',
    fallback: 'all',
    meaning: 'Regions in which they are allowed.',
  }),
  namespaces: field(words('namespaces'), {
    type: 'list of text',
    fallback: 'all but kube-*',
    meaning: 'Kubernetes: namespaces in which they are allowed.',
  }),
  role: field(name('a role ARN', (value) => value.startsWith('arn:')).optional(), {
    type: 'text',
    fallback: "the process's own credentials",
    meaning: 'AWS: role to assume in that account.',
  }),
  context: field(name('a context of the kubeconfig').optional(), {
    type: 'text',
    fallback: 'the current one, else in-cluster',
    meaning: 'Kubernetes: context of the kubeconfig.',
  }),
  endpoint: field(address().optional(), {
    type: 'address',
    fallback: "the vendor's own",
    meaning: "LiteLLM, webhook: where it is. Others: another address than the vendor's.",
  }),
  keyVariable: field(variable().optional(), {
    type: 'text',
    fallback: "the vendor's usual one",
    meaning: 'Environment variable with the admin key, or with the secret that signs a webhook.',
  }),
  match: field(words('patterns of ResourceIds'), {
    type: 'list of text',
    fallback: 'nothing',
    meaning: 'Webhook: ResourceIds that are its own, with * and ?.',
  }),
});

const approver = mapping({
  people: field(people(), { type: `list of ${PEOPLE}`, meaning: 'Who may approve.' }),
  team: field(name('the name of a team').optional(), {
    type: 'text',
    fallback: 'every team',
    meaning: "Only this team's proposals.",
  }),
  environments: environments('Only proposals about these environments.', 'all'),
});

const schedule = mapping({
  name: field(name('a short name such as dev-nights'), {
    type: 'text',
    meaning: 'Name of the schedule in commands and messages.',
  }),
  scope: field(text('a scope such as "team:search"'), {
    type: 'scope',
    meaning: 'Whose resources are stopped.',
  }),
  environment: field(oneOf(ENVIRONMENTS).optional(), {
    type: ENVIRONMENTS.join(' | '),
    fallback: 'all but prod',
    meaning: 'Only resources of this environment.',
  }),
  days: field(
    one(z.array(oneOf(WEEKDAYS), { error: 'a list of weekdays' }).default([...WEEKDAYS].slice(0, 5))),
    {
      type: 'list of weekdays',
      fallback: 'monday to friday',
      meaning: 'Days on which it is started; on the others it stays stopped.',
    },
  ),
  stop: field(clock(), { type: 'time', meaning: 'When it is stopped.' }),
  start: field(clock().optional(), {
    type: 'time',
    fallback: 'never: somebody starts it',
    meaning: 'When it is started again.',
  }),
  timeZone: field(text('an IANA time zone such as Europe/Berlin', is.isTimeZone).optional(), {
    type: 'time zone',
    fallback: "the team's, else the organisation's",
    meaning: 'Whose clock that is.',
  }),
  holidays: field(
    one(z.array(text('a day such as 2026-12-25', is.isDate), { error: 'a list of days' }).default([])),
    {
      type: 'list of days',
      fallback: 'none',
      meaning: 'Days on which it stays stopped.',
    },
  ),
  country: field(
    text('a country code such as DE, or with its region DE-BY', (value) =>
      /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(value),
    ).optional(),
    {
      type: 'country',
      fallback: 'none',
      meaning: 'Its public holidays count too.',
    },
  ),
});

export const actions = mapping({
  mode: field(oneOf(ACTION_MODES).default('dry-run'), {
    type: ACTION_MODES.join(' | '),
    fallback: 'dry-run',
    meaning:
      'dry-run: everything is shown and planned, nothing is called. approve: nothing runs without the approval of somebody else. live: small and reversible things outside prod run at once.',
  }),
  accounts: listOf(account, 'accounts, each with its provider'),
  approvers: listOf(approver, 'approvers, each with people'),
  twoPersons: mapping({
    above: field(amount().default('1000'), {
      type: 'decimal',
      fallback: '1000',
      meaning: 'From so much a day on (reporting currency) two people must approve.',
    }),
    environments: environments('Environments in which two people must approve.', 'prod', ['prod']),
    risks: field(one(z.array(oneOf(RISKS), { error: 'a list of risks' }).default(['high'])), {
      type: `list of ${RISKS.join(' | ')}`,
      fallback: 'high',
      meaning: 'Risks at which two people must approve: high is what cannot be undone.',
    }),
  }).prefault({}),
  limits: mapping({
    resourcesPerProposal: field(whole(1, 100, 'resources').default(10), {
      type: 'whole number',
      fallback: '10',
      meaning: 'Resources that one proposal may act on.',
    }),
    resourcesPerDay: field(whole(1, 1000, 'resources').default(30), {
      type: 'whole number',
      fallback: '30',
      meaning: 'Resources that may be acted on in 24 hours, all proposals together.',
    }),
    liveBelow: field(amount().default('200'), {
      type: 'decimal',
      fallback: '200',
      meaning: 'In live mode, what costs so much a day or more still needs the approval of somebody else.',
    }),
  }).prefault({}),
  quietHours: mapping({
    from: field(clock(), { type: 'time', meaning: 'From when approved proposals wait.' }),
    to: field(clock(), { type: 'time', meaning: "Until when they wait, on the organisation's clock." }),
  }).optional(),
  expireHours: field(whole(1, 720, 'hours').default(24), {
    type: 'whole number',
    fallback: '24',
    meaning: 'Hours after which a proposal that nobody approved is over.',
  }),
  protectTags: field(
    one(z.array(name('tags'), { error: 'a list of tags' }).default(['pennywatch:protect'])),
    {
      type: 'list of text',
      fallback: 'pennywatch:protect',
      meaning: 'Tags that protect a resource, whatever their value unless that is "false" or "no".',
    },
  ),
  schedules: listOf(schedule, 'schedules, each with name, scope and stop'),
}).prefault({});

export const role = mapping({
  role: field(oneOf(['viewer', 'approver', 'admin']), {
    type: 'viewer | approver | admin',
    meaning:
      "viewer: may look, change nothing. approver: may approve every team's proposals. admin: may change everything.",
  }),
  people: field(people(), { type: `list of ${PEOPLE}`, meaning: 'Who has it.' }),
});

const from = (fallback: (typeof SEVERITIES)[number]) =>
  field(oneOf(SEVERITIES).default(fallback), {
    type: SEVERITIES.join(' | '),
    fallback,
    meaning: 'From this severity on.',
  });

export const integrations = mapping({
  pagerDuty: mapping({
    keyVariable: field(variable().default('PAGERDUTY_ROUTING_KEY'), {
      type: 'text',
      fallback: 'PAGERDUTY_ROUTING_KEY',
      meaning: 'Environment variable with the integration key (Events API v2).',
    }),
    from: from('critical'),
    endpoint: field(address().optional(), {
      type: 'address',
      fallback: "PagerDuty's own",
      meaning: 'Another address, such as that of the EU region.',
    }),
  }).optional(),
  webhooks: listOf(
    mapping({
      name: field(name('a short name'), { type: 'text', meaning: 'Name in logs.' }),
      url: field(address(), {
        type: 'address',
        meaning: 'Where anomalies and proposals are posted as JSON.',
      }),
      keyVariable: field(variable(), {
        type: 'text',
        meaning: 'Environment variable with the secret that signs them (Standard Webhooks).',
      }),
      from: from('medium'),
    }),
    'webhooks, each with name, url and keyVariable',
  ),
  tickets: mapping({
    kind: field(oneOf(['jira', 'webhook']), { type: 'jira | webhook', meaning: 'Where tickets are made.' }),
    url: field(address(), { type: 'address', meaning: 'Address of the Jira site, or of the webhook.' }),
    project: field(name('the key of a project').optional(), {
      type: 'text',
      fallback: 'none',
      meaning: 'Jira: key of the project.',
    }),
    issueType: field(name('an issue type').default('Task'), {
      type: 'text',
      fallback: 'Task',
      meaning: 'Jira: type of the issue.',
    }),
    userVariable: field(variable().optional(), {
      type: 'text',
      fallback: 'none (a personal access token)',
      meaning: 'Jira Cloud: environment variable with the e-mail of the API token.',
    }),
    keyVariable: field(variable(), {
      type: 'text',
      meaning: 'Environment variable with the API token, or the secret that signs the webhook.',
    }),
  }).optional(),
}).prefault({});
