/** At most six series and "other": more colours than that cannot be told apart. */
import type { Micros } from './totals.ts';
import { grossOf } from './totals.ts';

export const MAX_SERIES = 6;

export interface AmountSeries {
  readonly label: string;
  /** Micros per day; null where nothing is known. */
  readonly micros: readonly Micros[];
}

/**
 * Largest first; from the seventh on summed as "other (9 more)". Size counts a credit like a charge,
 * so that a big credit keeps its own series.
 */
export function foldSeries(series: readonly AmountSeries[]): AmountSeries[] {
  const sizes = new Map(series.map((one) => [one, grossOf(one.micros)]));
  const size = (one: AmountSeries): bigint => sizes.get(one) ?? 0n;
  const sorted = [...series].sort((a, b) => (size(a) === size(b) ? 0 : size(a) > size(b) ? -1 : 1));
  const rest = sorted.slice(MAX_SERIES);
  if (rest.length === 0) return sorted;
  return [
    ...sorted.slice(0, MAX_SERIES),
    { label: `other (${rest.length} more)`, micros: sumKnown(rest.map((one) => one.micros)) },
  ];
}

/** Per day the sum of what is known; null only where nothing is. */
export function sumKnown(columns: readonly (readonly Micros[])[]): Micros[] {
  const length = columns[0]?.length ?? 0;
  return Array.from({ length }, (_, day) => {
    const known = columns.map((column) => column[day]).filter((value) => typeof value === 'bigint');
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0n);
  });
}
