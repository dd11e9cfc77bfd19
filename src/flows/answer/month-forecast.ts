/** What a monthly budget's month will have cost at its end, beside an answer about now. */
import { createConvert } from '../../analysis/convert.ts';
import { forecastMonthEnd } from '../../analysis/forecast/month-end.ts';
import type { AnswerBudget } from '../../core/answer.ts';
import type { PeriodWord } from '../../core/period.ts';
import type { Scope } from '../../core/scope.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import type { Context } from '../context.ts';
import { readForecastInputs } from '../forecast/read-inputs.ts';
import { findReach } from './reach.ts';

const LAST_DAYS = { kind: 'days', count: 30 } as const;

/** The budget with its forecast, in the budget's currency; as it is where there is nothing to say: a question about the past, another period, a month that is over. */
export async function withForecast(
  context: Context,
  budget: AnswerBudget | undefined,
  about: { readonly scope: Scope; readonly filter: CostFilter; readonly period: PeriodWord },
): Promise<AnswerBudget | undefined> {
  const { scope, filter, period } = about;
  const isNow = period.kind === 'days' || period.kind === 'to-date';
  if (budget?.period !== 'monthly' || !isNow) return budget;
  const { currency } = budget;
  const reach = await findReach(context, filter, LAST_DAYS);
  const convert = createConvert(context.settings.fx);
  const { input } = await readForecastInputs(context, { scope, filter, reach, currency, convert });
  const found = input && forecastMonthEnd(input);
  if (!found || found.range === 'none-left' || found.month !== budget.current.start) return budget;
  const { forecast, low, high } = found;
  return { ...budget, forecast: { amount: forecast, low, high } };
}
