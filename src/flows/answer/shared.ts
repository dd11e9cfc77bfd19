/** How much of an answer's figure is direct cost, and how much was shared out of a pool. */

import { createCanonicalise } from '../../analysis/allocate/names.ts';
import { isExact } from '../../analysis/allocate/split-pool.ts';
import { type Convert, createConvert } from '../../analysis/convert.ts';
import { sumKnown, tabulate, totalsByKey } from '../../analysis/tabulate.ts';
import type { AnswerShared } from '../../core/answer.ts';
import type { CostRow } from '../../core/cost.ts';
import type { Basis, Breakdown } from '../../core/dimension.ts';
import type { Period } from '../../core/period.ts';
import type { Subject } from '../../core/question.ts';
import type { SplitSettings } from '../../core/settings.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import { readShared } from '../../store/shared-costs.ts';
import type { Context } from '../context.ts';

export interface SharedQuestion {
  readonly subject: Subject;
  readonly filter: CostFilter;
  readonly by: Breakdown;
  readonly basis: Basis;
  readonly currency: string;
  readonly period: Period;
  /** The answer's figure, micros of `currency`. */
  readonly total: bigint | null;
}

/**
 * The shared part of a team's or model's cost, per split: what it was given, less what a pool of its own gave to
 * others. Undefined when there is none. Direct and shared add up to the total, to the micro; by resource the total
 * is the bill before sharing, and direct is that total.
 */
export async function sharedPart(
  context: Context,
  question: SharedQuestion,
): Promise<AnswerShared | undefined> {
  const { store, settings } = context;
  const { subject, filter, by, total, period, basis } = question;
  if (settings.splits.length === 0 || total === null) return undefined;
  if (subject.kind !== 'team' && subject.kind !== 'model') return undefined;
  // Among teams only the team changes: a model's cost stays the model's, whoever pays for it.
  const splits = settings.splits.filter(
    ({ among }) => subject.kind === 'team' || among.dimension === 'model',
  );
  if (splits.length === 0) return undefined;
  const range = { start: period.start, end: period.end, basis };
  const names = splits.map(({ name }) => name);
  const convert = createConvert(settings.fx);
  const given = await readShared(store, { ...range, filter, only: names });
  const own = splits.filter((split) => isPoolOf(split, subject, context)).map(({ name }) => name);
  const { [subject.kind]: _, ...rest } = filter;
  const parts = own.length > 0 ? await readShared(store, { ...range, filter: rest, only: own }) : [];
  const received = sums(given, question, convert);
  const pools = sums(parts, question, convert);
  const bySplit = names
    .flatMap((name) => {
      const cost = sumKnown([received.get(name) ?? null, negative(pools.get(name) ?? null)]);
      return cost === null || cost === 0n ? [] : [{ name, cost }];
    })
    .sort((a, b) => (size(a.cost) === size(b.cost) ? 0 : size(a.cost) > size(b.cost) ? -1 : 1));
  if (bySplit.length === 0) return undefined;
  const shared = bySplit.reduce((sum, { cost }) => sum + cost, 0n);
  return { direct: by === 'resource' ? total : total - shared, shared, bySplit };
}

/** Whether all of the split's pool was the subject's own before it was shared. */
function isPoolOf(
  { from }: SplitSettings,
  subject: Subject & { name: string },
  { settings }: Context,
): boolean {
  if (subject.kind !== 'team' && subject.kind !== 'model') return false;
  const pattern = from[subject.kind];
  return (
    pattern !== undefined &&
    isExact(pattern) &&
    createCanonicalise(settings)(subject.kind, pattern) === subject.name
  );
}

function sums(
  rows: readonly CostRow[],
  { currency, period }: SharedQuestion,
  convert: Convert,
): Map<string | null, bigint | null> {
  return totalsByKey(tabulate(rows, currency, convert), period.start, period.end);
}

function negative(micros: bigint | null): bigint | null {
  return micros === null ? null : -micros;
}

function size(micros: bigint): bigint {
  return micros < 0n ? -micros : micros;
}
