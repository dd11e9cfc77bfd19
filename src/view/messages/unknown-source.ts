/** Says that a source is not known, or that several begin so, and offers the closest ones. */
import { bold, text, type View } from '../elements.ts';
import { detailsButton } from './sources.ts';
import { didYouMean } from './unknown-name.ts';

const QUOTED = 80;

export function composeUnknownSource(input: {
  readonly typed: string;
  readonly offers: readonly string[];
  readonly several: boolean;
}): View {
  const { typed, offers, several } = input;
  const quoted = typed.length > QUOTED ? `${typed.slice(0, QUOTED)}…` : typed;
  return {
    elements: [
      {
        kind: 'text',
        spans: several
          ? [text('More than one source begins with '), bold(quoted), text('. Which one?')]
          : [text("I don't know a source called "), bold(quoted), text(`.${didYouMean(offers.length)}`)],
      },
      {
        kind: 'actions',
        buttons: [
          ...offers.map((name) => detailsButton(name, name)),
          { label: 'All sources', action: { do: 'command', text: 'sources' } },
        ],
      },
    ],
  };
}
