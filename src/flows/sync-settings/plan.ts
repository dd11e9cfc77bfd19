/** Compares what is stored with what the file says: what to create, update and remove. Pure. */
import type { ManagedBy } from '../../store/organisation.ts';

/** A row that the file or people may manage. */
interface Managed {
  readonly managedBy: ManagedBy;
}

export interface Change<T> {
  readonly kind: string;
  readonly verb: 'create' | 'update' | 'remove';
  readonly key: string;
  readonly before?: T;
  readonly after?: T;
  /** People had decided otherwise in chat; the file wins. */
  readonly clash: boolean;
}

/**
 * Changes that turn `stored` into `wanted`. Rows that only the file managed vanish with it; rows that people
 * manage stay, unless the file has one of the same key, whatever its case.
 */
export function planChanges<T extends Managed>(
  kind: string,
  keyOf: (row: T) => string,
  stored: readonly T[],
  wanted: readonly T[],
): Change<T>[] {
  const before = new Map(stored.map((row) => [keyOf(row), row]));
  const after = new Map(wanted.map((row) => [keyOf(row), row]));
  const spellings = new Set([...after.keys()].map((key) => key.toLowerCase()));
  const removed = stored.flatMap((row): Change<T>[] => {
    const key = keyOf(row);
    if (after.has(key)) return [];
    const clash = row.managedBy === 'chat' && spellings.has(key.toLowerCase());
    return row.managedBy === 'file' || clash ? [{ kind, verb: 'remove', key, before: row, clash }] : [];
  });
  const written = wanted.flatMap((row): Change<T>[] => {
    const key = keyOf(row);
    const old = before.get(key);
    if (!old) return [{ kind, verb: 'create', key, after: row, clash: false }];
    if (stateText(old) === stateText(row)) return [];
    return [{ kind, verb: 'update', key, before: old, after: row, clash: old.managedBy === 'chat' }];
  });
  return [...removed, ...written];
}

/** A row as JSON with sorted keys, so that equal rows have equal texts. Amounts are decimal digits. */
export function stateText(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
