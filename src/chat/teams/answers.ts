/** The ways a request is answered: by message, in the place of the clicked card, or in a dialog. */
import { type AnswerParts, answerRequest, showTyping } from './answer.ts';
import { createAnswered } from './answered.ts';
import { ownCard } from './back.ts';
import { cardAnswer, dialogWords, errorAnswer, toastAnswer } from './invoke-answers.ts';
import { answerInTime, type Slot } from './late.ts';
import { limits } from './limits.ts';
import type { ReceiveParts } from './receive.ts';
import { originOf, type Request } from './requests.ts';
import type { InvokeAnswer } from './types.ts';
import { createWhisper, type Whisper } from './whisper.ts';
import { createCardWhisper, createGlance } from './whisper-card.ts';
import { createDialogWhisper } from './whisper-dialog.ts';

const COMING = 'Working on it: the answer follows.';
const NOW = 'The message itself shows what is the case now.';

export type Answers = Pick<ReceiveParts, 'byMessage' | 'inCard' | 'inDialog' | 'back'>;

/** `track`: what goes on after an invoke was answered. */
export function createAnswers({
  track,
  ...given
}: Omit<AnswerParts, 'answered'> & { readonly track: (work: Promise<unknown>) => void }): Answers {
  const { wait } = given;
  const all = { ...given, answered: createAnswered() };

  function inTime(run: (slot: Slot) => Promise<void>, late: InvokeAnswer, silent: InvokeAnswer) {
    const tracked = (slot: Slot) => {
      const running = run(slot);
      track(running);
      return running;
    };
    return answerInTime(tracked, { patience: limits.invokeMs, wait, late, silent });
  }

  return {
    async byMessage(request, known) {
      const parts = knowing(all, known);
      const running = answerRequest(parts, request, createWhisper(parts, request));
      await Promise.all([running, showTyping(parts, request.origin, running)]);
    },

    inCard(request, known) {
      const parts = knowing(all, known);
      const own = () => ownCard(parts, request.person, request.origin);
      if (request.automatic)
        return inTime(
          (slot) => answerRequest(parts, request, createGlance(parts, { slot, ownCard: own })),
          errorAnswer(500, NOW),
          errorAnswer(404, NOW),
        );
      return inTime(
        (slot) => {
          const otherwise = createWhisper(parts, request);
          return answerRequest(
            parts,
            request,
            createCardWhisper(parts, request, { slot, ownCard: own, otherwise }),
          );
        },
        toastAnswer(COMING),
        toastAnswer('Done.'),
      );
    },

    inDialog(request, known) {
      const parts = knowing(all, known);
      return inTime(
        (slot) => answerRequest(parts, request, dialogWhisper(parts, request, slot)),
        dialogWords(COMING),
        dialogWords('Done.'),
      );
    },

    back(activity, person) {
      return inTime(
        async (slot) => {
          const card = await ownCard(all, person, originOf(activity));
          slot.give(card ? cardAnswer(card) : toastAnswer(NOW));
        },
        toastAnswer(NOW),
        toastAnswer(NOW),
      );
    },
  };
}

function dialogWhisper(parts: AnswerParts, request: Request, slot: Slot): Whisper {
  return createDialogWhisper(parts, request, { slot, otherwise: createWhisper(parts, request) });
}

/** Nothing can be posted in a conversation before it is known where that is. */
function knowing(parts: AnswerParts, known: Promise<void>): AnswerParts {
  const { delivery } = parts;
  return {
    ...parts,
    delivery: {
      ...delivery,
      async post(target, message) {
        await known;
        return delivery.post(target, message);
      },
      async rewrite(ref, view) {
        await known;
        return delivery.rewrite(ref, view);
      },
    },
  };
}
