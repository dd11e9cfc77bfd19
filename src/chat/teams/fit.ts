/** Keeps a card within Teams' size: whole parts are left out, never silently. */
import type { Part } from './rich-text.ts';
import { join, renderSpans } from './rich-text.ts';

export interface Surface {
  /** Of the JSON as UTF-16, pictures inside it not counted. */
  readonly bytes: number;
  readonly parts: number;
  /** As in "they do not fit in one Teams message". */
  readonly name: string;
}

/** Room for the sentence about what was left out. */
const NOTE_BYTES = 600;

/**
 * Joins the parts in order. One that no longer fits is left out whole, and the last line says how many;
 * later, smaller parts (buttons, small print) still get their place.
 */
export function fitParts(parts: readonly Part[], surface: Surface): Part {
  const filled = parts.filter(({ elements }) => elements.length > 0);
  if (filled.length <= surface.parts && sum(filled.map(jsonBytes)) <= surface.bytes) return join(filled);
  const room = { parts: surface.parts - 1, bytes: surface.bytes - NOTE_BYTES };
  const kept = filled.filter((part) => {
    const bytes = jsonBytes(part);
    if (room.parts < 1 || bytes > room.bytes) return false;
    room.parts -= 1;
    room.bytes -= bytes;
    return true;
  });
  const leftOut = filled.length - kept.length;
  return join([
    ...kept,
    renderNote(`and ${leftOut} more parts of this message, left out: they do not fit ${surface.name}`),
  ]);
}

/** One line of small print that holds no links and no mentions. */
export function renderNote(note: string): Part {
  return renderSpans([{ kind: 'text', text: note }], { size: 'Small', isSubtle: true });
}

/**
 * Divides room among those who want it: who wants less than an even share gets all of it, and leaves more to the others.
 * `room` is not below zero.
 */
export function shares(wanted: readonly number[], room: number): number[] {
  const given = wanted.map(() => 0);
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  let left = room;
  for (const [rank, index] of order.entries()) {
    const share = Math.min(wanted[index] ?? 0, Math.floor(left / (order.length - rank)));
    given[index] = share;
    left -= share;
  }
  return given;
}

/** Bytes of a structure as Teams counts them: UTF-16, without base64 pictures. */
export function jsonBytes(node: unknown): number {
  const json = JSON.stringify(node, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith('data:image/') ? '' : value,
  );
  return 2 * (json?.length ?? 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
