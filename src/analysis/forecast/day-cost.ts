/** What single days cost. */
import type { Day } from '../../core/day.ts';

/** One day's cost in micros. */
export interface DayCost {
  readonly day: Day;
  readonly micros: bigint;
}
