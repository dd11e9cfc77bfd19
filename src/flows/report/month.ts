/** Where the month is going: its cost so far, the forecast for its end, and its budget. */
import type { Convert } from '../../analysis/convert.ts';
import { forecastMonthEnd } from '../../analysis/forecast/month-end.ts';
import type { AnswerBudget } from '../../core/answer.ts';
import type { Scope } from '../../core/scope.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import type { ReportMonth } from '../../view/messages/weekly-report-types.ts';
import type { Reach } from '../answer/reach.ts';
import type { Context } from '../context.ts';
import { lastMonthEnd } from '../forecast/accuracy.ts';
import { readForecastInputs } from '../forecast/read-inputs.ts';
import { tooShort } from '../forecast/too-short.ts';

export async function reportMonth(
  context: Context,
  filter: CostFilter,
  about: { scope: Scope; reach: Reach; currency: string; convert: Convert; budget?: AnswerBudget },
): Promise<ReportMonth> {
  const { until, month, spent, input, reason } = await readForecastInputs(context, { ...about, filter });
  if (until === undefined || month === undefined) return { spent, ...(reason && { reason }) };
  const last = await lastMonthEnd(context, about.scope, month);
  const base = { month, until, budget: monthlyBudget(about), ...(last && { last }) };
  if (!input) return { ...base, spent, ...(reason && { reason }) };
  const found = forecastMonthEnd(input);
  if (!found) return { ...base, spent, reason: tooShort(input.usage) };
  const { forecast: amount, low, high, learntDays, range } = found;
  return { ...base, spent, forecast: { amount, low, high, learntDays, range } };
}

function monthlyBudget({
  budget,
  currency,
  convert,
  reach,
}: {
  budget?: AnswerBudget;
  currency: string;
  convert: Convert;
  reach: Reach;
}): bigint | undefined {
  if (budget?.period !== 'monthly') return undefined;
  return convert(budget.amount, budget.currency, currency, reach.today);
}
