/** How well a single step explains a row of levels. */

/**
 * The smallest sum of squared residuals about two means, one before and one after a step, over all places of the
 * step. The number at the step is free (left out): a week in which the step falls lies between both levels.
 * @example stepError([1, 1, 1.4, 2, 2]) // 0
 */
export function stepError(numbers: readonly number[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let free = 1; free < numbers.length - 1; free++)
    best = Math.min(best, squaresOf(numbers, 0, free) + squaresOf(numbers, free + 1, numbers.length));
  return best;
}

/** Sum of squared differences from the mean, from `first` up to, not including, `end`. */
function squaresOf(numbers: readonly number[], first: number, end: number): number {
  let sum = 0;
  for (let index = first; index < end; index++) sum += numbers[index] ?? 0;
  const mean = sum / (end - first);
  let squares = 0;
  for (let index = first; index < end; index++) squares += ((numbers[index] ?? 0) - mean) ** 2;
  return squares;
}
