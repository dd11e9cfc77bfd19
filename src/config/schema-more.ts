/** The shapes of splits and of the report schedule in pennywatch.yaml. */
import * as z from 'zod';
import { field, mapping, name, names, oneOf, text } from '../core/field.ts';
import { POOL_COLUMNS, WEEKDAYS } from '../core/settings.ts';
import { USAGE_METRICS } from '../core/usage.ts';
import * as is from './check.ts';

const pool = field(name('text, with * and ? for any text and any character').optional(), {
  type: 'text',
  meaning:
    'Column of the allocated cost and the text it must have (* and ? stand for any text and any character). All must hold.',
});

export const split = mapping({
  name: field(name('a name that says what is shared'), {
    type: 'text',
    meaning: 'Name of the split, shown beside the shared part.',
  }),
  from: mapping(
    Object.fromEntries(POOL_COLUMNS.map((column) => [column, pool])) as Record<
      (typeof POOL_COLUMNS)[number],
      typeof pool
    >,
  ),
  among: mapping({
    team: field(names('a list of teams; [] for every team with direct cost').optional(), {
      type: 'list of teams',
      meaning:
        'Teams that share it; [] means every team that has direct cost that day (by usage: that has usage of the metric). Either this or `model`.',
    }),
    model: field(names('a list of models; [] for every model with direct cost').optional(), {
      type: 'list of models',
      meaning:
        'Models that share it; [] means every model that has direct cost that day (by usage: that has usage of the metric).',
    }),
  }),
  by: field(oneOf(['evenly', 'shares', 'direct-cost', 'usage']), {
    type: 'evenly | shares | direct-cost | usage',
    meaning: 'How it is shared: alike, by `shares`, in proportion to direct cost, or to a usage `metric`.',
  }),
  shares: field(
    z
      .record(z.string(), text('a positive number such as "60" or "2.5"', is.isPositiveDecimal), {
        error: 'a mapping from names to weights such as { search: "60", growth: "40" }',
      })
      .optional(),
    { type: 'mapping of decimals', meaning: 'Weights, with `by: shares`; they need not add up to 100.' },
  ),
  metric: field(oneOf(USAGE_METRICS).optional(), {
    type: USAGE_METRICS.join(' | '),
    meaning: 'Usage metric, with `by: usage`.',
  }),
});

const reportDefaults = { enabled: true, day: 'monday', time: '09:00' } as const;

export const reports = mapping({
  enabled: field(
    oneOf(['yes', 'no'])
      .default('yes')
      .transform((value) => value === 'yes'),
    {
      type: 'yes | no',
      fallback: 'yes',
      meaning: "Whether every team's channel gets its weekly report without anybody subscribing.",
    },
  ),
  day: field(oneOf(WEEKDAYS).default('monday'), {
    type: WEEKDAYS.join(' | '),
    fallback: 'monday',
    meaning: 'Day of the weekly report.',
  }),
  time: field(
    text('a time of day such as 09:00', (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value)).default('09:00'),
    {
      type: 'time',
      fallback: '09:00',
      meaning: "Time of the weekly and daily reports, on the clock of the team's time zone.",
    },
  ),
}).default(reportDefaults);
