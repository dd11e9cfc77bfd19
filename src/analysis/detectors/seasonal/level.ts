/** The level: where the series lies once its season is taken off, trend included. */
import { sortedWindow } from '../../stats/sorted-window.ts';
import type { Season } from './season.ts';

/** How many steps a new level counts for when it is found. */
const INERTIA = 3;

export interface Level {
  /** The level that is expected next; 0 before anything is known. */
  next(): number;
  /** Median of the longest window: where the series has lain for some time. */
  steady(): number;
  /** Shows a usual value; forecast errors beyond `trend` tell of no trend, beyond `most` count as that. */
  learn(slot: number, value: number, trend: number, most: number): void;
  /** Takes the season off the remembered values anew, after it has become known better. */
  refresh(): void;
  /** Starts again at another level. */
  moveTo(level: number): void;
}

/**
 * Three running medians – short, middle, long – compete: each forecasts every step, and the forecasts are weighted by
 * (1 ÷ recent mean absolute error)^8, so that a steady series gets a steady level and a wandering one a nimble level
 * (forecast combination, Bates & Granger 1969). The two longer ones add their recent mean error, with outliers cut
 * off: that is the trend, times the half-window by which a median lags behind it.
 */
export function createLevel(season: Season, lengths: readonly [number, number, number]): Level {
  const windows = [sortedWindow(lengths[0]), sortedWindow(lengths[1]), sortedWindow(lengths[2])] as const;
  const [short, middle, long] = windows;
  const capacity = lengths[2];
  const values = new Float64Array(capacity);
  const slots = new Uint16Array(capacity);
  const errors = new Float64Array(3);
  const biases = new Float64Array(3);
  const forecasts = new Float64Array(3);
  const rates = [0, 1 / 15, 1 / 25];
  const memory = 1 / 30;
  let count = 0;
  let seen = 0;
  const now = { level: 0, steady: 0 };

  function forecast(): void {
    forecasts[0] = short.median();
    forecasts[1] = middle.median() + (biases[1] ?? 0);
    now.steady = long.median();
    forecasts[2] = now.steady + (biases[2] ?? 0);
    const least = Math.min(errors[0] ?? 0, errors[1] ?? 0, errors[2] ?? 0);
    let sum = 0;
    let total = 0;
    for (let index = 0; index < 3; index++) {
      const error = errors[index] ?? 0;
      const square = error > 0 ? (least * least) / (error * error) : 1;
      const weight = square * square * square * square;
      sum += weight * (forecasts[index] ?? 0);
      total += weight;
    }
    now.level = total > 0 ? sum / total : (forecasts[1] ?? 0);
  }

  function learn(slot: number, value: number, trend: number, most: number): void {
    const bare = value - season.at(slot);
    if (seen > 0) {
      const rate = Math.max(memory, 1 / (seen + 1));
      for (let index = 0; index < 3; index++) {
        const error = bare - (forecasts[index] ?? 0);
        const cut = error > most ? most : error < -most ? -most : error;
        errors[index] = (errors[index] ?? 0) + rate * (Math.abs(cut) - (errors[index] ?? 0));
        const bias = biases[index] ?? 0;
        const pull = error < trend && error > -trend ? error : -bias;
        biases[index] = bias + (rates[index] ?? 0) * pull;
      }
    }
    const place = count < capacity ? count : count % capacity;
    values[place] = value;
    slots[place] = slot;
    count++;
    seen++;
    push(bare);
    forecast();
  }

  function push(bare: number): void {
    short.push(bare);
    middle.push(bare);
    long.push(bare);
  }

  function refresh(): void {
    if (count < lengths[0]) return;
    for (const window of windows) window.clear();
    for (let back = Math.min(count, capacity); back > 0; back--) {
      const index = (count - back) % capacity;
      const bare = (values[index] ?? 0) - season.at(slots[index] ?? 0);
      if (back <= lengths[0]) short.push(bare);
      if (back <= lengths[1]) middle.push(bare);
      long.push(bare);
    }
    forecast();
  }

  function moveTo(to: number): void {
    for (const window of windows) window.clear();
    count = 0;
    biases.fill(0);
    for (let copy = 0; copy < INERTIA; copy++) push(to);
    forecast();
  }

  return { next: () => now.level, steady: () => now.steady, learn, refresh, moveTo };
}
