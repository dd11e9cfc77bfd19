/** The shape of pennywatch.yaml. Everything a person may write is here, with its meaning. */
import * as z from 'zod';
import { DIMENSIONS } from '../core/dimension.ts';
import { field, listOf, mapping, name, names, oneOf, text } from '../core/field.ts';
import { CHAT_PLATFORMS } from '../core/settings.ts';
import * as is from './check.ts';
import { ENVIRONMENTS, STAGES } from './default-dimensions.ts';
import { actions, integrations, role } from './schema-actions.ts';
import { anomalies, budgetAlerts, slo } from './schema-analysis.ts';
import { budget } from './schema-budgets.ts';
import { reports, split } from './schema-more.ts';
import { price, source } from './schema-sources.ts';

const currency = text('an ISO 4217 currency code such as USD or EUR', is.isCurrency).transform(
  is.currencyCode,
);
const email = text('an e-mail address such as mira@lumen.example', is.isEmail).transform((value) =>
  value.toLowerCase(),
);
const timeZone = text('an IANA time zone such as Europe/Berlin or UTC', is.isTimeZone);

const fxRate = mapping({
  date: field(text('a calendar day such as 2025-08-01', is.isDate), {
    type: 'day',
    meaning: 'The day from which the rate holds, until the next dated rate.',
  }),
  from: field(
    text(
      "a currency code such as EUR (or a vendor's own unit as billed, longer than three letters)",
      is.isBillCurrency,
    ).transform(is.currencyCode),
    {
      type: 'currency',
      meaning: 'Currency of the bill.',
    },
  ),
  to: field(currency, { type: 'currency', meaning: 'Currency it is converted to.' }),
  rate: field(
    text('a positive decimal such as "1.0832" (with a point, without separators)', is.isPositiveDecimal),
    {
      type: 'decimal',
      meaning: 'How much of `to` one unit of `from` costs, exactly as written.',
    },
  ),
});

const dimension = mapping({
  tags: field(names('a list of tag keys such as [team, squad]').optional(), {
    type: 'list of text',
    fallback: 'common spellings',
    meaning:
      'Tag keys that carry it; the first that is present decides. Case, spaces, "-" and "_" do not matter.',
  }),
  values: field(
    z
      .record(z.string(), names('a list of other spellings such as [train]'), {
        error: 'a mapping from a value to its other spellings',
      })
      .optional(),
    {
      type: 'mapping of lists',
      fallback: 'common spellings',
      meaning: 'A value and the other spellings that mean it.',
    },
  ),
});

const member = mapping({
  name: field(name("a person's name"), { type: 'text', meaning: 'Name as shown in messages.' }),
  email: field(email, {
    type: 'e-mail',
    meaning: "The person's e-mail address: who they are everywhere in this file.",
  }),
  slack: field(
    text('a Slack member id such as U0123ABCD (profile → ⋮ → Copy member ID)', is.isSlackUser).optional(),
    {
      type: 'Slack id',
      meaning: "The person's Slack member id, so that they can be mentioned.",
    },
  ),
  teams: field(
    text(
      'a Microsoft Entra object id such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301 (`@Pennywatch settings` in Teams says your own)',
      is.isEntraId,
    )
      .transform((id) => id.toLowerCase())
      .optional(),
    {
      type: 'Entra object id',
      meaning:
        "The person's object id in Microsoft Entra ID, for mentions in Teams. Without it they are known there by their e-mail.",
    },
  ),
});

const team = mapping({
  name: field(name('a short team name such as search'), {
    type: 'text',
    meaning: 'Name used in commands, tags and rules. Case does not matter.',
  }),
  title: field(name('text').optional(), {
    type: 'text',
    fallback: 'the name',
    meaning: 'Name as shown in messages.',
  }),
  owner: field(email.optional(), {
    type: 'e-mail',
    meaning: "Who answers for the team's cost: the e-mail of a member of any team.",
  }),
  members: listOf(member, 'members, each with name, email and perhaps slack or teams'),
  channel: mapping({
    slack: field(
      text(
        'a Slack channel id such as C0123ABCD (channel details → at the bottom)',
        is.isSlackChannel,
      ).optional(),
      {
        type: 'Slack id',
        meaning: "The team's Slack channel.",
      },
    ),
    teams: field(
      text(
        'a Teams channel id such as 19:abc123@thread.tacv2 (`@Pennywatch settings` in the channel says it)',
        is.isTeamsChannel,
      ).optional(),
      {
        type: 'Teams id',
        meaning: "The team's channel in Microsoft Teams.",
      },
    ),
  }).default({}),
  home: field(z.enum(CHAT_PLATFORMS, { error: `one of ${CHAT_PLATFORMS.join(', ')}` }).optional(), {
    type: CHAT_PLATFORMS.join(' | '),
    fallback: 'every platform it has a channel in',
    meaning: 'The one platform that gets what Pennywatch posts to the team by itself.',
  }),
  costCenter: field(name('text such as CC-1001').optional(), {
    type: 'text',
    meaning: 'Cost centre the team is charged to.',
  }),
  timeZone: field(timeZone.optional(), {
    type: 'time zone',
    fallback: "the organisation's",
    meaning: "Zone in which the team's times are shown.",
  }),
});

const model = mapping({
  name: field(
    name(
      'a short model name that does not end in /training, /inference, /data or /other',
      (value) => !STAGES.some((stage) => value.endsWith(`/${stage}`)),
    ),
    {
      type: 'text',
      meaning: 'Name used in commands, tags and rules. Case does not matter.',
    },
  ),
  title: field(name('text').optional(), {
    type: 'text',
    fallback: 'the name',
    meaning: 'Name as shown in messages.',
  }),
  team: field(name('the name of a team in teams').optional(), {
    type: 'text',
    meaning: 'The team whose model it is.',
  }),
  owner: field(
    text(
      'the e-mail of a member, or a user group such as "@ml-leads"',
      (value) => is.isEmail(value) || is.isGroup(value),
    ).optional(),
    {
      type: 'e-mail or group',
      fallback: "the team's owner",
      meaning: 'Who answers for its cost: a member\'s e-mail, or a user group in quotes ("@ml-leads").',
    },
  ),
  aliases: field(names('a list of other names such as [bert-base]').optional(), {
    type: 'list of text',
    meaning: 'Other names that mean the same model.',
  }),
});

const setShape = mapping({
  team: field(name('text').optional(), { type: 'text', meaning: 'Team to set.' }),
  model: field(name('text').optional(), { type: 'text', meaning: 'Model to set.' }),
  modelVersion: field(name('text').optional(), { type: 'text', meaning: 'Model version to set.' }),
  stage: field(oneOf(STAGES).optional(), { type: STAGES.join(' | '), meaning: 'Stage to set.' }),
  environment: field(oneOf(ENVIRONMENTS).optional(), {
    type: ENVIRONMENTS.join(' | '),
    meaning: 'Environment to set.',
  }),
  feature: field(name('text').optional(), { type: 'text', meaning: 'Feature to set.' }),
  costCenter: field(name('text').optional(), { type: 'text', meaning: 'Cost centre to set.' }),
  experiment: field(name('text').optional(), { type: 'text', meaning: 'Experiment to set.' }),
});

const rule = mapping({
  name: field(name('a name that says what the rule claims'), {
    type: 'text',
    meaning: 'Name of the rule, shown when somebody asks why.',
  }),
  match: field(
    z.record(z.string(), names('text or a list of at least one text', 1), {
      error: 'a mapping from FOCUS columns or tags.KEY to text',
    }),
    {
      type: 'mapping',
      meaning:
        'What a charge must look like: FOCUS column or tags.KEY, and a text or list of texts with * and ?. All conditions must hold; any text of a list may. Case does not matter.',
    },
  ),
  set: setShape,
});

export const PennywatchYaml = mapping({
  organisation: field(name('the name of your organisation').default('My organisation'), {
    type: 'text',
    fallback: 'My organisation',
    meaning: 'Name as shown in messages.',
  }),
  timeZone: field(timeZone.default('UTC'), {
    type: 'time zone',
    fallback: 'UTC',
    meaning: 'IANA zone in which days are named and reports are sent.',
  }),
  weekStart: field(oneOf(['monday', 'sunday', 'saturday']).default('monday'), {
    type: 'monday | sunday | saturday',
    fallback: 'monday',
    meaning: 'First day of the week.',
  }),
  currency: field(currency.default('USD'), {
    type: 'currency',
    fallback: 'USD',
    meaning: 'Reporting currency: what answers are given in unless asked otherwise.',
  }),
  fx: listOf(fxRate, 'dated rates, each with date, from, to and rate'),
  dimensions: mapping(
    Object.fromEntries(DIMENSIONS.map((key) => [key, dimension.optional()])) as Record<
      (typeof DIMENSIONS)[number],
      z.ZodOptional<typeof dimension>
    >,
  ).default({}),
  teams: listOf(team, 'teams, each with a name'),
  models: listOf(model, 'models, each with a name'),
  budgets: listOf(budget, 'budgets, each with scope, amount and period'),
  allocation: mapping({
    rules: listOf(rule, 'rules, each with name, match and set'),
    splits: listOf(split, 'splits, each with name, from, among and by'),
  }).default({ rules: [], splits: [] }),
  anomalies,
  budgetAlerts,
  slos: listOf(slo, 'cost SLOs, each with name, scope, per and target'),
  actions,
  roles: listOf(role, 'roles, each with role and people'),
  integrations,
  sources: listOf(source, 'live sources, each with its kind'),
  prices: listOf(price, 'token prices, each with provider, model and input'),
  reports,
  admins: field(z.array(email, { error: 'a list of e-mail addresses' }).default([]), {
    type: 'list of e-mails',
    fallback: 'nobody',
    meaning: "People who may change every team's budgets, owners and subscriptions in chat.",
  }),
  storage: mapping({
    resourceDays: field(
      text(
        'a whole number of days from 1 to 800',
        (value) => /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 800,
      )
        .transform(Number)
        .default(35),
      {
        type: 'whole number',
        fallback: '35',
        meaning: 'Newest days per source for which single resources are kept; older days keep their totals.',
      },
    ),
  }).default({ resourceDays: 35 }),
});
export type PennywatchYaml = z.infer<typeof PennywatchYaml>;
