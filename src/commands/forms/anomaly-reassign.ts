/** The dialog that gives an anomaly to somebody else. */
import { AppError } from '../../core/errors.ts';
import { quoteName } from '../../core/question.ts';
import { listAssignees } from '../../flows/find-person.ts';
import { type Form, type FormField, text } from '../../view/elements.ts';
import type { CommandContext } from '../types.ts';
import { anomalyAbout, reasonField } from './anomaly-about.ts';
import { quotedReason } from './reason.ts';

/** Longer lists do not fit a platform's menu: the person is typed then. */
const MENU = 100;

/** The dialog for "anomaly 12". */
export async function buildReassignForm(context: CommandContext, commandText: string): Promise<Form> {
  const { id, shown, intro } = await anomalyAbout(context, commandText);
  const people = await listAssignees(context.store);
  const fits = people.length > 0 && people.length <= MENU;
  const typed: FormField = {
    kind: 'text',
    name: 'typed',
    label: fits ? 'Or somebody else' : 'To whom',
    placeholder: 'mira@example.com or @ml-leads',
    optional: fits,
    hint: "A member's e-mail, @name, or the handle of a user group.",
  };
  return {
    form: 'anomaly-reassign',
    text: `anomaly ${id}`,
    title: 'Reassign',
    submit: 'Reassign',
    intro: [
      ...intro,
      text(`\nWith ${shown.owner ?? 'nobody'} so far. Whoever gets it is mentioned once in its thread.`),
    ],
    fields: [
      ...(fits
        ? [
            {
              kind: 'select' as const,
              name: 'person',
              label: 'To whom',
              options: people.map(({ owner, name }) => ({ value: owner, label: name })),
              optional: true,
            },
          ]
        : []),
      typed,
      reasonField('Why', { optional: true, placeholder: 'her pipeline, she started it' }),
    ],
  };
}

/** The command that the filled-in dialog means. Throws INVALID when it names nobody. */
export function submitReassign(commandText: string, values: Readonly<Record<string, string>>): string {
  const person = values.typed?.trim() || values.person?.trim();
  if (!person)
    throw new AppError('INVALID', 'To whom? Nobody was chosen.', {
      hint: 'Open the dialog again and choose somebody.',
    });
  return [`${commandText} assign ${quoteName(person)}`, quotedReason(values.reason)]
    .filter(Boolean)
    .join(' ');
}
