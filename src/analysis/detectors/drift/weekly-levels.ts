/** The level of the week that ends at each step, with its dearest and its cheapest day left out. */

const DAYS = 7;
/** Days of a week that must be known. */
const LEAST_DAYS = 4;

/**
 * For each step the trimmed mean of the seven days that end with it (for hours: blocks of 24 hours, each at least
 * half known). The highest and the lowest day are left out, so that one odd day moves no level. NaN before the first
 * whole week and where fewer than four days are known.
 */
export function weeklyLevels(values: Float64Array, stepsADay: number): Float64Array {
  const days = stepsADay === 1 ? values : dayMeans(values, stepsADay);
  const levels = new Float64Array(values.length).fill(Number.NaN);
  for (let index = DAYS * stepsADay - 1; index < values.length; index++) {
    let [sum, known, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let back = 0; back < DAYS; back++) {
      const day = days[index - back * stepsADay] ?? Number.NaN;
      if (Number.isNaN(day)) continue;
      sum += day;
      known++;
      low = Math.min(low, day);
      high = Math.max(high, day);
    }
    if (known >= LEAST_DAYS) levels[index] = (sum - low - high) / (known - 2);
  }
  return levels;
}

/** The mean of the known steps among the last `stepsADay`, where at least half are known. */
function dayMeans(values: Float64Array, stepsADay: number): Float64Array {
  const means = new Float64Array(values.length).fill(Number.NaN);
  for (let index = stepsADay - 1; index < values.length; index++) {
    let [sum, known] = [0, 0];
    for (let back = 0; back < stepsADay; back++) {
      const value = values[index - back] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      known++;
    }
    if (2 * known >= stepsADay) means[index] = sum / known;
  }
  return means;
}
