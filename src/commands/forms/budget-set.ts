/** The dialog that sets a budget. */
import { quoteName } from '../../core/question.ts';
import { scopeKey } from '../../core/scope.ts';
import type { Form } from '../../view/elements.ts';
import type { CommandContext } from '../types.ts';
import { budgetAbout, budgetFields, budgetValues } from './budget-fields.ts';

/** The dialog for "budget set" or "budget set SCOPE". */
export async function buildBudgetForm(context: CommandContext, text: string): Promise<Form> {
  const { scope, current } = await budgetAbout(context, text);
  return {
    form: 'budget-set',
    text: scope ? `budget set ${quoteName(scopeKey(scope))}` : 'budget set',
    title: 'Set budget',
    submit: 'Set',
    fields: budgetFields(current, { scope, currency: context.settings.currency }),
  };
}

/** The command that the filled-in dialog means. Throws INVALID when it says not of what, or how much. */
export function submitBudget(text: string, values: Readonly<Record<string, string>>): string {
  return `budget set ${budgetValues(text, values)}`;
}
