/** How much a cost changed. */

export interface Change {
  /** Micros; null when either side is unknown. */
  readonly change: bigint | null;
  /** Fraction of the previous amount (0.18 = +18 %); null when unknown or when there was nothing before. */
  readonly ratio: number | null;
}

/** Difference of two amounts; unknown stays unknown. */
export function changeOf(current: bigint | null, previous: bigint | null): Change {
  if (current === null || previous === null) return { change: null, ratio: null };
  const change = current - previous;
  return { change, ratio: previous > 0n ? Number(change) / Number(previous) : null };
}
