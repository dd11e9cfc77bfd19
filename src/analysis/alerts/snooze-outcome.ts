/** Plays messages about anomalies again as if each had been snoozed when it was first told. */

/** The messages about one anomaly, oldest first. Times are milliseconds, amounts above expected a day. */
export type PastAnomaly = readonly { readonly at: number; readonly perDay: number }[];

export interface SnoozeOutcome {
  /** Messages within a snooze. */
  readonly muted: number;
  /** By percent: how many of them were worse by so much and would have ended the snooze. */
  readonly worse: ReadonlyMap<number, number>;
}

/**
 * How many messages a snooze of `length` milliseconds would have held back, and how many of these were `growths`
 * percent above what it was when it was snoozed. The first message is never muted: somebody had to read it.
 *
 * @example snoozeOutcome([[{ at: 0, perDay: 10 }, { at: 5, perDay: 16 }]], { length: 10, growths: [50] })
 * // { muted: 1, worse: Map { 50 => 1 } }
 */
export function snoozeOutcome(
  past: readonly PastAnomaly[],
  { length, growths }: { readonly length: number; readonly growths: readonly number[] },
): SnoozeOutcome {
  const within = past.flatMap(([first, ...later]) =>
    first === undefined
      ? []
      : later
          .filter(({ at }) => at < first.at + length)
          .map(({ perDay }) => ({ perDay, usual: first.perDay })),
  );
  return {
    muted: within.length,
    worse: new Map(
      growths.map((growth) => [
        growth,
        within.filter(({ perDay, usual }) => perDay * 100 >= usual * (100 + growth)).length,
      ]),
    ),
  };
}
