/** Which allocated cost a split shares. */
import { DIMENSIONS, type Dimension } from '../../core/dimension.ts';
import { POOL_COLUMNS, type PoolColumn, type Settings, type SplitSettings } from '../../core/settings.ts';
import { matchesGlob } from './glob.ts';
import { createCanonicalise } from './names.ts';

/** Columns of an allocated cost; null or absent where nothing claims it. */
export type PoolShape = { readonly [C in PoolColumn]?: string | null };

export interface PoolMatch {
  /** Columns that the pool is picked by, in a fixed order. */
  readonly columns: readonly PoolColumn[];
  /** Whether this text of one of these columns belongs to the pool. */
  holds(column: PoolColumn, value: string): boolean;
  /** Whether all conditions hold. A column without a value never matches. */
  covers(cost: PoolShape): boolean;
}

/**
 * Makes the match of a split's pool. Patterns are compared without regard to case; one without * and ? may also
 * be any spelling that the dimension knows (an alias, a title, a `values` spelling).
 */
export function createPoolMatch({ from }: SplitSettings, settings: Settings): PoolMatch {
  const canonicalise = createCanonicalise(settings);
  const patterns = new Map<PoolColumn, readonly string[]>();
  for (const column of POOL_COLUMNS) {
    const pattern = from[column];
    if (pattern === undefined) continue;
    const spelled = isDimension(column) && isExact(pattern) ? [canonicalise(column, pattern)] : [];
    patterns.set(column, [pattern, ...spelled]);
  }
  const holds = (column: PoolColumn, value: string) =>
    (patterns.get(column) ?? []).some((pattern) => matchesGlob(pattern, value));
  return {
    columns: [...patterns.keys()],
    holds,
    covers: (cost) =>
      [...patterns.keys()].every((column) => {
        const value = cost[column];
        return value !== undefined && value !== null && holds(column, value);
      }),
  };
}

/** Whether a pattern means one text only. */
export function isExact(pattern: string): boolean {
  return !/[*?]/.test(pattern);
}

function isDimension(column: PoolColumn): column is Dimension {
  return DIMENSIONS.some((dimension) => dimension === column);
}
