/** The dialog that puts something else beside what an answer is about. */
import { AppError } from '../../core/errors.ts';
import { periodText, quoteName } from '../../core/question.ts';
import { dearestNames } from '../../flows/dearest-names.ts';
import { KINDS } from '../../flows/find-name.ts';
import type { Form } from '../../view/elements.ts';
import { parseWords } from '../grammar.ts';
import { findCommand } from '../run.ts';
import type { CommandContext } from '../types.ts';

/** As many as a platform's menu holds; anything else can be typed. */
const MENU = 100;

/** The dialog for a command text such as "model bert 30d". */
export async function buildCompareForm(context: CommandContext, text: string): Promise<Form> {
  const { word, args } = findCommand(text);
  const { name } = parseWords(args);
  const kind = KINDS.find((one) => one === word) ?? 'model';
  const others = (await dearestNames(context, kind, MENU + 1))
    .filter((other) => other !== name)
    .slice(0, MENU);
  return {
    form: 'compare',
    text,
    title: 'Compare',
    submit: 'Compare',
    fields: [
      ...(others.length > 0
        ? [
            {
              kind: 'select' as const,
              name: 'with',
              label: `Put beside ${name}`,
              options: others.map((value) => ({ value, label: value })),
              optional: true,
            },
          ]
        : []),
      {
        kind: 'text',
        name: 'also',
        label: others.length > 0 ? 'Or something else' : `Put beside ${name}`,
        placeholder: 'team search',
        optional: true,
        hint: 'Models, teams, services or features; up to three, with "and" between them.',
      },
    ],
  };
}

/** The comparison that the filled-in dialog means. Throws INVALID when it names nothing. */
export function submitCompare(text: string, values: Readonly<Record<string, string>>): string {
  const { word, args } = findCommand(text);
  const { name, period, currency, basis } = parseWords(args);
  const chosen = values.with?.trim();
  const also = values.also?.trim();
  if (!chosen && !also)
    throw new AppError('INVALID', `Compare ${name} with what?`, {
      hint: 'Choose or write something beside it.',
    });
  return [
    `compare ${word} ${quoteName(name)}`,
    chosen && quoteName(chosen),
    also && `and ${also}`,
    period && periodText(period),
    currency && `in ${currency}`,
    basis && basis !== 'effective' && `--basis ${basis}`,
  ]
    .filter(Boolean)
    .join(' ');
}
