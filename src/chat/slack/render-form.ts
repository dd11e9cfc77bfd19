/** Form → Slack modal. Slack keeps only an opaque id and the conversation the answer goes to. */
import type { KnownBlock, ModalView } from '@slack/types';
import { AppError } from '../../core/errors.ts';
import { type Form, text } from '../../view/elements.ts';
import { wholeCharacters } from './clip.ts';
import { fitBlocks } from './fit.ts';
import { limits } from './limits.ts';
import { plainBlocks, renderElements } from './render.ts';
import { renderNote } from './render-context.ts';
import { renderField } from './render-field.ts';
import { withoutWideTable } from './render-home.ts';
import type { Pictures } from './render-image.ts';
import { renderParagraph, renderSentence } from './render-text.ts';

/** `callback_id` of our modals. */
export const FORM_CALLBACK = 'form';
/** Blocks kept free for the title, the intro and what is said of what was left out. */
const SPARE = 6;

/** Throws INTERNAL for a form that was never registered, or whose fields could not be sent. */
export function renderForm(form: Form, metadata: string, pictures: Pictures = new Map()): ModalView {
  return modal(form, metadata, (blocks) =>
    fitBlocks(renderElements({ elements: (form.body ?? []).flatMap(withoutWideTable) }, pictures), {
      blocks,
      characters: limits.modal.characters,
      name: 'in one Slack dialog',
    }),
  );
}

/** The same with what is above the fields as plain text, for a workspace that refuses the blocks. */
export function renderPlainForm(form: Form, metadata: string): ModalView {
  return modal(form, metadata, () => (form.body ? plainBlocks({ elements: form.body }) : []));
}

/** What is shown until a dialog that takes longer is ready. */
export function renderLoading(metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: shortLabel('One moment', limits.modal.title),
    close: shortLabel('Close', limits.modal.close),
    blocks: renderParagraph([text('Looking at what is running…')]),
  };
}

function modal(form: Form, metadata: string, body: (blocks: number) => KnownBlock[]): ModalView {
  checkForm(form);
  const { title, submit, intro } = form;
  const all = form.fields.map(renderField);
  const fields = all.flat().slice(0, limits.modal.blocks - SPARE);
  const leftOut = all.flat().length - fields.length;
  const above = all.slice(0, form.fields.findIndex(({ name }) => name === form.bodyBelow) + 1).flat().length;
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: shortLabel(title, limits.modal.title),
    ...(submit === undefined ? {} : { submit: shortLabel(submit, limits.modal.submit) }),
    close: shortLabel(submit === undefined ? 'Close' : 'Cancel', limits.modal.close),
    blocks: [
      // A title or button label that does not fit is said in full, so nothing is lost.
      ...(title.length > limits.modal.title ? renderSentence(title) : []),
      ...(intro ? renderParagraph(intro) : []),
      ...fields.slice(0, above),
      ...body(Math.max(limits.modal.blocks - SPARE - fields.length, 1)),
      ...fields.slice(above),
      ...(submit && submit.length > limits.modal.submit ? renderNote(`The button means: ${submit}`) : []),
      ...(leftOut > 0
        ? renderNote(`and ${leftOut} more fields, left out: they do not fit in one Slack dialog`)
        : []),
    ],
  };
}

function checkForm(form: Form): void {
  if (!form.id)
    throw new AppError('INTERNAL', `The form "${form.title}" has no id.`, {
      hint: 'Register a form before it is rendered.',
    });
  if (form.submit === undefined && form.fields.length > 0)
    throw new AppError('INTERNAL', `The form "${form.title}" has fields, but nothing to send them with.`);
}

/** Labels of 24 characters have no room for a sentence: the ellipsis points to the full text in the dialog. */
function shortLabel(label: string, limit: number): { type: 'plain_text'; text: string; emoji: false } {
  const text = label.length <= limit ? label : `${wholeCharacters(label, limit - 1)}…`;
  return { type: 'plain_text', text, emoji: false };
}
