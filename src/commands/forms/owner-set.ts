/** The dialog that says who owns something. */
import { AppError } from '../../core/errors.ts';
import { quoteName } from '../../core/question.ts';
import { listPeople } from '../../flows/find-person.ts';
import type { Form, FormField } from '../../view/elements.ts';
import { tokenise } from '../tokens.ts';
import type { CommandContext } from '../types.ts';

/** Longer lists do not fit a platform's menu: the owner is typed then. */
const MENU = 100;

export async function buildOwnerForm(context: CommandContext, text: string): Promise<Form> {
  const scope = thingOf(text);
  const people = await listPeople(context.store);
  const typed: FormField = {
    kind: 'text',
    name: 'group',
    label: people.length > MENU ? 'Owner' : 'Or a user group',
    placeholder: people.length > MENU ? 'mira@example.com or @ml-leads' : '@ml-leads',
    optional: true,
    hint: "A member's e-mail, @name, or the handle of a user group.",
  };
  return {
    form: 'owner-set',
    text: scope ? `owner set ${quoteName(scope)}` : 'owner set',
    title: 'Set owner',
    submit: 'Set',
    fields: [
      {
        kind: 'text',
        name: 'scope',
        label: 'Of what',
        ...(scope && { value: scope }),
        placeholder: 'model:bert',
        hint: 'A model, team, service or feature: model:bert, team:search, model:bert/training.',
      },
      ...(people.length > 0 && people.length <= MENU
        ? [
            {
              kind: 'select' as const,
              name: 'person',
              label: 'Owner',
              options: people.map(({ email, name }) => ({ value: email, label: name })),
              optional: true,
            },
          ]
        : []),
      typed,
    ],
  };
}

/** The command that the filled-in dialog means. Throws INVALID when it names nobody. */
export function submitOwner(text: string, values: Readonly<Record<string, string>>): string {
  const scope = values.scope?.trim() || thingOf(text);
  const person = values.group?.trim() || values.person?.trim();
  if (!scope || !person)
    throw new AppError('INVALID', scope ? 'Who shall own it?' : 'The owner of what?', {
      hint: 'Fill in the dialog again.',
    });
  return `owner set ${quoteName(scope)} ${quoteName(person)}`;
}

function thingOf(text: string): string {
  return tokenise(text)
    .slice(2)
    .map((token) => token.text)
    .join(' ');
}
