/** The fields of a dialog as Slack input blocks. A field's name is its `block_id`. */
import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { type FormField, text } from '../../view/elements.ts';
import { clip, plainText, wholeCharacters } from './clip.ts';
import { limits } from './limits.ts';
import { renderNote } from './render-context.ts';
import { renderList } from './render-text.ts';

/** `action_id` of every input. */
export const INPUT_ACTION = 'value';

type FieldOf<Kind extends FormField['kind']> = Extract<FormField, { kind: Kind }>;

/** One input, and below it in words what of it Slack has no room for. */
export function renderField(field: FormField): KnownBlock[] {
  switch (field.kind) {
    case 'text':
      return [textInput(field)];
    case 'select':
      return selectInput(field);
    case 'checks':
      return checksInput(field);
    case 'date':
      return [dateInput(field)];
  }
}

function textInput(field: FieldOf<'text'>): InputBlock {
  return {
    ...inputFrame(field, field.hint),
    element: {
      type: 'plain_text_input',
      action_id: INPUT_ACTION,
      ...(field.long ? { multiline: true } : {}),
      ...(field.value ? { initial_value: clip(field.value, limits.modal.inputValue) } : {}),
      ...(field.placeholder ? { placeholder: plainText(field.placeholder, limits.modal.placeholder) } : {}),
    },
  };
}

function dateInput(field: FieldOf<'date'>): InputBlock {
  return {
    ...inputFrame(field, field.hint),
    element: {
      type: 'datepicker',
      action_id: INPUT_ACTION,
      ...(field.value ? { initial_date: field.value } : {}),
    },
  };
}

function selectInput(field: FieldOf<'select'>): KnownBlock[] {
  const { options, leftOut } = choices(field.options, limits.modal.options);
  if (options.length === 0) return renderNote(`${field.label}: there is nothing to choose from.`);
  const initial = options.find((option) => option.value === field.value);
  return [
    {
      ...inputFrame(field, leftOutHint(leftOut)),
      element: {
        type: 'static_select',
        action_id: INPUT_ACTION,
        options,
        ...(initial ? { initial_option: initial } : {}),
      },
    },
  ];
}

/** Boxes to tick; a menu to choose several from where there are more than Slack shows as boxes. */
function checksInput(field: FieldOf<'checks'>): KnownBlock[] {
  const asBoxes = field.options.length <= limits.modal.checkboxes;
  const { options, leftOut } = choices(field.options, limits.modal.options);
  if (options.length === 0) return renderNote(`${field.label}: there is nothing to choose from.`);
  const initial = options.filter(({ value }) => value !== undefined && field.values.includes(value));
  const first = initial.length > 0 ? { initial_options: initial } : {};
  const hint = [field.hint, leftOutHint(leftOut)].filter(Boolean).join(' · ');
  return [
    {
      ...inputFrame(field, hint),
      element: asBoxes
        ? { type: 'checkboxes', action_id: INPUT_ACTION, options, ...first }
        : { type: 'multi_static_select', action_id: INPUT_ACTION, options, ...first },
    },
    ...inFull(field),
  ];
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

/** A value cannot be cut: it would mean something else. */
function choices(
  all: readonly Choice[],
  most: number,
): { readonly options: PlainTextOption[]; readonly leftOut: number } {
  const options = all
    .filter(({ value }) => value.length > 0 && value.length <= limits.modal.optionValue)
    .slice(0, most)
    .map(
      ({ value, label, detail }): PlainTextOption => ({
        text: shortText(label || value),
        value,
        ...(detail ? { description: shortText(detail) } : {}),
      }),
    );
  return { options, leftOut: all.length - options.length };
}

function leftOutHint(count: number): string | undefined {
  return count > 0 ? `and ${count} more, left out here: Slack lists no more` : undefined;
}

/** Whoever ticks a box must be able to read all of it. */
function inFull({ options }: FieldOf<'checks'>): KnownBlock[] {
  const cut = options.filter(({ label, detail = '' }) =>
    [label, detail].some((words) => words.length > limits.modal.optionText),
  );
  const items = cut.map(({ label, detail }) => [text(detail ? `${label}: ${detail}` : label)]);
  return items.length === 0
    ? []
    : [...renderNote('What ends in … above, in full:'), ...renderList({ kind: 'list', items })];
}

function shortText(words: string) {
  const { optionText } = limits.modal;
  return plainText(
    words.length <= optionText ? words : `${wholeCharacters(words, optionText - 1)}…`,
    optionText,
  );
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
