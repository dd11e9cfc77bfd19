/** What has been filled in, in Slack's shape; and what a form starts with. */
import type { ActionValue, Block, FormValues } from '../wire.ts';
import type { InteractiveElement, TextObject } from './blocks/shapes.ts';
import type { ElementUse } from './blocks/surface.ts';

export function withValue(values: FormValues, { blockId, actionId, action }: ElementUse): FormValues {
  return { ...values, [blockId]: { ...values[blockId], [actionId]: action } };
}

/** Slack sends every input, also the untouched ones. Kept values of the same input stay. */
export function startValues(blocks: readonly Block[], kept: FormValues): FormValues {
  const inputs = blocks.filter(({ type, block_id }) => type === 'input' && block_id);
  return Object.fromEntries(
    inputs.map((block) => {
      const element = block.element as InteractiveElement;
      const id = block.block_id ?? '';
      return [id, { [element.action_id]: kept[id]?.[element.action_id] ?? startValue(element) }];
    }),
  );
}

function startValue(element: InteractiveElement): ActionValue {
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    default:
      return { type, value: element.initial_value ?? null };
  }
}

/** Problems Slack's own client finds before it sends anything, by block_id. */
export function findProblems(blocks: readonly Block[], values: FormValues): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input' || !block.block_id) continue;
    const element = block.element as InteractiveElement;
    const { type: _, ...content } = values[block.block_id]?.[element.action_id] ?? { type: '' };
    const given = Object.values(content)[0];
    const empty =
      given === undefined || given === null || given === '' || (Array.isArray(given) && given.length === 0);
    if (empty && block.optional !== true) problems[block.block_id] = 'Please complete this required field.';
    else if (
      typeof given === 'string' &&
      element.min_length !== undefined &&
      given.length < element.min_length
    ) {
      problems[block.block_id] =
        `${(block.label as TextObject).text} must be at least ${element.min_length} characters.`;
    }
  }
  return problems;
}
