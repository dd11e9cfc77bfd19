/** Says that a name is not known, and offers the closest ones as buttons. */
import { type CostQuestion, questionText } from '../../core/question.ts';
import { type Button, bold, text, type View } from '../elements.ts';

export interface NameOffer {
  readonly kind: string;
  readonly name: string;
  readonly question: CostQuestion;
}

/** What was typed is quoted back at most this long. */
const QUOTED = 80;

export function composeUnknownName(input: {
  kind: string;
  typed: string;
  offers: readonly NameOffer[];
}): View {
  const { kind, typed, offers } = input;
  const quoted = typed.length > QUOTED ? `${typed.slice(0, QUOTED)}…` : typed;
  const buttons = offers.map(
    (offer): Button => ({
      label: offer.kind === kind ? offer.name : `${offer.kind} ${offer.name}`,
      action: { do: 'command', text: questionText(offer.question) },
    }),
  );
  const all: Button = { label: `All ${kind}s`, action: { do: 'command', text: `${kind} all` } };
  return {
    elements: [
      {
        kind: 'text',
        spans: [text(`I don't know a ${kind} called `), bold(quoted), text(`.${didYouMean(offers.length)}`)],
      },
      { kind: 'actions', buttons: [...buttons, all] },
    ],
  };
}

/** The question above a row of buttons that may be meant; empty when there are none. */
export function didYouMean(offers: number): string {
  return offers === 0 ? '' : ` Did you mean ${offers === 1 ? 'this' : 'one of these'}?`;
}
