/** Sums over days whose amounts may be unknown. */

/** Micros, or null for unknown. */
export type Micros = bigint | null;

export function sumOf(values: readonly Micros[]): bigint {
  return values.reduce<bigint>((sum, value) => sum + (value ?? 0n), 0n);
}

/** Sum of sizes: a credit counts as much as a charge. */
export function grossOf(values: readonly Micros[]): bigint {
  return values.reduce<bigint>((sum, value) => sum + (value === null ? 0n : value < 0n ? -value : value), 0n);
}

/** Per day the sum over all series; null as soon as one part is unknown, since half a day is no total. */
export function strictTotals(columns: readonly (readonly Micros[])[], days: number): Micros[] {
  return Array.from({ length: days }, (_, day) => {
    if (columns.length === 0) return null;
    let sum = 0n;
    for (const column of columns) {
      const value = column[day] ?? null;
      if (value === null) return null;
      sum += value;
    }
    return sum;
  });
}
