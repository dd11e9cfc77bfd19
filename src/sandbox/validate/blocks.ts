/** One rule per block type, and which surface takes which. */
import { dataTable, dataVisualization, table } from './data-blocks.ts';
import { accessoryElement, actionElement, inputElement } from './elements.ts';
import { imageBlock, imageElement } from './image.ts';
import { richText } from './rich-text.ts';
import {
  anything,
  boolean,
  byType,
  type Field,
  isRecord,
  list,
  object,
  optional,
  type Rule,
  required,
  string,
  uniqueBy,
} from './rules.ts';
import { anyText, plainText, typeField } from './text.ts';

const base: Record<string, Field> = { type: typeField, block_id: optional(string(255)) };

const section: Rule = object(
  {
    ...base,
    text: optional(anyText(3000)),
    fields: optional(list(anyText(2000), { min: 1, max: 10 })),
    accessory: optional(accessoryElement),
    expand: optional(boolean),
  },
  (value, at) => {
    if (isRecord(value) && value.text === undefined && value.fields === undefined) {
      at.report('missing required field: text');
    }
  },
);

const contextElement: Rule = (value, at) => {
  if (isRecord(value) && value.type === 'image') imageElement(value, at);
  else anyText(3000)(value, at);
};

const actionList: Rule = (value, at) => {
  list(actionElement, { min: 1, max: 25 })(value, at);
  uniqueBy('action_id')(value, at);
};

const everywhere: Record<string, Rule> = {
  actions: object({ ...base, elements: required(actionList) }),
  context: object({ ...base, elements: required(list(contextElement, { min: 1, max: 10 })) }),
  divider: object(base),
  header: object({ ...base, text: required(plainText(150)), level: optional(anything) }),
  image: imageBlock,
  input: object({
    ...base,
    label: required(plainText(2000)),
    element: required(inputElement),
    hint: optional(plainText(2000)),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
  }),
  rich_text: richText,
  section,
  video: anything,
};

const messagesOnly: Record<string, Rule> = {
  markdown: object({ ...base, text: required(string(12_000)) }),
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  context_actions: anything,
  file: anything,
  card: anything,
  carousel: anything,
  container: anything,
  plan: anything,
  task_card: anything,
};

const onMessage = byType({ ...everywhere, ...messagesOnly });
const onModal = byType({ ...everywhere, alert: anything });
const onHome = byType(everywhere);

/** Any block, as far as its surface takes it. */
export const block: Rule = (value, at) => {
  switch (at.facts.surface) {
    case 'message':
      return onMessage(value, at);
    case 'modal':
      return onModal(value, at);
    case 'home':
      return onHome(value, at);
  }
};
