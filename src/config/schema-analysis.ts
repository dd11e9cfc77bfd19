/** The shapes of anomalies, budget alerts and cost SLOs in pennywatch.yaml. */
import * as z from 'zod';
import { DIRECTIONS, SEVERITIES } from '../core/analysis-settings.ts';
import { field, listOf, mapping, name, oneOf, text } from '../core/field.ts';
import { USAGE_METRICS } from '../core/usage.ts';
import * as is from './check.ts';

const SCOPES =
  'org, team:NAME, model:NAME, model:NAME/training, service:NAME, provider:NAME, environment:NAME, feature:NAME or experiment:NAME';
const UNITS = [...USAGE_METRICS, 'tokens'] as const;

function yesOrNo(meaning: string, fallback: 'yes' | 'no') {
  return field(
    oneOf(['yes', 'no'])
      .default(fallback)
      .transform((value) => value === 'yes'),
    { type: 'yes | no', fallback, meaning },
  );
}

function whole(least: number, most: number, what: string) {
  return text(
    `a whole number of ${what} from ${least} to ${most}`,
    (value) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most,
  ).transform(Number);
}

/** A schema of its own each time: the reference takes keys with one schema for names of the same thing. */
function amount() {
  return text('an amount such as "50" or "12.50"', (value) => /^\d{1,12}(\.\d{1,6})?$/.test(value));
}
const percent = text(
  'a percentage such as "20", from 0 to 10000',
  (value) => /^\d{1,5}(\.\d{1,2})?$/.test(value) && Number(value) <= 10_000,
);

const params = z
  .record(z.string(), z.string(), { error: 'a mapping from parameters of the detector to numbers' })
  .default({});
const detector = name('the name of a detector such as seasonal');

const gates = {
  direction: oneOf(DIRECTIONS),
  minimumImpact: amount(),
  minimumPercent: percent,
  minimumDays: whole(1, 60, 'days'),
};

const rule = mapping({
  scope: field(text('a scope such as "model:bert/training"'), {
    type: 'scope',
    meaning: `What it is for, and everything below it: ${SCOPES}. The narrowest scope decides.`,
  }),
  detector: field(detector.optional(), {
    type: 'text',
    fallback: 'that of anomalies',
    meaning: 'Detector to use instead.',
  }),
  params: field(params, {
    type: 'mapping of numbers',
    fallback: "the detector's own",
    meaning: 'Parameters of the detector.',
  }),
  per: field(oneOf(UNITS).optional(), {
    type: UNITS.join(' | '),
    meaning: 'What the cost is divided by, with the detector `rate`.',
  }),
  direction: field(gates.direction.optional(), {
    type: DIRECTIONS.join(' | '),
    fallback: 'that of anomalies',
    meaning: 'Which way counts.',
  }),
  minimumImpact: field(gates.minimumImpact.optional(), {
    type: 'decimal',
    fallback: 'that of anomalies',
    meaning: 'Least difference from expected per day, in the reporting currency.',
  }),
  minimumPercent: field(gates.minimumPercent.optional(), {
    type: 'percent',
    fallback: 'that of anomalies',
    meaning: 'Least difference from expected, in percent.',
  }),
  minimumDays: field(gates.minimumDays.optional(), {
    type: 'whole number',
    fallback: 'that of anomalies',
    meaning: 'Days in a row before it counts.',
  }),
  mute: yesOrNo('Whether nothing is told about this scope at all.', 'no'),
});

const severity = mapping({
  medium: field(amount().default('100'), {
    type: 'decimal',
    fallback: '100',
    meaning:
      'From so much above expected per day, in the reporting currency, an anomaly is medium; less is low.',
  }),
  high: field(amount().default('500'), {
    type: 'decimal',
    fallback: '500',
    meaning: 'From so much per day it is high.',
  }),
  critical: field(amount().default('2000'), {
    type: 'decimal',
    fallback: '2000',
    meaning: 'From so much per day it is critical.',
  }),
});

export const anomalies = mapping({
  enabled: yesOrNo('Whether complete days are searched for unusual cost.', 'yes'),
  detector: field(detector.default('seasonal'), {
    type: 'text',
    fallback: 'seasonal',
    meaning: 'Detector for every scope that no rule says otherwise of.',
  }),
  params: field(params, {
    type: 'mapping of numbers',
    fallback: "the detector's own",
    meaning: 'Parameters of the detector.',
  }),
  direction: field(gates.direction.default('up'), {
    type: DIRECTIONS.join(' | '),
    fallback: 'up',
    meaning: 'Which way a cost must be unusual to count.',
  }),
  minimumImpact: field(gates.minimumImpact.default('25'), {
    type: 'decimal',
    fallback: '25',
    meaning: 'Least difference from expected per day, in the reporting currency.',
  }),
  minimumPercent: field(gates.minimumPercent.default('20'), {
    type: 'percent',
    fallback: '20',
    meaning: 'Least difference from expected, in percent.',
  }),
  minimumDays: field(gates.minimumDays.default(1), {
    type: 'whole number',
    fallback: '1',
    meaning: 'Days in a row before it counts.',
  }),
  severity: severity.default({ medium: '100', high: '500', critical: '2000' }),
  notify: field(oneOf(SEVERITIES).default('medium'), {
    type: SEVERITIES.join(' | '),
    fallback: 'medium',
    meaning: 'From this severity on an anomaly gets a message of its own; others wait for the weekly report.',
  }),
  renotifyHours: field(whole(1, 720, 'hours').default(48), {
    type: 'whole number',
    fallback: '48',
    meaning: 'Hours after which an open anomaly that nobody took is told again.',
  }),
  escalateHours: field(whole(1, 720, 'hours').default(12), {
    type: 'whole number',
    fallback: '12',
    meaning:
      "Hours after which a critical anomaly that nobody took goes to the team's lead, or to the channel of the organisation's report, else to the admins.",
  }),
  rules: listOf(rule, 'rules, each with a scope'),
}).prefault({});

export const budgetAlerts = mapping({
  thresholds: field(
    z.preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z
        .array(whole(1, 1000, 'percent'), { error: 'a list of percentages such as [50, 80, 100]' })
        .default([50, 75, 80, 90, 100]),
    ),
    {
      type: 'list of percentages',
      fallback: '50, 75, 80, 90, 100',
      meaning: 'Shares of a budget that are told, each once per period.',
    },
  ),
  forecast: yesOrNo('Whether a forecast beyond the budget is told too.', 'yes'),
  approvers: field(
    z
      .array(
        text('an e-mail address such as mira@lumen.example', is.isEmail).transform((value) =>
          value.toLowerCase(),
        ),
        { error: 'a list of e-mail addresses' },
      )
      .default([]),
    {
      type: 'list of e-mails',
      fallback: 'nobody',
      meaning: "People who may approve budget requests beside admins and the team's owner.",
    },
  ),
}).prefault({});

export const slo = mapping({
  name: field(name('a short name such as bert-inference'), {
    type: 'text',
    meaning: 'Name of the SLO in commands and messages.',
  }),
  scope: field(text('a scope such as "model:bert/inference"'), {
    type: 'scope',
    meaning: `What it is about: ${SCOPES}.`,
  }),
  per: field(oneOf(UNITS), {
    type: UNITS.join(' | '),
    meaning: 'What the cost is divided by: cost per 1k requests, 1M tokens or GPU-hour.',
  }),
  target: field(text('a positive amount such as "0.40"', is.isPositiveAmount), {
    type: 'decimal',
    meaning: 'Highest good cost of one unit (of 1k requests, 1M tokens, one GPU-hour and so on).',
  }),
  currency: field(text('an ISO 4217 currency code', is.isCurrency).transform(is.currencyCode).optional(), {
    type: 'currency',
    fallback: 'the reporting currency',
    meaning: 'Currency of the target.',
  }),
  window: field(whole(7, 365, 'days').default(28), {
    type: 'whole number',
    fallback: '28',
    meaning: 'Days it is looked at over.',
  }),
  objective: field(
    text(
      'a percentage from 50 to 99.9 such as "95"',
      (value) => /^\d{2}(\.\d{1,2})?$/.test(value) && Number(value) >= 50 && Number(value) < 100,
    ).default('95'),
    { type: 'percent', fallback: '95', meaning: 'Percentage of the days that must be good.' },
  ),
});
