/** What belongs to a place: the rows of the allocated layer, and the pools that were shared out of it. */
import type { SplitSettings } from '../../core/settings.ts';
import type { PoolPlace } from '../../store/change-parts.ts';
import type { CostFilter } from '../../store/daily-costs.ts';

/** Pools whose cost is the place's own before it is shared: of the same team and model, where the place names them. */
export function poolsOf(filter: CostFilter, splits: readonly SplitSettings[]): PoolPlace[] {
  return splits
    .map(({ name, from }) => ({ split: name, team: plain(from.team), model: plain(from.model) }))
    .filter((pool) =>
      (['team', 'model'] as const).every(
        (column) => filter[column] === undefined || filter[column] === pool[column],
      ),
    );
}

/** A pattern for several names tells none. */
function plain(text: string | undefined): string | null {
  return text !== undefined && !/[*?]/.test(text) ? text : null;
}
