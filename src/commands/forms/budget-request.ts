/** The dialogs that ask for a budget, and that decline one. */
import { quoteName } from '../../core/question.ts';
import { scopeKey } from '../../core/scope.ts';
import { type Form, text as words } from '../../view/elements.ts';
import type { CommandContext } from '../types.ts';
import { budgetAbout, budgetFields, budgetValues } from './budget-fields.ts';
import { quotedReason } from './reason.ts';

/** The dialog for "budget request" or "budget request SCOPE". */
export async function buildRequestForm(context: CommandContext, text: string): Promise<Form> {
  const { scope, current } = await budgetAbout(context, text);
  return {
    form: 'budget-request',
    text: scope ? `budget request ${quoteName(scopeKey(scope))}` : 'budget request',
    title: 'Request budget',
    submit: 'Ask for it',
    intro: [words('The approvers are asked in chat; nothing changes until one of them approves.')],
    fields: [
      ...budgetFields(current, { scope, currency: context.settings.currency }),
      {
        kind: 'text',
        name: 'reason',
        label: 'Why',
        placeholder: 'two more retrains before the launch',
        optional: true,
      },
    ],
  };
}

/** The command that the filled-in dialog means. Throws INVALID when it says not of what, or how much. */
export function submitRequest(text: string, values: Readonly<Record<string, string>>): string {
  return [`budget request ${budgetValues(text, values)}`, quotedReason(values.reason)]
    .filter(Boolean)
    .join(' ');
}

/** The dialog for "budget decline ID". */
export function buildDeclineForm(_context: CommandContext, text: string): Form {
  return {
    form: 'budget-decline',
    text,
    title: 'Decline request',
    submit: 'Decline',
    intro: [words('Whoever asked is told, with what you write here.')],
    fields: [
      {
        kind: 'text',
        name: 'reason',
        label: 'Why',
        placeholder: 'wait for the new quarter',
        optional: true,
      },
    ],
  };
}

export function submitDecline(text: string, values: Readonly<Record<string, string>>): string {
  return [text, quotedReason(values.reason)].filter(Boolean).join(' ');
}
