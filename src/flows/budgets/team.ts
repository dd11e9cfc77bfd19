/** The team that answers for what a budget is about. */
import { createAllocate } from '../../analysis/allocate/allocate.ts';
import { addDays, dayInZone } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { keyShapes, teamsOfExperiment } from '../../store/budget-usage.ts';
import { shapeOf } from '../metered-usage/shape.ts';
import { type Place, teamOfScope } from '../standing.ts';

/** Keys that were not used for longer belong to nobody. */
export const KEY_DAYS = 100;

/** A model's team; the only one that an experiment's charges have; the only one that a key's usage is allocated to. */
export async function teamOfBudget(
  { store, settings, now }: Place & { readonly now: () => number },
  scope: Scope,
): Promise<string | undefined> {
  if (scope.kind === 'experiment') return only(await teamsOfExperiment(store, scope.name));
  if (scope.kind !== 'key') return teamOfScope(store, scope);
  const since = addDays(dayInZone(now(), settings.timeZone), -KEY_DAYS);
  const allocate = createAllocate(settings);
  const shapes = await keyShapes(store, scope.name, since);
  return only(shapes.map((shape) => allocate(shapeOf(shape)).allocation.team));
}

function only(teams: readonly (string | undefined)[]): string | undefined {
  const [team, another] = new Set(teams);
  return another === undefined ? team : undefined;
}
