/** What came of one way to read a sentence. */
import type { CostQuestion } from '../../core/question.ts';

export type Reading =
  | {
      readonly kind: 'command';
      readonly text: string;
      /** The cost question that the text must be read as. */
      readonly question?: CostQuestion;
    }
  | {
      readonly kind: 'unclear';
      /** Why it is no command, as a sentence. */
      readonly why: string;
      /** Commands that may have been meant. */
      readonly offers: readonly string[];
      /** It is a sensible thing to say, so that no other reading is certain either. */
      readonly sensible: boolean;
    };

export function unclear(why: string, offers: readonly string[] = [], sensible = false): Reading {
  return { kind: 'unclear', why, offers: [...new Set(offers)], sensible };
}
