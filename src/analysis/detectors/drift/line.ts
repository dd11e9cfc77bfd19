/** A least-squares line through numbers at even steps. */

export interface Line {
  /** Where the line begins, at the first number. */
  readonly first: number;
  /** Its rise from the first to the last number. */
  readonly rise: number;
  /** Standard error of the rise. */
  readonly riseError: number;
  /** Sum of the squared residuals. */
  readonly squares: number;
}

/**
 * slope = Σ(x − x̄)(y − ȳ) ÷ Σ(x − x̄)², standard error √(Σ residual² ÷ (n − 2) ÷ Σ(x − x̄)²): Draper & Smith,
 * Applied Regression Analysis, 3rd ed. 1998, ch. 1. Needs three numbers or more.
 * @example lineOf([1, 2, 3]) // { first: 1, rise: 2, riseError: 0, squares: 0 }
 */
export function lineOf(numbers: readonly number[]): Line {
  const count = numbers.length;
  const middle = (count - 1) / 2;
  let sum = 0;
  for (const number of numbers) sum += number;
  const mean = sum / count;
  let [across, spread] = [0, 0];
  numbers.forEach((number, x) => {
    across += (x - middle) * (number - mean);
    spread += (x - middle) ** 2;
  });
  const slope = across / spread;
  let squares = 0;
  numbers.forEach((number, x) => {
    squares += (number - mean - slope * (x - middle)) ** 2;
  });
  const riseError = (count - 1) * Math.sqrt(squares / (count - 2) / spread);
  return { first: mean - slope * middle, rise: slope * (count - 1), riseError, squares };
}

/** 99.95 % quantiles of Student's t for 3, 4, … 22 degrees of freedom; R: qt(0.9995, 3:22). */
const T_9995 = [
  12.924, 8.61, 6.869, 5.959, 5.408, 5.041, 4.781, 4.587, 4.437, 4.318, 4.221, 4.14, 4.073, 4.015, 3.965,
  3.922, 3.883, 3.85, 3.819, 3.792,
];

/** The 99.95 % quantile of Student's t for 3 to 22 degrees of freedom; outside, that of the nearest. */
export function tQuantile(degrees: number): number {
  const at = Math.min(Math.max(degrees - 3, 0), T_9995.length - 1);
  return T_9995[at] ?? Number.NaN;
}
