/** The shapes of live sources and of token prices in pennywatch.yaml. */
import * as z from 'zod';
import { isCron } from '../analysis/schedule/cron.ts';
import { field, mapping, name, text } from '../core/field.ts';
import * as is from './check.ts';

/** A whole number from 0 (or `least`) to `most`, written as text. */
function whole(most: number, what: string, least = 0) {
  return text(
    `a whole number of ${what} from ${least} to ${most}`,
    (value) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most,
  ).transform(Number);
}

/** A time that both the one who plans and the one who ticks understand: no H, which means another minute each time. */
function isSchedule(value: string): boolean {
  return isCron(value) && !/(?<![a-z])h(?![a-z])/i.test(value);
}

/** Keys that every live source has. The others are its own and checked by itself. */
export const sourceShape = {
  kind: field(name('the kind of a source, such as aws-cost-explorer'), {
    type: 'text',
    meaning: 'Which source it is: `pennywatch permissions` lists them.',
  }),
  name: field(name('a short name without spaces', (value) => /^[\w.-]{1,60}$/.test(value)).optional(), {
    type: 'text',
    fallback: 'the kind',
    meaning: 'Name its charges are filed under and answers call it by.',
  }),
  schedule: field(
    text('a cron expression of five fields such as "37 7 * * *" (UTC)', isSchedule)
      .transform((value) => value.trim().replace(/\s+/g, ' '))
      .optional(),
    {
      type: 'cron',
      fallback: "the kind's own",
      meaning: 'When it is polled, in UTC: minute, hour, day of month, month, day of week.',
    },
  ),
  historyMonths: field(whole(120, 'months').optional(), {
    type: 'whole number',
    fallback: "the kind's own",
    meaning: 'How many whole months before the running one are fetched at the beginning.',
  }),
  trailingDays: field(whole(90, 'days').optional(), {
    type: 'whole number',
    fallback: "the kind's own",
    meaning: 'Newest days that are fetched again at every poll, because bills come late.',
  }),
  lagDays: field(whole(30, 'days').optional(), {
    type: 'whole number',
    fallback: "the kind's own",
    meaning: 'A day counts as complete so many days later.',
  }),
  requestsPerDay: field(whole(100_000, 'requests', 1).optional(), {
    type: 'whole number',
    fallback: "the kind's own",
    meaning: 'Requests it may send per UTC day, where asking costs money.',
  }),
};

export const source = z.looseObject(sourceShape, {
  error: (issue) =>
    issue.code === 'invalid_type' ? 'a mapping with kind and what that kind needs' : undefined,
});

const amount = (expected: string) =>
  text(`${expected}, a decimal such as "2.50"`, (value) => /^\d{1,9}(\.\d{1,12})?$/.test(value));

export const price = mapping({
  provider: field(name('a vendor such as OpenAI'), {
    type: 'text',
    meaning: 'Vendor, as usage names it, for example OpenAI.',
  }),
  model: field(name('the name of a model such as gpt-4o*'), {
    type: 'text',
    meaning: "The vendor's name of the model; * stands for any text, and the longest match decides.",
  }),
  currency: field(
    text('an ISO 4217 currency code', is.isCurrency).transform(is.currencyCode).default('USD'),
    {
      type: 'currency',
      fallback: 'USD',
      meaning: 'Currency of the price.',
    },
  ),
  from: field(text('a calendar day such as 2026-01-01', is.isDate).default('2000-01-01'), {
    type: 'day',
    fallback: 'always',
    meaning: 'First day the price holds.',
  }),
  input: field(amount('a price'), { type: 'decimal', meaning: 'Per 1M uncached input tokens.' }),
  cachedInput: field(amount('a price').optional(), {
    type: 'decimal',
    fallback: 'as input',
    meaning: 'Per 1M cached input tokens.',
  }),
  cacheWrite: field(amount('a price').optional(), {
    type: 'decimal',
    fallback: 'as input',
    meaning: 'Per 1M tokens written to the cache (5 minutes, where there are kinds).',
  }),
  cacheWrite1h: field(amount('a price').optional(), {
    type: 'decimal',
    fallback: 'as cacheWrite',
    meaning: 'Per 1M tokens written to the cache for an hour.',
  }),
  output: field(amount('a price').optional(), { type: 'decimal', meaning: 'Per 1M output tokens.' }),
  batchFactor: field(amount('a factor').optional(), {
    type: 'decimal',
    fallback: '1',
    meaning: 'What batch requests cost of the above, for example "0.5".',
  }),
});
