/** How much of an answer's figure is direct cost, and how much was shared out of a pool. */
import type { AnswerShared } from '../../core/answer.ts';
import type { Context } from '../context.ts';

export async function sharedPart(_context: Context): Promise<AnswerShared | undefined> {
  return undefined;
}
