/** What bills that changed afterwards changed in all: a day that was restated twice is told once. */
import { subtractDecimals } from '../../core/decimal.ts';
import type { StoredRestatement } from '../../store/restatements.ts';
import type { RestatedDay } from '../../view/messages/sources-types.ts';

/** Oldest first in; largest change first out. Days that came back to what they were are left out. */
export function restatedDays(rows: readonly StoredRestatement[]): RestatedDay[] {
  const days = new Map<string, RestatedDay>();
  for (const row of rows) {
    const key = JSON.stringify([row.billingAccount, row.day, row.currency]);
    const effective = row.effectiveBefore !== null || row.effectiveAfter !== null;
    const before = days.get(key)?.before ?? (effective ? row.effectiveBefore : row.billedBefore);
    const after = effective ? row.effectiveAfter : row.billedAfter;
    days.set(key, {
      day: row.day,
      billingAccount: row.billingAccount,
      currency: row.currency,
      before,
      after,
      change: before === null || after === null ? null : subtractDecimals(after, before),
      at: row.at,
    });
  }
  const size = ({ change }: RestatedDay) =>
    change === null ? Number.POSITIVE_INFINITY : Math.abs(Number(change));
  return [...days.values()]
    .filter((day) => size(day) !== 0)
    .sort((a, b) => size(b) - size(a) || (a.day < b.day ? 1 : -1));
}
