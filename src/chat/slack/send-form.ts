/** Opens a dialog: at once, over another one, in the place of one that is open, or after Slack was told to wait. */
import { AppError } from '../../core/errors.ts';
import type { Form, View } from '../../view/elements.ts';
import { drawingPictures } from '../chart-pictures.ts';
import type { AnswerParts, Request } from './answer.ts';
import { isLayoutRefused, slackCode } from './errors.ts';
import { writeFormMetadata } from './form-metadata.ts';
import { sendFirstAccepted } from './layouts.ts';
import { renderForm, renderLoading, renderPlainForm } from './render-form.ts';
import type { Pictures } from './render-image.ts';

/**
 * Shows that something is coming, before Slack's 3 seconds are over; resolves to the dialog's id, or to undefined
 * when Slack did not open one. Never rejects.
 */
export async function openLoading(parts: AnswerParts, request: Request): Promise<string | undefined> {
  const { trigger, page, slowForm: name = '' } = request;
  const loading = renderLoading(writeFormMetadata({ conversation: request.interaction.conversation, name }));
  try {
    if (page?.dialog && page.form === name) {
      await parts.api.updateView(page.dialog, loading);
      return page.dialog;
    }
    return trigger ? await openOver(parts, request, trigger, loading) : undefined;
  } catch (error) {
    parts.log.warn({ err: error, form: name }, 'Slack did not show that a dialog is coming');
    return undefined;
  }
}

/** `loading`: the dialog that waits for this one. Whoever has closed it is not disturbed. */
export async function sendForm(
  parts: AnswerParts,
  request: Request,
  form: Form,
  loading: string | undefined,
): Promise<void> {
  const metadata = writeFormMetadata({
    ...(form.id ? { form: form.id } : {}),
    name: form.form,
    conversation: request.interaction.conversation,
  });
  const layouts = (pictures: Pictures) => [
    renderForm(form, metadata, pictures),
    renderPlainForm(form, metadata),
  ];
  const body: View = { elements: form.body ?? [] };
  const pending = drawingPictures(body);
  let open = loading ?? placeOfSame(request, form);
  try {
    await sendFirstAccepted(layouts(pending), parts.log, async (view) => {
      if (open) return parts.api.updateView(open, view);
      if (!request.trigger)
        throw new AppError('INTERNAL', 'A dialog can only be opened from a command or a click.');
      open = await openOver(parts, request, request.trigger, view);
    });
    const id = open;
    if (pending.size === 0 || !id) return;
    const pictures = await parts.makePictures(body);
    await sendFirstAccepted(layouts(pictures), parts.log, (view) => parts.api.updateView(id, view));
  } catch (error) {
    if (!open || slackCode(error) !== 'not_found') throw error;
    parts.log.info({ form: form.form }, 'A dialog was closed before it was ready');
  }
}

/** A page of the same dialog with nothing to fill in takes the place of the one that is open. */
function placeOfSame({ page }: Request, form: Form): string | undefined {
  return page?.dialog && page.form === form.form && form.submit === undefined ? page.dialog : undefined;
}

/** On top of the dialog that was clicked in, or in its place where Slack stacks no more. */
async function openOver(
  parts: AnswerParts,
  { page }: Request,
  trigger: string,
  view: ReturnType<typeof renderLoading>,
): Promise<string> {
  const below = page?.dialog;
  try {
    return await parts.api.openView(trigger, view, below !== undefined);
  } catch (error) {
    if (!below || slackCode(error) !== 'push_limit_reached' || isLayoutRefused(error)) throw error;
    await parts.api.updateView(below, view);
    return below;
  }
}
