/** The fields of a form as inputs, and below each in words what Teams has no room for. */
import type { FormField } from '../../view/elements.ts';
import type { ChoiceInput } from './card-types.ts';
import { clip, oneLine, shorten } from './clip.ts';
import { inputId } from './data-of-action.ts';
import { inertLabel, withoutDates } from './escape.ts';
import { renderNote } from './fit.ts';
import { limits } from './limits.ts';
import { join, type Part } from './rich-text.ts';

type FieldOf<Kind extends FormField['kind']> = Extract<FormField, { kind: Kind }>;

export function renderField(field: FormField): Part {
  switch (field.kind) {
    case 'text':
      return withHint(textInput(field), field.hint);
    case 'select':
      return selectInput(field);
    case 'checks':
      return checksInput(field);
    case 'date':
      return withHint(
        { ...frame(field), type: 'Input.Date', ...(field.value ? { value: field.value } : {}) },
        field.hint,
      );
  }
}

function textInput(field: FieldOf<'text'>) {
  const { inputValue, placeholder } = limits.form;
  return {
    ...frame(field),
    type: 'Input.Text' as const,
    maxLength: inputValue,
    ...(field.long ? { isMultiline: true } : {}),
    ...(field.value ? { value: clip(field.value, inputValue) } : {}),
    ...(field.placeholder ? { placeholder: shorten(field.placeholder, placeholder) } : {}),
  };
}

function selectInput(field: FieldOf<'select'>): Part {
  const { choices, leftOut } = choicesOf(field.options, () => true);
  if (choices.length === 0) return renderNote(`${field.label}: there is nothing to choose from.`);
  const chosen = choices.find(({ value }) => value === field.value);
  return withHint(
    {
      ...frame(field),
      type: 'Input.ChoiceSet',
      style: 'compact',
      choices,
      ...(chosen ? { value: chosen.value } : {}),
    },
    leftOutWords(leftOut),
  );
}

function checksInput(field: FieldOf<'checks'>): Part {
  // What is chosen comes back joined by commas.
  const { choices, leftOut } = choicesOf(field.options, (value) => !value.includes(','));
  if (choices.length === 0) return renderNote(`${field.label}: there is nothing to choose from.`);
  const chosen = choices.filter(({ value }) => field.values.includes(value)).map(({ value }) => value);
  return withHint(
    {
      ...frame(field),
      type: 'Input.ChoiceSet',
      style: 'expanded',
      isMultiSelect: true,
      wrap: true,
      choices,
      ...(chosen.length > 0 ? { value: chosen.join(',') } : {}),
    },
    [field.hint, leftOutWords(leftOut)].filter(Boolean).join(' · '),
  );
}

/** A value cannot be cut: it would mean something else. */
function choicesOf(
  all: readonly { readonly value: string; readonly label: string; readonly detail?: string }[],
  fine: (value: string) => boolean,
): { readonly choices: ChoiceInput['choices']; readonly leftOut: number } {
  const { options, optionText, optionValue } = limits.form;
  const choices = all
    .filter(({ value }) => value.length > 0 && value.length <= optionValue && fine(value))
    .slice(0, options)
    .map(({ value, label, detail }) => ({
      title: clip(inertLabel(oneLine(detail ? `${label || value}: ${detail}` : label || value)), optionText),
      value,
    }));
  return { choices, leftOut: all.length - choices.length };
}

function leftOutWords(count: number): string | undefined {
  return count > 0 ? `and ${count} more, left out here: a Teams form lists no more` : undefined;
}

function frame(field: FormField) {
  return {
    id: inputId(field.name),
    label: withoutDates(clip(oneLine(field.label), limits.form.label)) || '…',
    spacing: 'Medium' as const,
    ...(field.optional ? {} : { isRequired: true, errorMessage: 'This is needed.' }),
  };
}

function withHint(input: Part['elements'][number], hint: string | undefined): Part {
  return join([
    { elements: [input], mentions: [] },
    ...(hint ? [smallBelow(renderNote(clip(hint, limits.form.hint)))] : []),
  ]);
}

function smallBelow({ elements, mentions }: Part): Part {
  return { elements: elements.map((element) => ({ ...element, spacing: 'Small' as const })), mentions };
}
