/** The unseen key of a message: the id of an invisible element, by which a later look into the conversation finds it. */
import { createHash } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import type { CardElement } from './card-types.ts';
import { limits } from './limits.ts';

/** Id of the invisible element. Throws INTERNAL for a key no message could carry. */
export function keyMark(key: string): string {
  if (key.length > limits.key)
    throw new AppError('INTERNAL', `A message's key has ${key.length} characters.`);
  return `pw-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;
}

export function keyElement(key: string): CardElement {
  return { type: 'TextBlock', id: keyMark(key), text: ' ', isVisible: false, spacing: 'None' };
}

/** Whether a card has the key; a card may be given as Graph gives it, which is JSON in a string. */
export function findKeyMark(card: unknown, key: string): boolean {
  return idsOf(parsed(card)).has(keyMark(key));
}

/** Ids of all elements of a card. */
function idsOf(node: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(node)) for (const item of node) idsOf(item, found);
  else if (typeof node === 'object' && node !== null)
    for (const [name, value] of Object.entries(node)) {
      if (name === 'id' && typeof value === 'string') found.add(value);
      else idsOf(value, found);
    }
  return found;
}

function parsed(card: unknown): unknown {
  if (typeof card !== 'string') return card;
  try {
    return JSON.parse(card);
  } catch {
    // Not a card of ours: it has no key.
    return undefined;
  }
}
