/** Mean and standard deviation of the known values before each step. */

export interface Moments {
  /** NaN where too few values are known. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * For each step the mean and the sample standard deviation (n − 1) of the known values among the `window` steps
 * before it, the step itself left out; NaN where fewer than `least` are known. Each window is summed anew, in two
 * passes: running sums gather rounding errors, and then a constant series has a deviation.
 */
export function windowMoments(values: Float64Array, window: number, least: number): Moments {
  const mean = new Float64Array(values.length).fill(Number.NaN);
  const deviation = new Float64Array(values.length).fill(Number.NaN);
  for (let index = 1; index < values.length; index++) {
    const from = Math.max(0, index - window);
    let [sum, known] = [0, 0];
    for (let at = from; at < index; at++) {
      const value = values[at] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      known++;
    }
    if (known < least || known === 0) continue;
    const middle = sum / known;
    let squares = 0;
    for (let at = from; at < index; at++) {
      const value = values[at] ?? Number.NaN;
      if (!Number.isNaN(value)) squares += (value - middle) ** 2;
    }
    mean[index] = middle;
    deviation[index] = known > 1 ? Math.sqrt(squares / (known - 1)) : Number.NaN;
  }
  return { mean, deviation };
}
