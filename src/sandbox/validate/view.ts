/** The limits of a modal and of the app's home. */
import { Refusal } from '../refusal.ts';
import type { Block } from '../wire.ts';
import { block } from './blocks.ts';
import {
  type BlockFacts,
  boolean,
  isRecord,
  list,
  object,
  oneOf,
  optional,
  place,
  type Rule,
  required,
  string,
  uniqueBy,
} from './rules.ts';
import { plainText } from './text.ts';

const MAX_BYTES = 250_000;

const blocks: Rule = (value, at) => {
  list(block, { max: 100 })(value, at);
  uniqueBy('block_id')(value, at);
};

const submitForInputs: Rule = (value, at) => {
  if (!isRecord(value) || value.submit !== undefined || !Array.isArray(value.blocks)) return;
  const hasInput = value.blocks.some((one) => isRecord(one) && one.type === 'input');
  if (hasInput) at.report('missing required field: submit');
};

const data = {
  private_metadata: optional(string(3000, 0)),
  callback_id: optional(string(255, 0)),
  external_id: optional(string(255, 0)),
};

const modal: Rule = object(
  {
    type: required(oneOf('modal')),
    title: required(plainText(24)),
    blocks: required(blocks),
    submit: optional(plainText(24)),
    close: optional(plainText(24)),
    clear_on_close: optional(boolean),
    notify_on_close: optional(boolean),
    submit_disabled: optional(boolean),
    ...data,
  },
  submitForInputs,
);
const home: Rule = object({ type: required(oneOf('home')), blocks: required(blocks), ...data });

/** Refuses with `view_too_large` or `invalid_arguments` and a line for each problem. */
export function checkView(value: unknown, facts: BlockFacts): Record<string, unknown> & { blocks: Block[] } {
  if (JSON.stringify(value ?? null).length > MAX_BYTES) throw new Refusal('view_too_large');
  const problems: string[] = [];
  (facts.surface === 'home' ? home : modal)(value, place('/view', facts, problems));
  if (problems.length > 0) throw new Refusal('invalid_arguments', { problems });
  return value as Record<string, unknown> & { blocks: Block[] };
}
