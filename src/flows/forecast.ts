/** What a scope will cost: month end, next day, week, month and quarter, how sure that is, and how it stands to the budget. */
import { createConvert } from '../analysis/convert.ts';
import { monthEndOf } from '../analysis/forecast/month-end.ts';
import { addTo, exactly, type Outlook, outlookOf } from '../analysis/forecast/outlook.ts';
import { addDays, type Day, eachDay, endOfMonth } from '../core/day.ts';
import type { Scope } from '../core/scope.ts';
import type { ForecastAhead, ForecastFacts, ForecastSpan } from '../view/messages/forecast-types.ts';
import { budgetUse } from './answer/budget-use.ts';
import { freshnessWarnings } from './answer/freshness-warnings.ts';
import { findReach } from './answer/reach.ts';
import { filterOf } from './budgets/filter.ts';
import type { Context } from './context.ts';
import { forecastAccuracy } from './forecast/accuracy.ts';
import { providerExpectations } from './forecast/providers.ts';
import { type ForecastInputs, readForecastInputs } from './forecast/read-inputs.ts';
import { tooShort } from './forecast/too-short.ts';

/** Days ahead that are told one by one. */
const TOLD_DAYS = 90;
const LAST_DAYS = { kind: 'days', count: 30 } as const;

/**
 * The forecast of a scope from its complete days only, in `currency` or the organisation's. Throws INVALID for a
 * scope whose cost nothing is known of (API keys).
 */
export async function forecastScope(
  context: Context,
  scope: Scope,
  { currency = context.settings.currency }: { currency?: string } = {},
): Promise<ForecastFacts> {
  const filter = filterOf(scope);
  const convert = createConvert(context.settings.fx);
  const reach = await findReach(context, filter, LAST_DAYS);
  const { today } = reach;
  const inputs = await readForecastInputs(context, { scope, filter, reach, currency, convert });
  const { until, spent, history, planned } = inputs;
  const ahead = aheadOf(inputs);
  const budget = await budgetUse(context, { scope, filter, today, currency, basis: 'effective' });
  const amountHere = budget && convert(budget.amount, budget.currency, currency, today);
  const reason = inputs.reason ?? (inputs.input && !ahead ? tooShort(inputs.input.usage) : undefined);
  return {
    scope,
    today,
    currency,
    ...(until && { until }),
    spent,
    history,
    ...(ahead && { ahead }),
    ...(reason && { reason }),
    ...(budget && { budget: { ...budget, ...(amountHere !== undefined && { amountHere }) } }),
    accuracy: await forecastAccuracy(context, scope),
    providers: await providerExpectations(context, scope, reach),
    planned: (planned?.plans ?? []).map(
      ({ scope: of, start, end, amountMicros, currency: in_, reason: why }) => ({
        scope: of,
        days: { start, end },
        amount: amountMicros,
        currency: in_,
        ...(why && { reason: why }),
      }),
    ),
    sources: reach.sources.map((source) => ({
      name: source.name,
      watermark: source.watermark,
      firstDay: source.firstDay,
      stale: reach.stale.includes(source),
      lacking: reach.lacking.includes(source),
      error: source.lastError,
    })),
    warnings: [
      ...freshnessWarnings(reach, reach.period),
      ...(planned?.unconverted ?? []).map(
        (from) => `There is no ${from}→${currency} rate: what is planned in ${from} is not in the forecast.`,
      ),
    ],
  };
}

/** The days to come, or undefined when nothing can be said of them. */
export function aheadOf({ input }: ForecastInputs): ForecastAhead | undefined {
  const outlook = input && outlookOf(input);
  const month = outlook && monthEndOf(outlook, input);
  if (!month) return undefined;
  const { until, model, parts, backtest, learnt } = outlook;
  const next = addDays(until, 1);
  const last = endOfMonth(until);
  const after = addDays(last, 1);
  const [trial] = backtest;
  const naive = backtest.find((one) => one.model === 'seasonal-naive');
  return {
    month: {
      days: { start: month.month, end: last },
      amount: month.ahead,
      remainingDays: month.remainingDays,
    },
    nextDay: span(outlook, next, next),
    next7: span(outlook, next, addDays(until, 7)),
    nextMonth: span(outlook, after, endOfMonth(after)),
    next90: span(outlook, next, addDays(until, TOLD_DAYS)),
    days: outlook.days.slice(0, TOLD_DAYS).map(({ day, ...amount }) => ({ day, amount })),
    running: eachDay(until, last).map((day) => ({
      day,
      amount: day === until ? exactly(month.spent) : addTo(month.spent, outlook.sum(next, day)),
    })),
    model,
    parts,
    ...(trial && {
      trial: {
        smape: trial.smape,
        mase: trial.mase,
        origins: trial.origins,
        ...(naive && naive !== trial && { naive: naive.mase }),
      },
    }),
    tried: backtest,
    learntDays: learnt,
  };
}

function span(outlook: Outlook, start: Day, end: Day): ForecastSpan {
  return { days: { start, end }, amount: outlook.sum(start, end) };
}
