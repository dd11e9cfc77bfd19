/** rich_text blocks, which also stand in table cells. */
import {
  anything,
  boolean,
  byType,
  type Field,
  list,
  number,
  object,
  oneOf,
  optional,
  type Rule,
  required,
  string,
} from './rules.ts';
import { typeField } from './text.ts';

const style = optional(
  object({
    bold: optional(boolean),
    italic: optional(boolean),
    strike: optional(boolean),
    underline: optional(boolean),
    highlight: optional(boolean),
    client_highlight: optional(boolean),
    unlink: optional(boolean),
    code: optional(boolean),
  }),
);
const inline = (fields: Record<string, Field>): Rule => object({ type: typeField, style, ...fields });

const span: Rule = byType({
  text: inline({ text: required(string(40_000)) }),
  link: inline({ url: required(string(3000)), text: optional(string(40_000)), unsafe: optional(boolean) }),
  user: inline({ user_id: required(string(100)) }),
  usergroup: inline({ usergroup_id: required(string(100)) }),
  channel: inline({ channel_id: required(string(100)) }),
  team: inline({ team_id: required(string(100)) }),
  broadcast: inline({ range: required(oneOf('here', 'channel', 'everyone')) }),
  emoji: inline({ name: required(string(100)), unicode: optional(string(100)), url: optional(anything) }),
  date: inline({
    timestamp: required(number),
    format: required(string(300)),
    url: optional(string(3000)),
    fallback: optional(string(300)),
  }),
  color: inline({ value: required(string(100)) }),
});

const spans = required(list(span, { max: 1000 }));
const section: Rule = object({ type: typeField, elements: spans });
const bordered: Rule = object({
  type: typeField,
  elements: spans,
  border: optional(number),
  language: optional(string(50)),
});

export const richText: Rule = object({
  type: typeField,
  block_id: optional(string(255)),
  elements: required(
    list(
      byType({
        rich_text_section: section,
        rich_text_quote: bordered,
        rich_text_preformatted: bordered,
        rich_text_list: object({
          type: typeField,
          style: required(oneOf('bullet', 'ordered')),
          elements: required(list(section, { max: 1000 })),
          indent: optional(number),
          offset: optional(number),
          border: optional(number),
        }),
      }),
      { max: 1000 },
    ),
  ),
});
