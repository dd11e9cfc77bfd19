/** Fields that the dialogs about budgets share, and the words their values make. */
import { BUDGET_METRICS, BUDGET_PERIODS } from '../../core/budget.ts';
import { AppError } from '../../core/errors.ts';
import { microsToDecimal } from '../../core/money.ts';
import { quoteName } from '../../core/question.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import type { StoredBudget } from '../../flows/budget-report.ts';
import { readBudgets } from '../../flows/budget-report.ts';
import { readThings } from '../../flows/find-thing.ts';
import type { FormField } from '../../view/elements.ts';
import { tokenise } from '../tokens.ts';
import type { CommandContext } from '../types.ts';

/** Filled with what there is. */
export function budgetFields(
  current: StoredBudget | undefined,
  { scope, currency }: { scope: Scope | undefined; currency: string },
): FormField[] {
  const { startDay, endDay, metric } = current ?? {};
  return [
    {
      kind: 'text',
      name: 'scope',
      label: 'Of what',
      ...(scope && { value: scopeKey(scope) }),
      placeholder: 'model:bert',
      hint: 'A model, team, service, feature or experiment, or org for everything: model:bert, team:search, model:bert/training.',
    },
    {
      kind: 'text',
      name: 'amount',
      label: 'Amount',
      ...(current && { value: microsToDecimal(current.amountMicros) }),
      placeholder: '15000, 15k or 500M',
    },
    {
      kind: 'text',
      name: 'currency',
      label: 'Currency, or what is counted',
      value: metric ? metric.replace('_', ' ') : (current?.currency ?? currency),
      placeholder: 'USD',
      optional: true,
      hint: `Three letters such as EUR, or usage: ${BUDGET_METRICS.map((name) => name.replace('_', ' ')).join(', ')}.`,
    },
    {
      kind: 'select',
      name: 'period',
      label: 'Per',
      options: BUDGET_PERIODS.map((value) => ({ value, label: value })),
      value: current?.period ?? 'monthly',
    },
    {
      kind: 'text',
      name: 'days',
      label: 'First and last day',
      ...(startDay && { value: `${startDay}..${endDay ?? ''}` }),
      placeholder: '2026-11-20..2026-12-10',
      optional: true,
      hint: 'Of a fixed cap only.',
    },
  ];
}

/** The terms as a command says them. Throws INVALID when it says not of what, or how much. */
export function budgetValues(text: string, values: Readonly<Record<string, string>>): string {
  const scope = values.scope?.trim() || thingOf(text);
  const amount = values.amount?.trim() ?? '';
  if (!scope || !amount)
    throw new AppError('INVALID', scope ? 'How much?' : 'The budget of what?', {
      hint: 'Fill in the dialog again.',
    });
  return [quoteName(scope), amount, values.currency?.trim(), values.period, values.days?.trim()]
    .filter(Boolean)
    .join(' ');
}

/** What a command such as "budget set model:bert" is about. */
export function thingOf(text: string): string {
  return tokenise(text)
    .slice(2)
    .map((token) => token.text)
    .join(' ');
}

/** What a dialog about budgets starts from: the scope that `text` names, and its budget of chat. */
export async function budgetAbout(context: CommandContext, text: string) {
  const typed = thingOf(text);
  const thing = typed ? (await readThings(context)).find(typed) : undefined;
  const scope = thing?.found;
  const { budgets } = await readBudgets(context, { scopes: scope ? [scope] : [] });
  const [current] = budgets.filter(({ managedBy }) => managedBy === 'chat');
  return { scope, current };
}
