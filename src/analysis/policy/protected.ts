/** Tags by which people keep their resources from being touched. */
import { foldKey } from '../allocate/fold.ts';

/** Values that say that it is not protected after all. */
const NOT = ['false', 'no'];

/** The tag that protects the resource, as written; undefined when none does. */
export function protectedBy(
  tags: Readonly<Record<string, string>>,
  protectTags: readonly string[],
): string | undefined {
  const wanted = protectTags.map(spelled);
  const found = Object.entries(tags).find(
    ([key, value]) => wanted.includes(spelled(key)) && !NOT.includes(value.trim().toLowerCase()),
  );
  return found?.[0];
}

/** Not every provider allows a colon in a key: "pennywatch:protect" is "pennywatch-protect" or "pennywatch/protect" there. */
function spelled(key: string): string {
  return foldKey(key.replace(/[:/]/g, '-'));
}
