/** A value as a template sees it: it can be asked about and placed, but never read or cut into pieces. */
import { SLOT_CLOSE, SLOT_OPEN } from './markup.ts';

/** Text stays opaque; numbers and yes/no are the template's to compute with; null is nil. */
export type SlotValue = string | number | boolean | null | undefined;

/** What the template engine gets for the slots, and the texts behind their marks. */
export interface FilledSlots {
  readonly scope: Readonly<Record<string, unknown>>;
  readonly values: readonly string[];
}

/** Gives every name its value; names without one are nil. */
export function fillSlots(names: readonly string[], given: Readonly<Record<string, SlotValue>>): FilledSlots {
  const values: string[] = [];
  const scope = Object.fromEntries(
    names.map((name) => {
      const value = given[name];
      if (typeof value !== 'string') return [name, value ?? null];
      values.push(value);
      return [name, opaque(value, values.length - 1)];
    }),
  );
  return { scope, values };
}

/** Compares like its text, prints as its mark. The method names are the engine's. */
function opaque(value: string, index: number) {
  const sameAs = (other: unknown) => other === value;
  const never = () => false;
  const print = () => `${SLOT_OPEN}${index}${SLOT_CLOSE}`;
  return { equals: sameAs, gt: never, geq: never, lt: never, leq: never, toString: print, toJSON: print };
}
