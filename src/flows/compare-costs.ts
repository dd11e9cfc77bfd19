/** The costs of several things on the same days, side by side. */
import type { CostAnswer } from '../core/answer.ts';
import { addDays, earlier, later } from '../core/day.ts';
import type { Basis } from '../core/dimension.ts';
import type { PeriodWord } from '../core/period.ts';
import type { Subject } from '../core/question.ts';
import { findReach } from './answer/reach.ts';
import { answerCost, subjectFilter } from './answer-cost.ts';
import type { Context } from './context.ts';

export interface ComparedCosts {
  readonly answers: readonly CostAnswer[];
  /** The days were cut to those that are complete for every one of them. */
  readonly cut: boolean;
}

export async function compareCosts(
  context: Context,
  subjects: readonly Subject[],
  question: { period: PeriodWord; currency?: string; basis: Basis },
): Promise<ComparedCosts> {
  const period = await commonPeriod(context, subjects, question.period);
  const answers: CostAnswer[] = [];
  for (const subject of subjects) answers.push(await answerCost(context, { ...question, period, subject }));
  return { answers, cut: period !== question.period };
}

/** Relative periods end where the data does: the same days for all, up to the last that each of them has. */
async function commonPeriod(
  context: Context,
  subjects: readonly Subject[],
  word: PeriodWord,
): Promise<PeriodWord> {
  if (word.kind !== 'days' && word.kind !== 'to-date') return word;
  const reaches = [];
  for (const subject of subjects) reaches.push(await findReach(context, subjectFilter(subject), word));
  const periods = reaches.filter(({ sources }) => sources.length > 0).map(({ period }) => period);
  const [first] = periods;
  if (!first || periods.every(({ end }) => end === first.end)) return word;
  const end = periods.map((period) => period.end).reduce(earlier);
  if (word.kind === 'days') return { kind: 'range', start: addDays(end, 1 - word.count), end };
  return { kind: 'range', start: first.start, end: later(first.start, end) };
}
