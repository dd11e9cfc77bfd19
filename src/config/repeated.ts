/** Finds things that may be there only once. */
import { fold } from './closest.ts';
import type { Said } from './draft.ts';
import { found, type Step } from './problem.ts';
import type { Finding } from './shape.ts';

/** Says where something is, e.g. "on line 8". */
export type Place = (path: readonly Step[]) => string;

/** One finding per text that was already there, whatever its case. */
export function repeated(texts: readonly Said[], kind: string, place: Place): Finding[] {
  const first = new Map<string, Said>();
  return texts.flatMap((said) => {
    const before = first.get(fold(said.text));
    if (!before) {
      first.set(fold(said.text), said);
      return [];
    }
    return [
      {
        path: said.path,
        message: `found a second ${kind} ${found(said.text)} (the first is ${place(before.path)}), expected each ${kind} once`,
      },
    ];
  });
}
