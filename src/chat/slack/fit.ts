/** Keeps a message within Slack's size: whole parts are left out, never silently. */
import type { KnownBlock } from '@slack/types';
import { renderNote } from './render-context.ts';

export interface Surface {
  readonly blocks: number;
  readonly characters: number;
  /** As in "they do not fit in one Slack message". */
  readonly name: string;
}

/**
 * Joins the blocks of each element in order. A part that no longer fits is left out whole, and the last
 * line says how many; later, smaller parts (buttons, small print) still get their place.
 */
export function fitBlocks(parts: readonly (readonly KnownBlock[])[], surface: Surface): KnownBlock[] {
  const filled = parts.filter((part) => part.length > 0);
  const whole = filled.flat();
  if (whole.length <= surface.blocks && characters(whole) <= surface.characters) return whole;
  const kept: KnownBlock[] = [];
  // One block and one sentence are kept free for the note.
  const room = { blocks: surface.blocks - 1, characters: surface.characters - 200 };
  let leftOut = 0;
  for (const part of filled) {
    const size = characters(part);
    if (part.length > room.blocks || size > room.characters) {
      leftOut += 1;
      continue;
    }
    room.blocks -= part.length;
    room.characters -= size;
    kept.push(...part);
  }
  return [
    ...kept,
    ...renderNote(`and ${leftOut} more parts of this message, left out: they do not fit ${surface.name}`),
  ];
}

/** Every visible character in a structure of blocks. */
export function characters(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + characters(item), 0);
  if (typeof node !== 'object' || node === null) return 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) =>
      sum + (typeof value === 'string' ? (key === 'text' ? value.length : 0) : characters(value)),
    0,
  );
}
