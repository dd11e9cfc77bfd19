/** Answers a click in the place of the card, for the person who clicked; what does not fit there goes by message. */
import type { View } from '../../view/elements.ts';
import type { AnswerParts } from './answer.ts';
import { personalCard, sharedCard } from './back.ts';
import type { AdaptiveCard } from './card-types.ts';
import { cardAnswer, errorAnswer, toastAnswer } from './invoke-answers.ts';
import type { Slot } from './late.ts';
import type { Request } from './requests.ts';
import { formCard } from './send-form.ts';
import { clickedAnswer, type Whisper } from './whisper.ts';

export interface CardPlace {
  readonly slot: Slot;
  /** The card that the message itself shows now; undefined when that is not remembered. */
  readonly ownCard: () => Promise<AdaptiveCard | undefined>;
  /** What is said where the answer does not come here. */
  readonly otherwise: Whisper;
}

const BELOW = 'The answer is below.';

/** For clicks by a person. */
export function createCardWhisper(parts: AnswerParts, request: Request, place: CardPlace): Whisper {
  const { interaction, origin } = request;
  const { slot, ownCard, otherwise } = place;

  async function done(words: string): Promise<void> {
    // A form that was sent would stand there for good.
    const own = interaction.kind === 'form' ? await ownCard() : undefined;
    slot.give(own ? cardAnswer(own) : toastAnswer(words));
  }

  async function inPlace(view: View, back: boolean): Promise<boolean> {
    return slot.give(cardAnswer(await personalCard(parts, view, back)));
  }

  async function below(view: View): Promise<void> {
    try {
      await otherwise.send(view, { replace: false });
    } catch (error) {
      if (await inPlace(view, true)) {
        parts.log.warn({ err: error }, 'Answering in the place of the card: Teams did not take the message');
        return;
      }
      throw error;
    }
    await done(BELOW);
  }

  return {
    async send(view, { replace }) {
      if (origin.shared) {
        if (!(await inPlace(view, true))) await otherwise.send(view, { replace: false });
        return;
      }
      const clicked = replace ? clickedAnswer(parts, request) : undefined;
      if (!clicked) return below(view);
      if (!(await inPlace(view, false))) return otherwise.send(view, { replace: false });
      // So that the answer is still there when the chat is opened again.
      await parts.delivery.rewrite(clicked, view).catch((error: unknown) => {
        parts.log.warn({ err: error }, 'A Teams message keeps its old card: it could not be rewritten');
      });
    },
    async form(form) {
      const card = await formCard(parts, form, { inDialog: false, conversation: origin.conversation });
      if (!slot.give(cardAnswer(card))) await otherwise.form(form);
    },
    done,
  };
}

/**
 * For what Teams asks by itself when somebody sees a message: their own view or the message as it is, and never a word
 * to somebody who asked for nothing.
 */
export function createGlance(parts: AnswerParts, { origin }: Request, slot: Slot): Whisper {
  async function asItIs(): Promise<void> {
    const shown = await sharedCard(parts, origin);
    slot.give(shown ? cardAnswer(shown) : errorAnswer(404, 'The message itself shows what is the case now.'));
  }
  return {
    async send(view, { replace }) {
      if (!replace) return asItIs();
      slot.give(cardAnswer(await personalCard(parts, view, false)));
    },
    form: asItIs,
    done: asItIs,
  };
}
