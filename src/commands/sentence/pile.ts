/** The parts of one way to read a sentence, sorted by what they are; what is said twice in the same words counts once. */
import type { Basis, Breakdown } from '../../core/dimension.ts';
import type { PeriodWord } from '../../core/period.ts';
import type { Meaning, Named, Part, Verb } from './meaning.ts';
import { meaningKey } from './meaning.ts';
import type { Word } from './words.ts';

export interface Pile {
  readonly named: readonly Named[];
  readonly stages: readonly string[];
  readonly times: readonly PeriodWord[];
  readonly by: readonly Breakdown[];
  readonly currencies: readonly string[];
  readonly bases: readonly Basis[];
  readonly all: readonly Breakdown[];
  readonly which: readonly Breakdown[];
  readonly tops: readonly Extract<Meaning, { is: 'top' }>[];
  readonly verbs: readonly Verb[];
  readonly wordsOf: readonly Extract<Meaning, { is: 'word-of' }>[];
  readonly frequencies: readonly ('weekly' | 'daily')[];
  readonly targets: readonly ('me' | 'here')[];
  readonly otherKinds: readonly Extract<Meaning, { is: 'other-kind' }>[];
  /** Whether a cost is asked for. */
  readonly asks: boolean;
  /** Whether there is a word of this kind. */
  has(is: Meaning['is']): boolean;
  /** The text's sentences that say something. */
  readonly sentences: number;
}

export function pileUp(parts: readonly Part[], words: readonly Word[]): Pile {
  const telling = parts.filter(
    ({ meaning: { is } }) => is !== 'filler' && is !== 'asking' && is !== 'greeting',
  );
  const all = [...new Map(parts.map(({ meaning }) => [meaningKey(meaning), meaning])).values()];
  const of = <K extends Meaning['is']>(is: K) =>
    all.filter((meaning): meaning is Extract<Meaning, { is: K }> => meaning.is === is);
  return {
    named: of('named').map(({ thing }) => thing),
    stages: of('stage').map(({ stage }) => stage),
    times: of('time').map(({ period }) => period),
    by: of('by').map(({ by }) => by),
    currencies: of('currency').map(({ currency }) => currency),
    bases: of('basis').map(({ basis }) => basis),
    all: of('all').map((meaning) => meaning.of),
    which: of('which').map((meaning) => meaning.of),
    tops: of('top'),
    verbs: [...new Set(of('verb').map(({ verb }) => verb))],
    wordsOf: of('word-of'),
    frequencies: of('frequency').map(({ frequency }) => frequency),
    targets: of('target').map(({ target }) => target),
    otherKinds: of('other-kind'),
    asks: all.some(({ is }) => is === 'cost' || is === 'basis') || of('everything').some(({ asks }) => asks),
    has: (is) => all.some((meaning) => meaning.is === is),
    sentences: new Set(telling.map(({ from }) => words[from]?.sentence)).size,
  };
}
