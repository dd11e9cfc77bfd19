/** How far a method's trial forecasts were from what came: what methods and their constants are chosen by. */
import type { History, Trial } from './types.ts';

/** Steps that are summed before they are compared where single steps cannot be foreseen. */
const BLOCK = 7;

/**
 * Mean absolute error over the steps that are judged, each origin's divided by its scale and weighted; for sparse series that of
 * the sums of seven steps, since the absolute error of single steps is smallest for forecasting zero. NaN where
 * nothing could be compared. `rows` as a Method gives them; the last origin has no outcome and is left out.
 */
export function lossOf(rows: Float64Array, { raw, sparse }: History, trial: Trial): number {
  const { origins, horizon, judged, scales, weights } = trial;
  let total = 0;
  let weighed = 0;
  for (let index = 0; index + 1 < origins.length; index += 1) {
    const origin = origins[index] ?? 0;
    const last = Math.min(judged, raw.length - origin);
    const error = sparse
      ? blockError(rows, raw, { row: index * horizon, origin, last })
      : stepError(rows, raw, { row: index * horizon, origin, last });
    if (Number.isNaN(error)) continue;
    const weight = weights[index] ?? 0;
    total += (weight * error) / (scales[index] ?? 1);
    weighed += weight;
  }
  return total / weighed;
}

interface Place {
  readonly row: number;
  readonly origin: number;
  readonly last: number;
}

function stepError(rows: Float64Array, raw: Float64Array, { row, origin, last }: Place): number {
  let sum = 0;
  let known = 0;
  for (let h = 0; h < last; h += 1) {
    const error = Math.abs((raw[origin + h] ?? Number.NaN) - (rows[row + h] ?? 0));
    if (error >= 0) {
      sum += error;
      known += 1;
    }
  }
  return sum / known;
}

function blockError(rows: Float64Array, raw: Float64Array, { row, origin, last }: Place): number {
  let sum = 0;
  let known = 0;
  for (let from = 0; from < last; from += BLOCK) {
    let block = 0;
    let steps = 0;
    for (let h = from; h < Math.min(last, from + BLOCK); h += 1) {
      const error = (raw[origin + h] ?? Number.NaN) - (rows[row + h] ?? 0);
      if (Number.isNaN(error)) continue;
      block += error;
      steps += 1;
    }
    sum += Math.abs(block);
    known += steps;
  }
  return sum / known;
}
