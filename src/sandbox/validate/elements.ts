/** Interactive elements: what stands in actions, section accessories and inputs. */
import { imageElement } from './image.ts';
import {
  anything,
  boolean,
  byType,
  type Field,
  isRecord,
  list,
  number,
  object,
  oneOf,
  optional,
  type Rule,
  required,
  string,
} from './rules.ts';
import { confirm, optionGroups, plainOption, plainText, richOption, typeField } from './text.ts';

const shared: Record<string, Field> = {
  type: typeField,
  action_id: optional(string(255)),
  confirm: optional(confirm),
  focus_on_load: optional(boolean),
};
const withPlaceholder: Record<string, Field> = { ...shared, placeholder: optional(plainText(150)) };
const typed: Record<string, Field> = {
  ...withPlaceholder,
  initial_value: optional(string(3000, 0)),
  dispatch_action_config: optional(anything),
};

const hasChoices: Rule = (value, at) => {
  if (isRecord(value) && (value.options === undefined) === (value.option_groups === undefined)) {
    at.report('must provide exactly one of: options, option_groups');
  }
};

/** What is chosen at first must be written exactly as it is among the options. */
const startsAmongOptions: Rule = (value, at) => {
  if (!isRecord(value)) return;
  const groups = Array.isArray(value.option_groups) ? value.option_groups : [];
  const all = [value.options, ...groups.map((group) => (isRecord(group) ? group.options : []))].flat();
  const known = new Set(all.map((option) => JSON.stringify(option)));
  const chosen = [value.initial_option, value.initial_options].flat().filter((one) => one !== undefined);
  if (chosen.some((option) => !known.has(JSON.stringify(option))))
    at.report('initial options must be among the options');
};

const day: Rule = (value, at) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) at.report('must be a date: YYYY-MM-DD');
};

const choices: Record<string, Field> = {
  ...withPlaceholder,
  options: optional(list(plainOption, { min: 1, max: 100 })),
  option_groups: optional(optionGroups),
};
const many: Record<string, Field> = { max_selected_items: optional(number) };
const checks: Record<string, Field> = { ...shared, options: required(list(richOption, { min: 1, max: 10 })) };

/** A picker of people, channels or conversations; `kind` is the word in its `initial_…` field. */
function picker(kind: string): { one: Rule; several: Rule } {
  const common = {
    ...withPlaceholder,
    filter: optional(anything),
    default_to_current_conversation: optional(boolean),
  };
  return {
    one: object({
      ...common,
      [`initial_${kind}`]: optional(string(100)),
      response_url_enabled: optional(boolean),
    }),
    several: object({
      ...common,
      ...many,
      [`initial_${kind}s`]: optional(list(string(100), { max: 100 })),
    }),
  };
}

const users = picker('user');
const channels = picker('channel');
const conversations = picker('conversation');

const button: Rule = object({
  ...shared,
  text: required(plainText(75)),
  url: optional(string(3000)),
  value: optional(string(2000)),
  style: optional(oneOf('primary', 'danger')),
  accessibility_label: optional(string(75)),
});

const interactive: Record<string, Rule> = {
  button,
  workflow_button: anything,
  icon_button: anything,
  feedback_buttons: anything,
  overflow: object({ ...shared, options: required(list(plainOption, { min: 1, max: 5 })) }),
  static_select: object(
    { ...choices, initial_option: optional(plainOption) },
    hasChoices,
    startsAmongOptions,
  ),
  multi_static_select: object(
    { ...choices, ...many, initial_options: optional(list(plainOption, { min: 1, max: 100 })) },
    hasChoices,
    startsAmongOptions,
  ),
  external_select: object({
    ...withPlaceholder,
    initial_option: optional(plainOption),
    min_query_length: optional(number),
  }),
  users_select: users.one,
  multi_users_select: users.several,
  channels_select: channels.one,
  multi_channels_select: channels.several,
  conversations_select: conversations.one,
  multi_conversations_select: conversations.several,
  datepicker: object({ ...withPlaceholder, initial_date: optional(day) }),
  timepicker: object({
    ...withPlaceholder,
    initial_time: optional(string(5)),
    timezone: optional(string(100)),
  }),
  datetimepicker: object({ ...shared, initial_date_time: optional(number) }),
  checkboxes: object(
    { ...checks, initial_options: optional(list(richOption, { min: 1, max: 10 })) },
    startsAmongOptions,
  ),
  radio_buttons: object({ ...checks, initial_option: optional(richOption) }, startsAmongOptions),
};

const textInputs: Record<string, Rule> = {
  plain_text_input: object({
    ...typed,
    multiline: optional(boolean),
    min_length: optional(number),
    max_length: optional(number),
  }),
  email_text_input: object(typed),
  url_text_input: object(typed),
  number_input: object({
    ...typed,
    is_decimal_allowed: required(boolean),
    min_value: optional(string(100)),
    max_value: optional(string(100)),
  }),
  rich_text_input: anything,
  file_input: anything,
};

const { button: _, workflow_button: __, overflow: ___, ...choosers } = interactive;

export const actionElement: Rule = byType({ ...interactive, rich_text_input: anything });
export const accessoryElement: Rule = byType({ ...interactive, image: imageElement });
export const inputElement: Rule = byType({ ...choosers, ...textInputs });
