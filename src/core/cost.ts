/** Costs as read from the store and as answered. */
import type { Day } from './day.ts';

/** A sum for one day, key and billing currency. */
export interface CostRow {
  readonly day: Day;
  /** Value of the column grouped by; null where nothing claims the cost. */
  readonly key: string | null;
  readonly currency: string;
  /** 10^-18 of the currency. Null when the bill does not have this cost column: unknown, not zero. */
  readonly attos: bigint | null;
}
