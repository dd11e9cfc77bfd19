/** A bill as a table of entries, and answers to questions about it, for tests of the planner. */
import { type Amounts, plus } from '../../../src/sources/aws-cost-explorer/amounts.ts';
import { planRequests } from '../../../src/sources/aws-cost-explorer/plan.ts';
import type { Answer, AnswerRow, Ask, Plan } from '../../../src/sources/aws-cost-explorer/plan-types.ts';

export interface Entry {
  readonly slot: string;
  readonly of: Readonly<Record<string, string>>;
  readonly amounts: Amounts;
}

/** Sums per group of the entries that a request asks for; groups without entries are absent. */
export function answerOf(entries: readonly Entry[], { groupBy, where }: Ask): AnswerRow[] {
  const rows = new Map<string, AnswerRow>();
  for (const { slot, of, amounts } of entries) {
    const isWanted =
      where.length === 0 ||
      where.some((box) => [...box].every(([dimension, values]) => values.includes(of[dimension] ?? '')));
    if (!isWanted) continue;
    const values = groupBy.map((dimension) => of[dimension] ?? '');
    const key = [slot, ...values].join('|');
    const before = rows.get(key);
    rows.set(key, { slot, values, amounts: before ? plus(before.amounts, amounts) : amounts });
  }
  return [...rows.values()];
}

/** Runs the planner; `answer` may leave a request unanswered. */
export function run(
  dimensions: readonly string[],
  answer: (ask: Ask, index: number) => Answer,
): Plan & { asks: Ask[] } {
  const plan = planRequests({ dimensions, chargeType: 'TYPE' });
  const asks: Ask[] = [];
  let step = plan.next();
  while (!step.done) {
    asks.push(step.value);
    step = plan.next(answer(step.value, asks.length - 1));
  }
  return { ...step.value, asks };
}

/** Slot, values and amounts of everything that is not zero, sorted, as text. */
export function cellsOf(
  rows: readonly { slot: string; values: readonly (string | undefined)[]; amounts: Amounts }[],
) {
  return rows
    .filter(({ amounts }) => amounts.some((amount) => amount !== 0n))
    .map(({ slot, values, amounts }) =>
      [slot, ...values.map((value) => value ?? '?'), ...amounts].join(' | '),
    )
    .sort();
}

/** The whole truth in the same form. */
export function truthOf(entries: readonly Entry[], dimensions: readonly string[]): string[] {
  return cellsOf(answerOf(entries, { groupBy: dimensions, where: [] }));
}
