/** The right spelling somebody probably meant. */
import { distance, closest as nearest } from 'fastest-levenshtein';

/** The known word nearest to `word`, or undefined when none is near enough to be meant. */
export function closest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word.length > 200) return undefined;
  const folded = new Map(known.map((name) => [fold(name), name]));
  const best = nearest(fold(word), [...folded.keys()]);
  const edits = distance(fold(word), best);
  // A third of the word may be wrong, but not all of a short one.
  const near = edits <= Math.ceil(word.length / 3) && edits < word.length;
  return near ? folded.get(best) : undefined;
}

/** Names are the same when they differ only in case or in how accents are composed. */
export function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
