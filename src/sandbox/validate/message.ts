/** The limits of a whole message: its text and its blocks together. */
import { Refusal } from '../refusal.ts';
import type { Block } from '../wire.ts';
import { block } from './blocks.ts';
import { type BlockFacts, isRecord, list, place, uniqueBy } from './rules.ts';

const MAX_TEXT = 40_000;
const MAX_BLOCKS = 50;
const MAX_CHARTS = 2;
/** Characters in all cells of a message's table together. */
const MAX_TABLE_TEXT = 10_000;

/** Refuses with `msg_too_long`. */
export function checkText(text: string): void {
  if (text.length > MAX_TEXT) throw new Refusal('msg_too_long');
}

/** Refuses with `invalid_blocks_format` or `invalid_blocks` and a line for each problem. */
export function checkMessageBlocks(value: unknown, facts: BlockFacts): Block[] {
  if (!Array.isArray(value) || !value.every(isRecord)) throw new Refusal('invalid_blocks_format');
  const problems: string[] = [];
  const at = place('/blocks', facts, problems);
  list(block, { max: MAX_BLOCKS })(value, at);
  uniqueBy('block_id')(value, at);
  const count = (type: string): number => value.filter((one) => one.type === type).length;
  if (count('table') > 1) at.report('only_one_table_allowed');
  if (count('data_visualization') > MAX_CHARTS) at.report(`no more than ${MAX_CHARTS} charts allowed`);
  if (cellText(value) > MAX_TABLE_TEXT)
    at.report(`table text must be less than ${MAX_TABLE_TEXT + 1} characters`);
  if (problems.length > 0) throw new Refusal('invalid_blocks', { problems });
  return value as Block[];
}

function cellText(blocks: readonly Record<string, unknown>[]): number {
  return blocks.filter((one) => one.type === 'table').reduce((sum, one) => sum + textLength(one.rows), 0);
}

/** Length of every `text` string below a value. */
function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, child]) =>
      sum + (key === 'text' && typeof child === 'string' ? child.length : textLength(child)),
    0,
  );
}
