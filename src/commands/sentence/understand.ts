/** Understands a sentence: one command when it can mean nothing else, otherwise a question back. */
import type { CostQuestion } from '../../core/question.ts';
import { closestMeant } from './closest-meant.ts';
import type { Part } from './meaning.ts';
import type { Reading } from './outcome.ts';
import { findParts, type Knowledge } from './parts.ts';
import { readWay } from './reading.ts';
import { tile, tileMost } from './tile.ts';
import { reasonFor, whyNot } from './why-not.ts';
import type { Word } from './words.ts';

export type Understood =
  | { readonly kind: 'command'; readonly text: string; readonly question?: CostQuestion }
  | {
      readonly kind: 'asked';
      readonly why: string;
      /** Commands that may have been meant. */
      readonly offers: readonly string[];
      /** Words that say nothing to us, as written. */
      readonly unknown: readonly string[];
    };

const MOST_OFFERS = 6;
/** No question that we can answer has more. */
const MOST_WORDS = 60;
const STRANGE =
  'I don\'t understand this. I know English sentences such as "how much did we spend last week?" or "what are the top 5 models?".';
const EXAMPLES = ['model all last week', 'top 5 models last month'];

/** Every word counts: a sentence with one that is not understood is asked back, whatever the others say. */
export function understand(words: readonly Word[], knowledge: Knowledge): Understood {
  if (words.length === 0) return asked('I did not get a question.', EXAMPLES);
  if (words.length > MOST_WORDS)
    return asked('These are too many words for me. Ask one short question.', EXAMPLES);
  const parts = findParts(words, knowledge);
  const ways = tile(parts, words.length);
  if (!ways) return asked('This can mean too many things.', []);
  const readings = ways.map((way) => readWay(way, words));
  return ways.length > 0 ? decide(readings) : notAllUnderstood(words, parts, knowledge);
}

function decide(readings: readonly Reading[]): Understood {
  const commands = new Map(
    readings.flatMap((reading) => (reading.kind === 'command' ? [[reading.text, reading] as const] : [])),
  );
  const unsure = readings.filter((reading) => reading.kind === 'unclear');
  const sensible = unsure.filter((reading) => reading.sensible);
  const [only] = commands.values();
  const rival = sensible.some(({ offers }) => offers.some((offer) => offer !== only?.text));
  if (only && commands.size === 1 && !rival) {
    const { text, question } = only;
    return { kind: 'command', text, ...(question && { question }) };
  }
  if (only) {
    const others = sensible.flatMap(({ offers }) => offers);
    return asked('This can mean more than one thing.', [...commands.keys(), ...others]);
  }
  const [why] = [...sensible, ...unsure];
  return asked(
    why?.why ?? 'I am not sure what you mean.',
    [...sensible, ...unsure].flatMap(({ offers }) => offers),
  );
}

function notAllUnderstood(words: readonly Word[], parts: readonly Part[], knowledge: Knowledge): Understood {
  const most = tileMost(parts, words.length);
  const unknown = runs(most.left).map((run) => run.map((at) => words[at]?.text ?? '').join(' '));
  const offers = closestMeant(most.parts, unknown, knowledge);
  // Hardly a word is known: another language, or not a question at all.
  const strange = most.left.length > 2 && most.left.length * 2 > words.length && !reasonFor(unknown);
  return asked(strange ? STRANGE : whyNot(unknown), offers.length > 0 ? offers : EXAMPLES, unknown);
}

/** Neighbours together: [1, 2, 5] → [[1, 2], [5]]. */
function runs(indexes: readonly number[]): number[][] {
  const found: number[][] = [];
  for (const index of indexes) {
    const last = found.at(-1);
    if (last && last.at(-1) === index - 1) last.push(index);
    else found.push([index]);
  }
  return found;
}

function asked(why: string, offers: readonly string[], unknown: readonly string[] = []): Understood {
  return { kind: 'asked', why, offers: [...new Set(offers)].slice(0, MOST_OFFERS), unknown };
}
