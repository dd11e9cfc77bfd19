/** The last so many numbers, kept in order of size: quantiles of a moving window without sorting it each time. */

export interface SortedWindow {
  /** Numbers in the window. */
  size(): number;
  /** Adds a number; the oldest leaves when the window is full. */
  push(value: number): void;
  /** Type-7 quantile (the default of R and NumPy), share 0–1; NaN of an empty window. */
  quantile(share: number): number;
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
    while (hole > 0 && (sorted[hole - 1] ?? 0) > value) {
      sorted[hole] = sorted[hole - 1] ?? 0;
      hole--;
    }
    while (hole < size - 1 && (sorted[hole + 1] ?? 0) < value) {
      sorted[hole] = sorted[hole + 1] ?? 0;
      hole++;
    }
    sorted[hole] = value;
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

  function clear(): void {
    size = 0;
    next = 0;
  }

  return {
    size: () => size,
    push,
    quantile,
    meanOfLeast: (count) => meanBetween(0, count),
    meanOfMost: (count) => meanBetween(size - count, size),
    clear,
  };
}

/** Where a number that is in there lies, by halving. */
function placeOf(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
