/** Usage rows as files write them → as the store keeps them: one spelling per name, rows that say the same added up. */
import { createCanonicalise } from '../../analysis/allocate/names.ts';
import { DIMENSIONS } from '../../core/dimension.ts';
import type { Settings } from '../../core/settings.ts';
import type { UsageRow } from '../../core/usage.ts';
import { USAGE_COLUMNS } from '../../store/usage.ts';

/** Different rows held at a time; when there are more, some stay apart in the store, which adds them up anyway. */
const HELD = 50_000;
/** A sum stays well below what 64 bits hold. */
const MOST = 4_000_000_000_000_000_000n;

export interface FoldRows {
  /** Takes rows in; gives back what has to leave. */
  add(rows: readonly UsageRow[]): UsageRow[];
  rest(): UsageRow[];
}

/** Quality is averaged over its rows, so those are never added up. */
export function createFoldRows(settings: Settings): FoldRows {
  const canonicalise = createCanonicalise(settings);
  let held = new Map<string, UsageRow>();
  const named = (row: UsageRow): UsageRow => ({
    ...row,
    dimensions: Object.fromEntries(
      USAGE_COLUMNS.flatMap((column) => {
        const value = row.dimensions[column];
        if (value === undefined) return [];
        const dimension = DIMENSIONS.find((known) => known === column);
        return [[column, dimension ? canonicalise(dimension, value) : value]];
      }),
    ),
  });
  const rest = () => {
    const rows = [...held.values()];
    held = new Map();
    return rows;
  };
  return {
    rest,
    add(rows) {
      const leaving: UsageRow[] = [];
      for (const row of rows.map(named)) {
        if (row.metric === 'quality') {
          leaving.push(row);
          continue;
        }
        const key = JSON.stringify([row.day, row.metric, row.dimensions]);
        const before = held.get(key);
        const sum = row.quantityMicros + (before?.quantityMicros ?? 0n);
        if (before && sum > MOST) leaving.push(before);
        held.set(key, before && sum <= MOST ? { ...row, quantityMicros: sum } : row);
      }
      return held.size > HELD ? [...leaving, ...rest()] : leaving;
    },
  };
}
