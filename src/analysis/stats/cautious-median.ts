/** A median that believes only what most of the numbers say. */

/**
 * The median of the first `size` numbers of `values`, except that of an even number of them the middle one nearer to
 * zero is taken (0 when the two disagree about the sign). So one odd week of two, or two of four, has no say. The
 * numbers are left sorted. Insertion sort, because there are at most a dozen.
 */
export function cautiousMedian(values: Float64Array, size: number): number {
  if (size === 0) return 0;
  for (let index = 1; index < size; index++) {
    const value = values[index] ?? 0;
    let place = index;
    while (place > 0 && (values[place - 1] ?? 0) > value) {
      values[place] = values[place - 1] ?? 0;
      place--;
    }
    values[place] = value;
  }
  return cautiousMiddle(values, 0, size);
}

/** The same of `size` numbers from `start` on that are sorted already. */
export function cautiousMiddle(sorted: Float64Array, start: number, size: number): number {
  if (size === 0) return 0;
  const place = start + (size >> 1);
  const upper = sorted[place] ?? 0;
  if (size % 2 === 1) return upper;
  const lower = sorted[place - 1] ?? 0;
  if (lower > 0) return lower;
  return upper < 0 ? upper : 0;
}
