/** The last so many numbers, kept in order of size: quantiles of a moving window without sorting it each time. */

export interface SortedWindow {
  /** Numbers in the window. */
  size(): number;
  /** Adds a number; the oldest leaves when the window is full. */
  push(value: number): void;
  /** The numbers from the smallest on, as many as `size()`: to look at only, and only until the next push. */
  readonly sorted: Float64Array;
  /** The median; NaN of an empty window. */
  median(): number;
  /** Type-7 quantile (the default of R and NumPy), share 0–1; NaN of an empty window. */
  quantile(share: number): number;
  /** How many are no larger than this. */
  countUpTo(most: number): number;
  /** Mean of the `count` smallest, and of the `count` largest, of at least so many. */
  meanOfLeast(count: number): number;
  meanOfMost(count: number): number;
  clear(): void;
}

/**
 * A moving window that keeps its numbers sorted. A push moves only the numbers between the place of the one that
 * leaves and that of the one that comes; a quantile is then one look-up: x[h] + (h − ⌊h⌋)·(x[h+1] − x[h]) with
 * h = (n − 1)·share (Hyndman & Fan 1996, definition 7).
 */
export function sortedWindow(capacity: number): SortedWindow {
  const recent = new Float64Array(capacity);
  const sorted = new Float64Array(capacity);
  let size = 0;
  let next = 0;

  function push(value: number): void {
    let hole = size;
    if (size === capacity) hole = placeOf(sorted, size, recent[next] ?? 0);
    else size++;
    recent[next] = value;
    next = next + 1 === capacity ? 0 : next + 1;
    fillHole(sorted, hole, 0, size - 1, value);
  }

  function median(): number {
    if (size === 0) return Number.NaN;
    const low = sorted[(size - 1) >> 1] ?? 0;
    return size % 2 === 1 ? low : low + 0.5 * ((sorted[size >> 1] ?? 0) - low);
  }

  function quantile(share: number): number {
    if (size === 0) return Number.NaN;
    const place = (size - 1) * share;
    const below = Math.floor(place);
    const low = sorted[below] ?? 0;
    return below + 1 < size ? low + (place - below) * ((sorted[below + 1] ?? 0) - low) : low;
  }

  function meanBetween(from: number, to: number): number {
    let sum = 0;
    for (let index = from; index < to; index++) sum += sorted[index] ?? 0;
    return sum / (to - from);
  }

  function countUpTo(most: number): number {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) <= most) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function clear(): void {
    size = 0;
    next = 0;
  }

  return {
    size: () => size,
    push,
    sorted,
    median,
    quantile,
    countUpTo,
    meanOfLeast: (count) => meanBetween(0, count),
    meanOfMost: (count) => meanBetween(size - count, size),
    clear,
  };
}

/**
 * Puts a number where it belongs among the sorted ones at `first` to `last`, when the one at `hole` is gone: those between
 * move by one.
 */
export function fillHole(
  sorted: Float64Array,
  hole: number,
  first: number,
  last: number,
  value: number,
): void {
  let place = hole;
  while (place > first) {
    const below = sorted[place - 1] ?? 0;
    if (!(below > value)) break;
    sorted[place] = below;
    place--;
  }
  while (place < last) {
    const above = sorted[place + 1] ?? 0;
    if (!(above < value)) break;
    sorted[place] = above;
    place++;
  }
  sorted[place] = value;
}

/** So few are looked through one by one: a processor guesses that better than halves. */
const FEW = 16;

/** Where a number that is in there lies. */
function placeOf(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size - 1;
  while (high - low > FEW) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  while (low < high && (sorted[low] ?? 0) < value) low++;
  return low;
}
