/** What the parts of a sentence can mean. A part is a run of words; a reading is parts that make up the whole sentence. */
import type { Basis, Breakdown } from '../../core/dimension.ts';
import type { PeriodWord } from '../../core/period.ts';
import { periodText } from '../../core/question.ts';
import type { Kind } from '../../flows/find-name.ts';

/** Something with a name, spelled as commands spell it. */
export interface Named {
  readonly kind: Kind;
  readonly name: string;
  readonly stage?: string;
}

/** Words that ask for something other than a cost. */
export type Verb =
  | 'owner'
  | 'budget'
  /** Everybody's. */
  | 'budgets'
  | 'anomalies'
  | 'slo'
  | 'plan'
  | 'forecast'
  | 'sources'
  | 'coverage'
  | 'help'
  | 'compare'
  | 'subscribe'
  | 'unsubscribe';

/** Words that belong to one verb: the time of a forecast is written as its command takes it. */
export type VerbWord =
  | 'left'
  | 'and'
  | 'report'
  | 'to'
  | 'this month'
  | 'next day'
  | 'next week'
  | 'next month'
  | 'next quarter';

export type Meaning =
  /** Says nothing: articles, prepositions. */
  | { readonly is: 'filler' }
  /** Belongs to a question, but does not say what is asked: "what is", "did". */
  | { readonly is: 'asking' }
  /** A greeting: says nothing, and does not make a question either. */
  | { readonly is: 'greeting' }
  /** Asks what something costs. */
  | { readonly is: 'cost' }
  | { readonly is: 'named'; readonly thing: Named }
  /** "model search", when search is a team. */
  | { readonly is: 'other-kind'; readonly said: Kind; readonly thing: Named }
  /** "our team", said by somebody who is in none. */
  | { readonly is: 'no-team' }
  | { readonly is: 'stage'; readonly stage: string }
  | { readonly is: 'time'; readonly period: PeriodWord }
  | { readonly is: 'by'; readonly by: Breakdown }
  | { readonly is: 'currency'; readonly currency: string }
  | { readonly is: 'basis'; readonly basis: Basis }
  /** "all models". */
  | { readonly is: 'all'; readonly of: Breakdown }
  /** "we", "everything": the whole organisation, unless something is named. */
  | { readonly is: 'everything'; readonly asks?: true }
  | { readonly is: 'top'; readonly count?: number; readonly of?: Breakdown }
  /** "which models …", to be followed by "the most". */
  | { readonly is: 'which'; readonly of: Breakdown }
  | { readonly is: 'most' }
  | { readonly is: 'verb'; readonly verb: Verb }
  /** Belongs to one verb only: "left" to a budget, "and" to a comparison. */
  | { readonly is: 'word-of'; readonly verb: Verb; readonly word: VerbWord }
  | { readonly is: 'frequency'; readonly frequency: 'weekly' | 'daily' }
  | { readonly is: 'target'; readonly target: 'me' | 'here' };

/** Words `from` up to, but not including, `to` mean this. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly meaning: Meaning;
}

/** Parts with the same text mean the same. */
export function meaningKey(meaning: Meaning): string {
  return meaning.is === 'time' ? `time ${periodText(meaning.period)}` : JSON.stringify(meaning);
}
