/** From which day on single resources are kept: before it a resource's cost is unknown, not zero. */
import { type Day, later } from '../../core/day.ts';
import { firstResourceDays } from '../../store/resources.ts';
import type { Context } from '../context.ts';
import type { Reach } from './reach.ts';

/** Undefined when every source of the scope that names resources has kept them from its first day on. */
export async function resourcesKeptSince(context: Context, { sources }: Reach): Promise<Day | undefined> {
  const kept = await firstResourceDays(context.store);
  const since = sources.flatMap(({ name, firstDay }) => {
    const day = kept.get(name);
    return day !== undefined && firstDay !== undefined && day > firstDay ? [day] : [];
  });
  return since.length > 0 ? since.reduce(later) : undefined;
}
