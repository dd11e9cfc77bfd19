/** How much of the cost is allocated, as data. */
import type { Dimension } from './dimension.ts';
import type { Period } from './period.ts';

export interface Coverage {
  readonly today: string;
  readonly period: Period;
  readonly currency: string;
  /** Positive charges only: a credit neither claims nor needs an owner. Null when nothing is known. */
  readonly total: bigint | null;
  readonly dimensions: readonly {
    readonly dimension: Dimension;
    readonly allocated: bigint;
    readonly ratio: number | null;
  }[];
  /** Where the cost without a team comes from, largest first. */
  readonly unclaimed: readonly { readonly service: string; readonly cost: bigint }[];
  readonly unconverted: readonly string[];
}
