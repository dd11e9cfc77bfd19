/** Form → Slack modal. Slack keeps only an opaque id and the conversation the answer goes to. */
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { AppError } from '../../core/errors.ts';
import type { Form, FormField } from '../../view/elements.ts';
import { clip, plainText, wholeCharacters } from './clip.ts';
import { limits } from './limits.ts';
import { renderNote } from './render-context.ts';
import { renderParagraph, renderSentence } from './render-text.ts';

/** `callback_id` of our modals, and `action_id` of their inputs (the field's name is the `block_id`). */
export const FORM_CALLBACK = 'form';
export const INPUT_ACTION = 'value';

/** Throws INTERNAL for a form that was never registered. */
export function renderForm(form: Form, metadata: string): ModalView {
  if (!form.id) {
    throw new AppError('INTERNAL', `The form "${form.title}" has no id.`, {
      hint: 'Register a form before it is rendered.',
    });
  }
  const fields = form.fields.flatMap(renderField);
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: shortLabel(form.title, limits.modal.title),
    submit: shortLabel(form.submit, limits.modal.submit),
    close: shortLabel('Cancel', limits.modal.close),
    blocks: [
      // A title or button label that does not fit is said in full, so nothing is lost.
      ...(form.title.length > limits.modal.title ? renderSentence(form.title) : []),
      ...(form.intro ? renderParagraph(form.intro) : []),
      ...fields.slice(0, limits.modal.blocks - 6),
      ...(form.submit.length > limits.modal.submit ? renderNote(`The button means: ${form.submit}`) : []),
      ...(fields.length > limits.modal.blocks - 6
        ? renderNote(
            `and ${fields.length - limits.modal.blocks + 6} more fields, left out: they do not fit in one Slack dialog`,
          )
        : []),
    ],
  };
}

function renderField(field: FormField): KnownBlock[] {
  switch (field.kind) {
    case 'text':
      return [textInput(field)];
    case 'select':
      return selectInput(field);
  }
}

function textInput(field: Extract<FormField, { kind: 'text' }>): InputBlock {
  return {
    ...inputFrame(field, field.hint),
    element: {
      type: 'plain_text_input',
      action_id: INPUT_ACTION,
      ...(field.value ? { initial_value: clip(field.value, limits.modal.inputValue) } : {}),
      ...(field.placeholder ? { placeholder: plainText(field.placeholder, limits.modal.placeholder) } : {}),
    },
  };
}

function selectInput(field: Extract<FormField, { kind: 'select' }>): KnownBlock[] {
  // A value cannot be cut: it would mean something else.
  const usable = field.options.filter((option) => option.value.length <= limits.modal.optionValue);
  const shown = usable.slice(0, limits.modal.options).map(
    (option): PlainTextOption => ({
      text: plainText(option.label || option.value, limits.modal.optionText),
      value: option.value,
    }),
  );
  if (shown.length === 0) return renderNote(`${field.label}: there is nothing to choose from.`);
  const leftOut = field.options.length - shown.length;
  const initial = shown.find((option) => option.value === field.value);
  return [
    {
      ...inputFrame(
        field,
        leftOut > 0 ? `and ${leftOut} more, left out here: Slack lists no more` : undefined,
      ),
      element: {
        type: 'static_select',
        action_id: INPUT_ACTION,
        options: shown,
        ...(initial ? { initial_option: initial } : {}),
      },
    },
  ];
}

function inputFrame(field: FormField, hint: string | undefined): Omit<InputBlock, 'element'> {
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, limits.modal.label),
    optional: field.optional ?? false,
    ...(hint ? { hint: plainText(hint, limits.modal.hint) } : {}),
  };
}

/** Labels of 24 characters have no room for a sentence: the ellipsis points to the full text in the dialog. */
function shortLabel(label: string, limit: number): { type: 'plain_text'; text: string; emoji: false } {
  const text = label.length <= limit ? label : `${wholeCharacters(label, limit - 1)}…`;
  return { type: 'plain_text', text, emoji: false };
}
