/** Unit costs of an answer: cost ÷ usage per metric, for the subject and for each of its rows. */
import type { UnitCost } from '../../core/usage.ts';
import type { Context } from '../context.ts';

export interface AnswerUnits {
  readonly unitCosts: readonly UnitCost[];
  /** By row key, where the breakdown is by team, model or stage. */
  readonly byRow: ReadonlyMap<string | null, UnitCost>;
}

export async function answerUnits(_context: Context): Promise<AnswerUnits> {
  return { unitCosts: [], byRow: new Map() };
}
