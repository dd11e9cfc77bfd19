/** How much each value of a column contributes to a change. */
import type { Contribution } from '../../core/anomaly.ts';
import type { Day } from '../../core/day.ts';
import { apportion } from '../apportion.ts';
import { addSides, duringUnit, meansOf, sidesByKey, usualUnit } from './sides.ts';
import type { Comparison, DayCell, ExplainedBy } from './types.ts';

/**
 * The mean cost per day of every value of one column, during and usually, and the share of the whole change that its
 * own change is (Adtributor's "explanatory power": Bhagwan et al., "Adtributor: Revenue Debugging in Advertising
 * Systems", NSDI 2014, section 4). Largest in the direction of the change first. Parts are rounded so that they add up to
 * the rounded total exactly. `since` is the first day that was looked at: what already cost then was seen earlier.
 *
 * Example: 30 instead of 10 a day of which A 25 instead of 10 and B 5 instead of 0: A 75 %, B 25 %.
 */
export function contributionsOf(
  dimension: ExplainedBy,
  cells: readonly DayCell[],
  comparison: Comparison,
  options: { readonly label: (key: string | null) => string; readonly since: Day },
): Contribution[] {
  const sides = [...sidesByKey(cells, comparison)];
  const total = meansOf(addSides(sides.map(([, one]) => one)), comparison);
  const change = total.actualMicros - total.expectedMicros;
  const actual = apportion(
    sides.map(([, { during }]) => during),
    duringUnit(comparison),
    total.actualMicros,
  );
  const expected = apportion(
    sides.map(([, { usual }]) => usual),
    usualUnit(comparison),
    total.expectedMicros,
  );
  const firstSeen = firstDays(cells);
  return sides
    .map(([key], index): Contribution => {
      const actualMicros = actual[index] ?? 0n;
      const expectedMicros = expected[index] ?? 0n;
      const changeMicros = actualMicros - expectedMicros;
      const seen = firstSeen.get(key);
      return {
        dimension,
        key,
        label: options.label(key),
        actualMicros,
        expectedMicros,
        changeMicros,
        share: change === 0n ? 0 : Number(changeMicros) / Number(change),
        ...(seen !== undefined && seen > options.since && { firstSeen: seen }),
      };
    })
    .filter(({ actualMicros, expectedMicros }) => actualMicros !== 0n || expectedMicros !== 0n)
    .sort(byShare);
}

/** Largest share of the change first, names in order among equals. */
function byShare(a: Contribution, b: Contribution): number {
  if (a.share !== b.share) return b.share - a.share;
  return (a.key ?? '') < (b.key ?? '') ? -1 : 1;
}

function firstDays(cells: readonly DayCell[]): Map<string | null, Day> {
  const first = new Map<string | null, Day>();
  for (const { day, key, attos } of cells) {
    const known = first.get(key);
    if (attos > 0n && (known === undefined || day < known)) first.set(key, day);
  }
  return first;
}
