/** Says that a command is not known, and offers what may have been meant. */
import { type Button, bold, text, type View } from '../elements.ts';
import { didYouMean } from './unknown-name.ts';

const QUOTED = 80;

export function composeUnknownCommand(input: { word: string; args: string; close: readonly string[] }): View {
  const { word, args, close } = input;
  const quoted = word.length > QUOTED ? `${word.slice(0, QUOTED)}…` : word;
  const offers = close.map((name): Button => {
    const command = `${name} ${args}`.trim();
    return { label: shorten(command), action: { do: 'command', text: command } };
  });
  const asModel: Button = {
    label: shorten(`model ${word}`),
    action: { do: 'command', text: `model ${word} ${args}`.trim() },
  };
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          text("I don't know the command "),
          bold(quoted),
          text(`.${didYouMean(Math.max(offers.length, 1))}`),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          ...(offers.length > 0 ? offers : [asModel]),
          { label: 'Help', action: { do: 'command', text: 'help' } },
        ],
      },
    ],
  };
}

function shorten(label: string): string {
  return label.length > 40 ? `${label.slice(0, 39)}…` : label;
}
