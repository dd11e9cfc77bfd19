/** What the budgets within a budget add up to. */
import type { BudgetTerms } from '../../core/budget.ts';
import { type Day, daysBetween } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';
import type { Convert } from '../convert.ts';
import type { ScopeNode } from './hierarchy.ts';

/** A budget with the days of its period that today is in. */
export interface PlacedBudget extends BudgetTerms {
  readonly scope: string;
  readonly current: { readonly start: Day; readonly end: Day };
}

export interface Within {
  /** Micros in the currency (or micro-units of the metric) of the budget around them. */
  readonly amount: bigint;
  readonly budgets: number;
  /** Of these, those for another period, counted by days. */
  readonly proRata: number;
  /** Scopes whose budget no rate converts: not in the amount. */
  readonly unconverted: readonly string[];
}

/**
 * Sum of the budgets one level below `around`, converted at today's rates; a scope without a budget of the same metric
 * is looked through to the ones below it. One for another calendar period counts by days (a $70 weekly budget is $300
 * of a 30-day month); fixed caps count only in a cap of the same days, and what cuts across others never. Undefined
 * when there is none.
 */
export function budgetsWithin(
  around: PlacedBudget,
  input: {
    readonly tree: readonly ScopeNode[];
    readonly budgets: readonly PlacedBudget[];
    readonly convert: Convert;
    readonly today: Day;
  },
): Within | undefined {
  const { tree, budgets, convert, today } = input;
  let amount = 0n;
  let count = 0;
  let proRata = 0;
  const unconverted: string[] = [];
  const add = (parent: string) => {
    for (const node of tree.filter((one) => one.parent === parent && !one.across)) {
      const found = bestMatch(
        around,
        budgets.filter(({ scope }) => scope === node.key),
      );
      if (!found) {
        add(node.key);
        continue;
      }
      const converted = convert(found.amountMicros, found.currency, around.currency, today);
      if (converted === undefined) {
        unconverted.push(found.scope);
        continue;
      }
      count += 1;
      if (found.period !== around.period) proRata += 1;
      amount += byDays(converted, found, around);
    }
  };
  add(around.scope);
  return count + unconverted.length === 0 ? undefined : { amount, budgets: count, proRata, unconverted };
}

/** The one for the same period, else another calendar period's. */
function bestMatch(around: PlacedBudget, own: readonly PlacedBudget[]): PlacedBudget | undefined {
  const alike = own.filter(({ metric }) => metric === around.metric);
  if (around.period === 'fixed')
    return alike.find(
      (one) => one.period === 'fixed' && one.startDay === around.startDay && one.endDay === around.endDay,
    );
  return (
    alike.find(({ period }) => period === around.period) ?? alike.find(({ period }) => period !== 'fixed')
  );
}

function byDays(micros: bigint, own: PlacedBudget, around: PlacedBudget): bigint {
  if (own.period === around.period) return micros;
  return divideRounded(micros * lengthOf(around), lengthOf(own));
}

function lengthOf({ current }: PlacedBudget): bigint {
  return BigInt(daysBetween(current.start, current.end) + 1);
}
