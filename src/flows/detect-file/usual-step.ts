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
