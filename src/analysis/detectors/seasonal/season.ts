/** The repeating part: by how much each slot of the cycle (each weekday, each hour of the week) usually differs. */
import { cautiousMiddle } from '../../stats/cautious-median.ts';
import { fillHole, sortedWindow } from '../../stats/sorted-window.ts';

export interface Season {
  /** Usual difference of a slot from the middle of its cycle. */
  at(slot: number): number;
  /** Largest offset of any slot, either way. */
  reach(): number;
  /** Shows a usual value. */
  learn(slot: number, value: number): void;
  /**
   * Shows an unusual value: its slot's median may come round to it in time, or the same odd weekday would be odd for
   * ever; the middle of the cycle stays as it is.
   */
  doubt(slot: number, value: number): void;
  /** Forgets the values of the running cycle: what follows lies at another level. */
  restart(): void;
  /** Forgets everything. */
  clear(): void;
}

/**
 * A robust seasonal profile. The middle of a cycle is the median of the last `period` values, which holds each slot
 * once and so has no season itself (the moving average of classical decomposition, Hyndman & Athanasopoulos, fpp3
 * §3.4, made robust as in STL, Cleveland et al. 1990). A slot's offset is the cautious median of its last `cycles`
 * differences from that middle. The whole profile is then shrunk by max(0, 1 − noise ÷ signal), James & Stein's
 * positive-part rule: a season that the data do not prove is none.
 */
export function createSeason(period: number, cycles: number): Season {
  const history = new Float64Array(period * cycles);
  const counts = new Uint16Array(period);
  const nexts = new Uint16Array(period);
  const offsets = new Float64Array(period);
  const noises = new Float64Array(period);
  /** The same differences, each slot's from the smallest to the largest. */
  const sorted = new Float64Array(period * cycles);
  const cycle = sortedWindow(period);
  const early = new Float64Array(period);
  const earlySlots = new Uint16Array(period);
  const proof = { share: 0 };

  function learn(slot: number, value: number): void {
    const before = cycle.size();
    if (before < period) {
      early[before] = value;
      earlySlots[before] = slot;
    }
    cycle.push(value);
    if (cycle.size() < period) return;
    const middle = cycle.median();
    if (before === period) addDifference(slot, value - middle);
    else addEarly(middle);
  }

  function doubt(slot: number, value: number): void {
    if (cycle.size() === period) addDifference(slot, value - cycle.median());
  }

  /** The first full cycle gives a difference for each of its values at once. */
  function addEarly(middle: number): void {
    for (let index = 0; index < period; index++)
      addDifference(earlySlots[index] ?? 0, (early[index] ?? 0) - middle);
  }

  function addDifference(slot: number, difference: number): void {
    const next = nexts[slot] ?? 0;
    const start = slot * cycles;
    let count = counts[slot] ?? 0;
    let hole = start + count;
    if (count === cycles) {
      const oldest = history[start + next] ?? 0;
      for (hole = start; hole < start + count - 1 && (sorted[hole] ?? 0) < oldest; ) hole++;
    } else counts[slot] = ++count;
    fillHole(sorted, hole, start, start + count - 1, difference);
    history[start + next] = difference;
    nexts[slot] = next + 1 === cycles ? 0 : next + 1;
    offsets[slot] = count < 2 ? 0 : cautiousMiddle(sorted, start, count);
    const quarter = (count - 1) >> 2;
    const half = ((sorted[start + count - 1 - quarter] ?? 0) - (sorted[start + quarter] ?? 0)) / 2;
    // Variance of a median of n normal values: 1.57 σ² ÷ n; half their interquartile range is 0.67 σ.
    noises[slot] = (3.45 * (half * half)) / count;
    weigh();
  }

  function weigh(): void {
    let signal = 0;
    let noise = 0;
    for (let slot = 0; slot < period; slot++) {
      const offset = offsets[slot] ?? 0;
      signal += offset * offset;
      noise += noises[slot] ?? 0;
    }
    proof.share = signal > noise ? 1 - noise / signal : 0;
  }

  function clear(): void {
    cycle.clear();
    counts.fill(0);
    nexts.fill(0);
    offsets.fill(0);
    noises.fill(0);
    proof.share = 0;
  }

  function reach(): number {
    let most = 0;
    for (const offset of offsets) most = Math.max(most, Math.abs(offset));
    return proof.share * most;
  }

  return {
    at: (slot) => proof.share * (offsets[slot] ?? 0),
    reach,
    learn,
    doubt,
    restart: () => cycle.clear(),
    clear,
  };
}
