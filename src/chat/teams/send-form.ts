/** A form as a card: in a dialog, in the place of the card that was clicked, or in a message of its own. */
import type { Form } from '../../view/elements.ts';
import type { Conversation } from '../types.ts';
import type { AnswerParts } from './answer.ts';
import type { AdaptiveCard } from './card-types.ts';
import { renderForm } from './render-form.ts';
import type { TeamsMessage } from './types.ts';

/** With its pictures. `conversation`: where its answer goes. */
export async function formCard(
  { makePictures }: Pick<AnswerParts, 'makePictures'>,
  form: Form,
  place: { readonly inDialog: boolean; readonly conversation: Conversation; readonly back?: boolean },
): Promise<AdaptiveCard> {
  const { inDialog, conversation, back = !inDialog } = place;
  const pictures = await makePictures({ elements: form.body ?? [] });
  return renderForm(form, { pictures, inDialog, back, conversation });
}

/** There is nothing to go back to. */
export async function formMessage(
  parts: Pick<AnswerParts, 'makePictures'>,
  form: Form,
  conversation: Conversation,
): Promise<TeamsMessage> {
  const content = await formCard(parts, form, { inDialog: false, back: false, conversation });
  return {
    type: 'message',
    summary: form.title,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}
