/** The shape of a budget in pennywatch.yaml. */
import * as z from 'zod';
import { BUDGET_METRICS, BUDGET_PERIODS } from '../core/budget.ts';
import { field, mapping, oneOf, text } from '../core/field.ts';
import * as is from './check.ts';

const day = text('a calendar day such as 2026-11-20', is.isDate);

export const budget = mapping({
  scope: field(text('a scope such as "model:bert"'), {
    type: 'scope',
    meaning:
      'What it is for: org, team:NAME, model:NAME, model:NAME/training, service:NAME, provider:NAME, environment:NAME, feature:NAME, experiment:NAME; with a metric also key:NAME, an API key.',
  }),
  amount: field(
    text(
      'a positive amount such as "15000" or "15000.50" (with a point, without separators)',
      is.isPositiveAmount,
    ),
    {
      type: 'decimal',
      meaning: 'Amount per period, exact.',
    },
  ),
  currency: field(
    text('an ISO 4217 currency code such as USD or EUR', is.isCurrency).transform(is.currencyCode).optional(),
    {
      type: 'currency',
      fallback: 'the reporting currency',
      meaning: 'Currency of the amount; none with a metric.',
    },
  ),
  metric: field(oneOf(BUDGET_METRICS).optional(), {
    type: BUDGET_METRICS.join(' | '),
    fallback: 'money',
    meaning: 'Usage that the amount is of, instead of money; tokens are those of input, output and cache.',
  }),
  period: field(oneOf(BUDGET_PERIODS), {
    type: BUDGET_PERIODS.join(' | '),
    meaning: 'Calendar period the amount is for; fixed is one cap from its first day on.',
  }),
  from: field(day.optional(), {
    type: 'day',
    fallback: 'required with period fixed',
    meaning: 'First day of a fixed cap.',
  }),
  until: field(day.optional(), {
    type: 'day',
    fallback: 'until it is removed',
    meaning: 'Last day of a fixed cap.',
  }),
  thresholds: field(
    z.preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z
        .array(
          text('a whole number of percent from 1 to 1000', (value) =>
            /^([1-9]\d{0,2}|1000)$/.test(value),
          ).transform(Number),
          { error: 'a list of percentages such as [50, 80, 100]' },
        )
        .optional(),
    ),
    {
      type: 'list of percentages',
      fallback: 'those of budgetAlerts',
      meaning: 'Shares of this budget that are told, each once per period; [] for none.',
    },
  ),
});
