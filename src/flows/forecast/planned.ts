/** Plans that touch a scope: what they add to days to come, and past days that are no guide to them. */
import type { Convert } from '../../analysis/convert.ts';
import type { DayCost } from '../../analysis/forecast/day-cost.ts';
import { addDays, type Day, daysBetween, eachDay, later } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';
import { parseScope, type Scope, scopeKey } from '../../core/scope.ts';
import { listPlans, type StoredPlan } from '../../store/planned-spend.ts';
import type { Context } from '../context.ts';
import { teamOfScope } from '../standing.ts';

/** A plan that was longer than this became usual while it ran: its days are learnt from. */
const LONGEST_EXCEPTION = 28;

export interface Planned {
  /** Plans with days after the last complete one. */
  readonly plans: readonly StoredPlan[];
  /** Their amounts, spread evenly over their days; only days to come. */
  readonly ahead: readonly DayCost[];
  /** Past days of short plans. */
  readonly past: ReadonlySet<Day>;
  /** Currencies of plans that no rate covers: these plans are in nothing. */
  readonly unconverted: readonly string[];
}

/** Plans of the scope itself and of what it contains: everything contains all, a team its models, a model its stages. */
export async function readPlanned(
  context: Context,
  scope: Scope,
  about: { readonly start: Day; readonly until: Day; readonly currency: string; readonly convert: Convert },
): Promise<Planned> {
  const { start, until, currency, convert } = about;
  const plans: StoredPlan[] = [];
  for (const plan of await listPlans(context.store, { start }))
    if (await contains(context, scope, parseScope(plan.scope))) plans.push(plan);
  const past = new Set<Day>();
  const ahead: DayCost[] = [];
  const unconverted = new Set<string>();
  for (const plan of plans) {
    const days = daysBetween(plan.start, plan.end) + 1;
    if (days <= LONGEST_EXCEPTION)
      for (const day of eachDay(plan.start, plan.end)) if (day <= until) past.add(day);
    if (plan.end <= until) continue;
    const amount = convert(plan.amountMicros, plan.currency, currency, until);
    if (amount === undefined) {
      unconverted.add(plan.currency);
      continue;
    }
    const perDay = divideRounded(amount, BigInt(days));
    for (const day of eachDay(later(plan.start, addDays(until, 1)), plan.end))
      ahead.push({ day, micros: perDay });
  }
  return {
    plans: plans.filter(({ end }) => end > until),
    ahead,
    past,
    unconverted: [...unconverted],
  };
}

async function contains({ store }: Context, whole: Scope, part: Scope): Promise<boolean> {
  if (whole.kind === 'org' || scopeKey(whole) === scopeKey(part)) return true;
  if (whole.kind === 'model') return part.kind === 'model' && part.name === whole.name && !whole.stage;
  if (whole.kind === 'team') return (await teamOfScope(store, part)) === whole.name;
  return false;
}
