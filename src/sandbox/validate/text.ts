/** Text, option and confirm objects. */
import {
  boolean,
  byType,
  type Field,
  list,
  object,
  oneOf,
  optional,
  type Rule,
  required,
  string,
} from './rules.ts';

export const typeField: Field = required(string(100));

export const plainText = (max: number): Rule =>
  object({ type: required(oneOf('plain_text')), text: required(string(max)), emoji: optional(boolean) });

const markdownText = (max: number): Rule =>
  object({ type: typeField, text: required(string(max)), verbatim: optional(boolean) });

export const anyText = (max: number): Rule =>
  byType({ plain_text: plainText(max), mrkdwn: markdownText(max) });

const option = (text: Rule): Rule =>
  object({
    text: required(text),
    value: required(string(150)),
    description: optional(text),
    url: optional(string(3000)),
  });

export const plainOption = option(plainText(75));
export const richOption = option(anyText(75));

export const optionGroups: Rule = list(
  object({ label: required(plainText(75)), options: required(list(plainOption, { min: 1, max: 100 })) }),
  { min: 1, max: 100 },
);

export const confirm: Rule = object({
  title: required(plainText(100)),
  text: required(anyText(300)),
  confirm: required(plainText(30)),
  deny: required(plainText(30)),
  style: optional(oneOf('primary', 'danger')),
});
