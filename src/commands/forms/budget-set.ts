/** The dialog that sets a budget. */
import { AppError } from '../../core/errors.ts';
import { microsToDecimal } from '../../core/money.ts';
import { quoteName } from '../../core/question.ts';
import { scopeKey } from '../../core/scope.ts';
import { BUDGET_PERIODS } from '../../core/settings.ts';
import { readBudgets } from '../../flows/budget-report.ts';
import { readThings } from '../../flows/find-thing.ts';
import type { Form } from '../../view/elements.ts';
import { tokenise } from '../tokens.ts';
import type { CommandContext } from '../types.ts';

/** The dialog for "budget set" or "budget set SCOPE". */
export async function buildBudgetForm(context: CommandContext, text: string): Promise<Form> {
  const typed = thingOf(text);
  const thing = typed ? (await readThings(context)).find(typed) : undefined;
  const scope = thing?.found;
  const { budgets } = await readBudgets(context, scope ? [scope] : []);
  const [current] = budgets.filter(({ managedBy }) => managedBy === 'chat');
  return {
    form: 'budget-set',
    text: scope ? `budget set ${quoteName(scopeKey(scope))}` : 'budget set',
    title: 'Set budget',
    submit: 'Set',
    fields: [
      {
        kind: 'text',
        name: 'scope',
        label: 'Of what',
        ...(scope && { value: scopeKey(scope) }),
        placeholder: 'model:bert',
        hint: 'A model, team, service or feature, or org for everything: model:bert, team:search, model:bert/training.',
      },
      {
        kind: 'text',
        name: 'amount',
        label: 'Amount',
        ...(current && { value: microsToDecimal(current.amountMicros) }),
        placeholder: '15000 or 15k',
      },
      {
        kind: 'text',
        name: 'currency',
        label: 'Currency',
        value: current?.currency ?? context.settings.currency,
        placeholder: 'USD',
        optional: true,
      },
      {
        kind: 'select',
        name: 'period',
        label: 'Per',
        options: BUDGET_PERIODS.map((value) => ({ value, label: value })),
        value: current?.period ?? 'monthly',
      },
    ],
  };
}

/** The command that the filled-in dialog means. Throws INVALID when it says not of what, or how much. */
export function submitBudget(text: string, values: Readonly<Record<string, string>>): string {
  const scope = values.scope?.trim() || thingOf(text);
  const amount = values.amount?.trim() ?? '';
  if (!scope || !amount)
    throw new AppError('INVALID', scope ? 'How much?' : 'The budget of what?', {
      hint: 'Fill in the dialog again.',
    });
  return ['budget set', quoteName(scope), amount, values.currency?.trim(), values.period]
    .filter(Boolean)
    .join(' ');
}

function thingOf(text: string): string {
  return tokenise(text)
    .slice(2)
    .map((token) => token.text)
    .join(' ');
}
