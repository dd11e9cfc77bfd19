/** The ways a request is answered: by message, in the place of the clicked card, or in a dialog. */
import { type AnswerParts, answerRequest, showTyping } from './answer.ts';
import { createAnswered } from './answered.ts';
import { ownCard } from './back.ts';
import { cardAnswer, dialogWords, errorAnswer, toastAnswer } from './invoke-answers.ts';
import { answerInTime, type Slot } from './late.ts';
import { limits } from './limits.ts';
import type { ReceiveParts } from './receive.ts';
import { originOf } from './requests.ts';
import type { InvokeAnswer } from './types.ts';
import { createWhisper } from './whisper.ts';
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

  /** `known`: who asks and where must be noted before anybody is asked about them. */
  function inTime(
    known: Promise<void>,
    run: (slot: Slot) => Promise<void>,
    late: InvokeAnswer,
    silent: InvokeAnswer,
  ): Promise<InvokeAnswer> {
    const tracked = (slot: Slot) => {
      const running = known.then(() => run(slot));
      track(running);
      return running;
    };
    return answerInTime(tracked, { patience: limits.invokeMs, wait, late, silent });
  }

  return {
    async byMessage(request, known) {
      const running = known.then(() => answerRequest(all, request, createWhisper(all, request)));
      await Promise.all([running, showTyping(all, request.origin, running)]);
    },

    inCard(request, known) {
      if (request.automatic)
        return inTime(
          known,
          (slot) => answerRequest(all, request, createGlance(all, request, slot)),
          errorAnswer(500, NOW),
          errorAnswer(404, NOW),
        );
      return inTime(
        known,
        (slot) => {
          const otherwise = createWhisper(all, request);
          const own = () => ownCard(all, request.person, request.origin);
          const place = { slot, ownCard: own, otherwise };
          return answerRequest(all, request, createCardWhisper(all, request, place));
        },
        toastAnswer(COMING),
        toastAnswer('Done.'),
      );
    },

    inDialog(request, known) {
      return inTime(
        known,
        (slot) => {
          const otherwise = createWhisper(all, request);
          return answerRequest(all, request, createDialogWhisper(all, request, { slot, otherwise }));
        },
        dialogWords(COMING),
        dialogWords('Done.'),
      );
    },

    back(activity, person) {
      return inTime(
        Promise.resolve(),
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
