/** The organisation's pennywatch.yaml, with comments for people who try it out. */
import type { Day } from '../../core/day.ts';
import { emailOf, membersOf, ORGANISATION, TEAMS } from './company.ts';
import { fxRates } from './fx.ts';
import { MODELS } from './models.ts';
import { sampleRules } from './rules.ts';
import { entraIdOf, TEAMS_CHANNELS } from './teams.ts';

const MODEL_BUDGETS = [
  ['model:bert', '15000'],
  ['model:support-copilot', '9000'],
  ['model:listing-writer', '1500'],
] as const;

/** The whole file as YAML text; with ids of Microsoft Teams only where it is there to post to. */
export function configText(span: { start: Day; today: Day; seed: number }, inTeams = false): string {
  return [
    header(),
    fx(span),
    DIMENSIONS,
    teams(inTeams),
    models(),
    budgets(),
    slos(),
    acting(),
    allocation(),
  ].join('\n');
}

function header(): string {
  return `# Pennywatch configuration of ${ORGANISATION}, an invented marketplace for second-hand furniture.
# Written by the demo; change it as you like, then run: pennywatch allocate
organisation: ${ORGANISATION}
timeZone: Europe/Berlin        # what "yesterday" and "last week" mean
weekStart: monday              # monday | sunday | saturday
currency: USD                  # answers are in this currency unless somebody asks "in EUR"
admins: [${emailOf('jon')}]   # may change every team's budgets, owners and subscriptions; others their own team's
`;
}

function fx(span: { start: Day; today: Day; seed: number }): string {
  const rates = fxRates(span.start, span.today, span.seed);
  return `# Azure bills in EUR. A rate counts from its date until the next one.
fx:
${rates.map(({ date, rate }) => `  - { date: ${date}, from: EUR, to: USD, rate: "${rate}" }`).join('\n')}
`;
}

const DIMENSIONS = `# Tag keys that carry each dimension: the first that a charge has wins.
# Case, spaces, "-" and "_" do not matter: model-version, ModelVersion and model_version are one key.
# "values" maps spellings to the word that is used everywhere.
dimensions:
  team: { tags: [team, owner-team] }
  model: { tags: [model, ml-model] }
  modelVersion: { tags: [model-version] }
  stage: { tags: [stage, workload], values: { training: [train], inference: [serve, serving] } }
  environment: { tags: [environment, env], values: { prod: [production, prd], dev: [development] } }
  feature: { tags: [feature] }
  costCenter: { tags: [cost-center, costcentre] }
  experiment: { tags: [experiment] }
`;

function teams(inTeams: boolean): string {
  const rows = TEAMS.map(({ name, title, owner, channel, costCenter }) => {
    const members = membersOf(name).map((person) => {
      const also = inTeams ? `, teams: ${entraIdOf(person.key)}` : '';
      return `      - { name: ${text(person.name)}, email: ${emailOf(person.key)}, slack: ${person.slack}${also} }`;
    });
    const inBoth = inTeams && TEAMS_CHANNELS[name];
    const also = inBoth ? `, teams: ${JSON.stringify(inBoth)}` : '';
    return [
      `  - name: ${name}`,
      `    title: ${text(title)}`,
      `    owner: ${emailOf(owner)}`,
      '    members:',
      ...members,
      `    channel: { slack: ${channel}${also} }`,
      `    costCenter: ${costCenter}`,
    ].join('\n');
  });
  return `# The owner is one of the members: the person who is asked when something is off.\nteams:\n${rows.join('\n')}\n`;
}

function models(): string {
  const rows = MODELS.map(({ name, title, team, owner, aliases }) => {
    const also = aliases ? `, aliases: [${aliases.join(', ')}]` : '';
    return `  - { name: ${name}, title: ${text(title)}, team: ${team}, owner: ${emailOf(owner)}${also} }`;
  });
  return `# A charge that belongs to a model belongs to the model's team, unless a rule or tag says otherwise.\nmodels:\n${rows.join('\n')}\n`;
}

function budgets(): string {
  const scopes = [...TEAMS.map(({ name, budget }) => [`team:${name}`, budget] as const), ...MODEL_BUDGETS];
  const rows = [['org', '190000'] as const, ...scopes].map(
    ([scope, amount]) => `  - { scope: "${scope}", amount: "${amount}", currency: USD, period: monthly }`,
  );
  return `budgets:\n${rows.join('\n')}\n`;
}

/** Unit costs that were promised; listing-writer's was, before it moved to a dearer model. */
const SLOS = [
  ['bert-inference', 'model:bert/inference', 'requests', '0.15'],
  ['copilot-answers', 'model:support-copilot/inference', 'requests', '7.00'],
  ['listing-texts', 'model:listing-writer/inference', 'tokens', '1.00'],
] as const;

function slos(): string {
  const rows = SLOS.map(
    ([name, scope, per, target]) =>
      `  - { name: ${name}, scope: "${scope}", per: ${per}, target: "${target}" }`,
  );
  return `# What a unit may cost (per 1k requests, per 1M tokens) on 95 % of the days of four weeks.\nslos:\n${rows.join('\n')}\n`;
}

/** Jon and Grace approve what others ask for; one of them is enough up to 5,000 a day. */
function acting(): string {
  const [jon, grace] = [emailOf('jon'), emailOf('grace')];
  return `# What may be stopped from chat, and who must agree. The demo adds its accounts: stand-ins of the clouds on this machine.
actions:
  mode: approve                # dry-run: nothing is called | approve: somebody else must agree | live
  approvers:                   # nobody approves what they asked for themselves
    - { people: [${jon}, ${grace}] }
    - { people: ["@ml-leads"], environments: [staging, dev] }
  twoPersons:                  # two must agree from so much a day on; without these lines also in prod and at high risk
    above: "5000"
    environments: []
    risks: []
  limits: { resourcesPerProposal: 10, resourcesPerDay: 30 }
  protectTags: ["pennywatch:protect"]
# Roles beside those that follow from the teams above.
roles:
  - { role: approver, people: ["@finops"] }
`;
}

function allocation(): string {
  const rules = sampleRules().map(({ name, match, set }) =>
    [`    - name: ${text(name)}`, `      match: ${flow(match)}`, `      set: ${flow(set)}`].join('\n'),
  );
  return `# Rules are applied in this order and win over tags; the first rule that sets a dimension decides it.
# They match FOCUS columns or tags.KEY: the exact value, a glob with * and ?, or a list of these.
allocation:
  rules:
${rules.join('\n')}
${splits()}`;
}

/** What the platform team runs for everybody is paid by the teams that build models. */
export const SPLITS = [
  {
    name: 'shared platform',
    from: { team: 'platform', stage: 'other' },
    by: 'direct-cost',
    comment: 'Clusters, network, logs, support: in proportion to what each team costs itself.',
  },
  {
    name: 'training data lake',
    from: { team: 'platform', stage: 'data', service: 'Amazon Simple Storage Service' },
    by: 'usage',
    metric: 'training_hours',
    comment: 'Read by training jobs: in proportion to their hours.',
  },
] as const;

function splits(): string {
  const teams = TEAMS.flatMap(({ name }) => (name === 'platform' ? [] : [name]));
  const rows = SPLITS.map((split) =>
    [
      `    # ${split.comment}`,
      `    - name: ${text(split.name)}`,
      `      from: ${flow(split.from)}`,
      `      among: { team: [${teams.map(text).join(', ')}] }`,
      `      by: ${split.by}`,
      ...('metric' in split ? [`      metric: ${split.metric}`] : []),
    ].join('\n'),
  );
  return `  # Shared cost is given, day by day, to those who use it; the parts add up to it exactly. Answers say which part of
  # a figure is direct and which is shared.
  splits:
${rows.join('\n')}
`;
}

function flow(values: Readonly<Record<string, string | readonly string[]>>): string {
  const pairs = Object.entries(values).map(
    ([key, value]) =>
      `${key}: ${typeof value === 'string' ? text(value) : `[${value.map(text).join(', ')}]`}`,
  );
  return `{ ${pairs.join(', ')} }`;
}

/** Plain where YAML takes it for the same text, quoted otherwise. */
function text(value: string): string {
  const plain =
    /^[\p{L}][\p{L}\p{N} ._()&/-]*$/u.test(value) && !/^(true|false|yes|no|on|off|null)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}
