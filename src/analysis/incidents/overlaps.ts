/** Whether two flags may be one matter. */
import type { Flag } from './types.ts';

/** At the same time and to the same side; what creeps has nothing to do with what jumps. */
export function overlaps(a: Flag, b: Flag): boolean {
  return (
    a.direction === b.direction &&
    (a.detector === 'drift') === (b.detector === 'drift') &&
    a.first <= b.last &&
    b.first <= a.last
  );
}
