/** From one way to put a sentence together to the command it means, or why it means none. */
import type { Part } from './meaning.ts';
import { type Reading, unclear } from './outcome.ts';
import { type Pile, pileUp } from './pile.ts';
import { costOffers, readCost } from './read-cost.ts';
import { readTop } from './read-top.ts';
import { readVerb } from './read-verb.ts';
import type { Word } from './words.ts';

export function readWay(parts: readonly Part[], words: readonly Word[]): Reading {
  const pile = pileUp(parts, words);
  const wrong = contradiction(pile);
  if (wrong) return unclear(wrong, costOffers(pile));
  if (pile.verbs.length > 0) return readVerb(pile);
  return pile.tops.length > 0 || pile.has('most') || pile.which.length > 0 ? readTop(pile) : readCost(pile);
}

/** What no command can be about at once. */
function contradiction(pile: Pile): string | undefined {
  if (pile.sentences > 1) return 'This says more than one thing.';
  const [other] = pile.otherKinds;
  if (other) {
    const { kind, name } = other.thing;
    return `${name} is a ${kind}, not a ${other.said}.`;
  }
  if (pile.has('no-team')) return "I don't know which team is yours: you are in none that I know of.";
  if (pile.verbs.length > 1) return 'This asks for more than one thing.';
  const stray = pile.wordsOf.find(({ verb }) => !pile.verbs.some((one) => belongs(verb, one)));
  if (stray) return 'This seems to ask more than one thing.';
  const subscribes = pile.verbs.some((verb) => belongs('subscribe', verb));
  if (!subscribes && (pile.frequencies.length > 0 || pile.targets.length > 0))
    return pile.frequencies.length > 0
      ? "I can't list every day or week in words; each answer has a chart with every day."
      : 'I can tell what something cost, and send reports to people and channels.';
  for (const [said, what] of [
    [pile.times, 'time'],
    [pile.by, 'breakdown'],
    [pile.currencies, 'currency'],
    [pile.bases, 'cost basis'],
    [pile.stages, 'stage'],
  ] as const)
    if (said.length > 1) return `This has more than one ${what}, and I can only take one at a time.`;
  return undefined;
}

function belongs(verb: string, to: string): boolean {
  return verb === to || (verb === 'subscribe' && to === 'unsubscribe');
}
