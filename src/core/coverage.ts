/** How much of the cost is allocated, as data. */
import type { Day } from './day.ts';
import type { Dimension } from './dimension.ts';
import type { Period } from './period.ts';
import type { SplitSettings } from './settings.ts';

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
  /** Pools of shared cost that stayed where they were. */
  readonly unshared: readonly UnsharedPool[];
}

/** Cost that a split should have shared but could not: nobody's weight is known on those days. */
export interface UnsharedPool {
  readonly split: string;
  readonly by: SplitSettings['by'];
  readonly among: SplitSettings['among']['dimension'];
  /** How many days, and the first and last of them. */
  readonly days: number;
  readonly first: Day;
  readonly last: Day;
  /** EffectiveCost per billing currency; null where the bill does not say it. */
  readonly amounts: readonly { readonly currency: string; readonly micros: bigint | null }[];
}
