/** Answers in a Teams dialog: one that a button opens, one that is open, or the one of a message's menu. */
import type { View } from '../../view/elements.ts';
import type { AnswerParts } from './answer.ts';
import { dialogCard } from './dialog-card.ts';
import { closeDialog, dialogAnswer, dialogWords } from './invoke-answers.ts';
import type { Slot } from './late.ts';
import { renderCard } from './render.ts';
import type { Request } from './requests.ts';
import { formCard } from './send-form.ts';
import type { Whisper } from './whisper.ts';

const TITLE = 'Pennywatch';

/** `otherwise` speaks when the dialog no longer waits. */
export function createDialogWhisper(
  parts: AnswerParts,
  request: Request,
  { slot, otherwise }: { readonly slot: Slot; readonly otherwise: Whisper },
): Whisper {
  const { interaction, origin } = request;
  const { conversation, shared } = origin;

  /** False when Teams did not take the message. */
  async function below(view: View): Promise<boolean> {
    try {
      await otherwise.send(view, { replace: false });
    } catch (error) {
      parts.log.warn({ err: error }, 'Answering in the dialog: Teams did not take the message');
      return false;
    }
    slot.give(closeDialog);
    return true;
  }

  return {
    async send(view) {
      // Nobody else reads a direct conversation, and a message is still there when the dialog is closed.
      if (interaction.kind === 'form' && !shared && (await below(view))) return;
      const { elements } = view;
      const card = renderCard({ elements }, { pictures: await parts.makePictures(view) });
      if (!slot.give(dialogAnswer(TITLE, dialogCard(card, conversation))))
        await otherwise.send(view, { replace: false });
    },
    async form(form) {
      const card = await formCard(parts, form, { inDialog: true, conversation });
      if (!slot.give(dialogAnswer(form.title, dialogCard(card, conversation)))) await otherwise.form(form);
    },
    async done(words) {
      slot.give(dialogWords(words));
    },
  };
}
