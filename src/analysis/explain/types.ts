/** What an explanation is worked out from: amounts per day, and which days are held against each other. */
import type { Day } from '../../core/day.ts';
import type { Breakdown } from '../../core/dimension.ts';

/** Columns a change may be looked at by. */
export type ExplainedBy = Breakdown | 'sku';

/** One day's (or hour's) cost of one value of a column, 10^-18 of one currency. */
export interface DayCell {
  /** 'YYYY-MM-DD', or 'YYYY-MM-DDTHH' for hours. */
  readonly day: Day;
  readonly key: string | null;
  readonly attos: bigint;
}

/** The days of the change, and the usual ones they are held against with their weights. */
export interface Comparison {
  readonly during: readonly Day[];
  readonly usual: ReadonlyMap<Day, bigint>;
  /** Sum of the weights; 0 when no day before is known. */
  readonly usualWeight: bigint;
}

/** Sums of one value: over the days of the change, and over the usual ones times their weights. */
export interface Sides {
  readonly during: bigint;
  readonly usual: bigint;
}
