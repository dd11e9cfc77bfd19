/** Exact sums per day and currency, and the micros they round to. */

import type { Day } from '../../core/day.ts';
import { addDecimals } from '../../core/decimal.ts';
import type { Basis } from '../../core/dimension.ts';
import { decimalToMicros } from '../../core/money.ts';
import type { DayTarget } from '../../sources/types.ts';
import type { BillDayRow } from '../../store/bills.ts';
import type { FactSum } from '../../store/facts.ts';

export type ExactDay = Pick<BillDayRow, 'day' | 'currency' | 'exact'>;

export function dayKey({ day, currency }: { readonly day: Day; readonly currency: string }): string {
  return `${day} ${currency}`;
}

/** Adds rows of the same day and currency. */
export function sumDays(rows: readonly ExactDay[]): Map<string, ExactDay> {
  const sums = new Map<string, ExactDay>();
  for (const { day, currency, exact } of rows) {
    const before = sums.get(dayKey({ day, currency }))?.exact;
    sums.set(dayKey({ day, currency }), {
      day,
      currency,
      exact: before ? perBasis((basis) => addDecimals(before[basis], exact[basis])) : exact,
    });
  }
  return sums;
}

/**
 * What new facts of each day must add up to, so that all facts of the source-day make the exact total of its
 * bills rounded once: that total, minus what the facts that stay hold already.
 */
export function targetsOf(
  added: readonly ExactDay[],
  staying: readonly ExactDay[],
  stored: readonly FactSum[],
): DayTarget[] {
  const stays = sumDays(staying);
  const held = new Map(stored.map((sum) => [dayKey(sum), sum.micros]));
  return [...sumDays(added)].map(([key, { day, currency, exact }]) => ({
    day,
    currency,
    micros: perBasis((basis) => {
      if (exact[basis] === null) return null;
      const total = addDecimals(exact[basis], stays.get(key)?.exact[basis] ?? null);
      return toMicros(total) - (held.get(key)?.[basis] ?? 0n);
    }),
  }));
}

/** An exact sum rounded once; nothing known is 0 here, for comparing with sums of facts. */
export function toMicros(exact: string | null): bigint {
  return exact === null ? 0n : decimalToMicros(exact);
}

function perBasis<T>(value: (basis: Basis) => T): Record<Basis, T> {
  return {
    effective: value('effective'),
    billed: value('billed'),
    list: value('list'),
    contracted: value('contracted'),
  };
}
