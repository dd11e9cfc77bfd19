/** What a sentence that is not wholly understood may have meant, as commands to choose from. */
import { questionText } from '../../core/question.ts';
import { closestNames } from '../../flows/find-name.ts';
import type { Part } from './meaning.ts';
import type { Knowledge } from './parts.ts';
import { pileUp } from './pile.ts';
import { questionFor } from './read-cost.ts';
import { readWay } from './reading.ts';

const MOST_NAMES = 4;

/** The command that the understood parts make; when they name nothing, the same about names close to unknown words. */
export function closestMeant(
  parts: readonly Part[],
  unknown: readonly string[],
  { spellings }: Knowledge,
): string[] {
  const pile = pileUp(parts, []);
  if (pile.named.length > 0 || pile.verbs.length > 0 || pile.tops.length > 0) {
    const reading = readWay(parts, []);
    return reading.kind === 'command' ? [reading.text] : [...reading.offers];
  }
  const close = unknown.flatMap((words) =>
    [words, ...words.split(' ')].flatMap((word) => closestNames(word, spellings.keys(), MOST_NAMES)),
  );
  const things = [...new Set(close)].flatMap((name) => spellings.get(name) ?? []).slice(0, MOST_NAMES);
  return things.map((thing) => questionText(questionFor(pile, thing, pile.stages[0])));
}
