/** How far apart times usually are, and where on the clock they lie. */

/** The median distance of different times, which must be in order; undefined for fewer than two. */
export function usualStep(sorted: Float64Array): number | undefined {
  const distances: number[] = [];
  for (let index = 1; index < sorted.length; index++) {
    const distance = (sorted[index] ?? 0) - (sorted[index - 1] ?? 0);
    if (distance > 0) distances.push(distance);
  }
  distances.sort((a, b) => a - b);
  return distances[distances.length >> 1];
}

/** Of distances so many must be single steps, for the rest to be rows that were left out. */
const LEAST_SINGLE = 0.05;

/** Whether times in order lie whole steps apart, neighbours among them: days without cost, say, were left out. */
export function hasSteps(sorted: Float64Array, step: number): boolean {
  let [single, all] = [0, 0];
  for (let index = 1; index < sorted.length; index++) {
    const steps = ((sorted[index] ?? 0) - (sorted[index - 1] ?? 0)) / step;
    if (steps === 0) continue;
    if (Math.abs(steps - Math.round(steps)) > 0.05) return false;
    all++;
    if (Math.round(steps) === 1) single++;
  }
  return all > 0 && single >= LEAST_SINGLE * all;
}

/** Takes a number in and gives the median of all so far. */
export function runningMedian(): (number: number) => number {
  const sorted: number[] = [];
  return (number) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    sorted.splice(low, 0, number);
    return sorted[sorted.length >> 1] ?? number;
  };
}

/**
 * Where in a grid of this width the times lie, in milliseconds after its lines: the circular mean (Fisher,
 * Statistical Analysis of Circular Data, 1993), so that 23:58 and 00:03 lie about midnight. Between −1/6 and 5/6 of
 * the width: what comes shortly before midnight belongs to the day that begins.
 */
export function phaseOf(times: Float64Array, width: number): number {
  let [x, y] = [0, 0];
  for (const time of times) {
    const angle = ((time % width) / width) * 2 * Math.PI;
    x += Math.cos(angle);
    y += Math.sin(angle);
  }
  // Times all over the clock have no phase.
  if (Math.hypot(x, y) < 0.1 * times.length) return 0;
  const phase = (Math.atan2(y, x) / (2 * Math.PI)) * width;
  return Math.round(phase < -width / 6 ? phase + width : phase);
}
