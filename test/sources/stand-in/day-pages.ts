/** Pages of daily buckets with opaque cursors, and rows added up by what is asked for. */
import { addDays, eachDay } from '../../../src/core/day.ts';

export interface DayPages<Row> {
  readonly days: readonly { readonly day: string; readonly next: string; readonly rows: readonly Row[] }[];
  readonly hasMore: boolean;
  readonly nextPage: string | null;
}

export interface PageQuery {
  /** First day, and the day after the last. */
  readonly start: string;
  readonly end: string;
  readonly limit: number;
  readonly page: string | null;
}

/** At most this many days come at once, whatever the limit, so that a month takes several pages. */
const AT_ONCE = 10;

/** One page; undefined when the cursor is none that was given out. Days without rows have empty buckets. */
export function dayPage<Row extends { readonly day: string }>(
  rows: readonly Row[],
  { start, end, limit, page }: PageQuery,
): DayPages<Row> | undefined {
  const from = page === null ? start : /^page_(\S+)$/.exec(page)?.[1];
  const first = from && page !== null ? Buffer.from(from, 'base64url').toString('utf8') : from;
  if (first === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(first)) return undefined;
  const wanted = eachDay(first, addDays(end, -1));
  const days = wanted.slice(0, Math.min(limit, AT_ONCE));
  const next = wanted[days.length];
  return {
    days: days.map((day) => ({ day, next: addDays(day, 1), rows: rows.filter((row) => row.day === day) })),
    hasMore: next !== undefined,
    nextPage: next === undefined ? null : `page_${Buffer.from(next).toString('base64url')}`,
  };
}

/** Rows that agree in `by` become one, made by `merge`; the fields that nobody asked for are null. */
export function groupRows<Row extends object>(
  rows: readonly Row[],
  by: readonly (keyof Row)[],
  { clear, merge }: { clear: readonly (keyof Row)[]; merge: (a: Row, b: Row) => Row },
): Row[] {
  const groups = new Map<string, Row>();
  for (const row of rows) {
    const shown = { ...row };
    for (const field of clear) if (!by.includes(field)) Object.assign(shown, { [field]: null });
    const key = JSON.stringify(by.map((field) => row[field]));
    const before = groups.get(key);
    groups.set(key, before ? merge(before, shown) : shown);
  }
  return [...groups.values()];
}

/** The whole-number fields of two rows added up. */
export function addCounts<Row extends object>(a: Row, b: Row): Row {
  const sums = Object.entries(a).map(([name, value]) => {
    const other = (b as Record<string, unknown>)[name];
    return [name, typeof value === 'number' && typeof other === 'number' ? value + other : value];
  });
  return Object.fromEntries(sums);
}
