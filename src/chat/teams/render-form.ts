/** Form → card with inputs: what a Teams dialog shows, or what replaces the clicked card for the person who clicked. */
import type { Conversation } from '../../core/conversation.ts';
import { AppError } from '../../core/errors.ts';
import type { Form } from '../../view/elements.ts';
import type { AdaptiveCard, CardAction } from './card-types.ts';
import { oneLine } from './clip.ts';
import { writeActionData } from './data-of-action.ts';
import { fitParts, jsonBytes, renderNote } from './fit.ts';
import { limits } from './limits.ts';
import { card } from './render.ts';
import { actionTitle, backAction, execute } from './render-actions.ts';
import { renderElements } from './render-elements.ts';
import { renderField } from './render-field.ts';
import type { Pictures } from './render-image.ts';
import { renderHeading } from './render-text.ts';
import { join, NOTHING, type Part, renderSpans } from './rich-text.ts';

export interface RenderFormOptions {
  readonly pictures?: Pictures;
  /** A dialog has a title of its own, and is closed by itself. */
  readonly inDialog: boolean;
  /** Offers the message's own card again. */
  readonly back: boolean;
  /** Where the answer goes; travels with the form. */
  readonly conversation: Conversation;
}

/** Throws INTERNAL for a form that was never registered, or whose fields could not be sent. */
export function renderForm(form: Form, options: RenderFormOptions): AdaptiveCard {
  checkForm(form);
  const { submit, intro, title } = form;
  const fields = form.fields.slice(0, limits.form.fields).map(renderField);
  const leftOut = form.fields.length - fields.length;
  const above = form.fields.slice(0, fields.length).findIndex(({ name }) => name === form.bodyBelow) + 1;
  const titled = !options.inDialog || title.length > limits.dialog.title;
  const frame = join([
    titled ? renderHeading({ kind: 'heading', text: title }, true) : NOTHING,
    intro ? renderSpans(intro) : NOTHING,
  ]);
  const actions = actionsOf(form, options);
  const cut =
    leftOut > 0 ? renderNote(`and ${leftOut} more fields, left out: they do not fit in one form`) : NOTHING;
  const said = submit !== undefined && actionTitle(submit) !== oneLine(submit);
  const meaning = said ? renderNote(`The button means: ${submit}`) : NOTHING;
  const parts = [
    frame,
    ...fields.slice(0, above),
    bodyOf(form, options, [frame, ...fields, actions]),
    ...fields.slice(above),
  ];
  return { ...card(join([...parts, meaning, cut])), ...(actions.length > 0 ? { actions } : {}) };
}

/** Fits into what the fields leave. */
function bodyOf(form: Form, options: RenderFormOptions, taken: readonly unknown[]): Part {
  const bytes = Math.max(0, limits.message.bytes - jsonBytes(taken) - 2_000);
  const view = { elements: form.body ?? [] };
  const parts = renderElements(view, options, bytes);
  return fitParts(parts, { bytes, parts: limits.message.parts, name: 'in one form' });
}

function actionsOf(form: Form, { inDialog, back, conversation }: RenderFormOptions): CardAction[] {
  const { id, submit } = form;
  const closing = back && !inDialog ? [backAction(submit === undefined ? 'Back' : 'Cancel')] : [];
  if (submit === undefined || !id) return closing;
  const data = writeActionData({ pw: 'form', id, form: form.form, conversation });
  const title = actionTitle(submit);
  return [
    inDialog
      ? { type: 'Action.Submit', title, style: 'positive', data }
      : { ...execute('form', submit, data), style: 'positive' },
    ...closing,
  ];
}

function checkForm(form: Form): void {
  if (!form.id)
    throw new AppError('INTERNAL', `The form "${form.title}" has no id.`, {
      hint: 'Register a form before it is rendered.',
    });
  if (form.submit === undefined && form.fields.length > 0)
    throw new AppError('INTERNAL', `The form "${form.title}" has fields, but nothing to send them with.`);
}
