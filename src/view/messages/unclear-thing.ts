/** Says that a thing is not known, or that several have its name, and offers what may be meant. */
import { parseScope } from '../../core/scope.ts';
import { type Button, bold, text, type View } from '../elements.ts';
import { scopeTitle, scopeWord } from './scope-words.ts';
import { didYouMean } from './unknown-name.ts';

const QUOTED = 80;

export function composeUnclearThing(input: {
  readonly typed: string;
  /** Scopes as text. */
  readonly offers: readonly string[];
  /** Several things have exactly this name. */
  readonly several: boolean;
  /** The command with a scope in place of what was typed. */
  readonly command: (scopeWord: string) => string;
  /** Asked instead, when nothing was typed. */
  readonly question?: string;
}): View {
  const { typed, offers, several, command, question } = input;
  const quoted = typed.length > QUOTED ? `${typed.slice(0, QUOTED)}…` : typed;
  const buttons = offers.map((offer): Button => {
    const scope = parseScope(offer);
    const label = scope.kind === 'model' ? `model ${scopeTitle(scope)}` : scopeTitle(scope);
    return { label, action: { do: 'command', text: command(scopeWord(scope)) } };
  });
  return {
    elements: [
      {
        kind: 'text',
        spans: question
          ? [bold(question)]
          : several
            ? [text('More than one thing is called '), bold(quoted), text('. Which one?')]
            : [
                text("I don't know a model, team, service or feature called "),
                bold(quoted),
                text(`.${didYouMean(buttons.length)}`),
              ],
      },
      ...(buttons.length > 0
        ? [{ kind: 'actions' as const, buttons }]
        : [
            {
              kind: 'actions' as const,
              buttons: [
                { label: 'All models', action: { do: 'command' as const, text: 'model all' } },
                { label: 'All teams', action: { do: 'command' as const, text: 'team all' } },
              ],
            },
          ]),
    ],
  };
}
