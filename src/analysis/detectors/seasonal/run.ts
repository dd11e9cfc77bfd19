/** A row of steps outside the band to the same side: an incident, or the beginning of a new normal. */

export interface Run {
  /** A step outside. The other side begins a new row. */
  add(side: number, slot: number, value: number, bare: number): void;
  /** A usual step; too many of them end the row. */
  pause(): void;
  steps(): number;
  /** Median of the last bare values (without season). */
  middle(): number;
  /** The last steps again, oldest first. */
  replay(visit: (slot: number, value: number, bare: number) => void): void;
  clear(): void;
}

/** Keeps the last `kept` steps of the row; `pauses` usual steps in a row do not end it. */
export function createRun(kept: number, pauses: number): Run {
  const slots = new Uint16Array(kept);
  const values = new Float64Array(kept);
  const bares = new Float64Array(kept);
  let steps = 0;
  let side = 0;
  let idle = 0;

  return {
    add: (to, slot, value, bare) => {
      if (to !== side) steps = 0;
      side = to;
      idle = 0;
      slots[steps % kept] = slot;
      values[steps % kept] = value;
      bares[steps % kept] = bare;
      steps++;
    },
    pause: () => {
      if (steps > 0 && ++idle > pauses) steps = 0;
    },
    steps: () => steps,
    middle: () => {
      const sorted = bares.slice(0, Math.min(steps, kept)).sort();
      const half = sorted.length >> 1;
      return sorted.length % 2 === 1
        ? (sorted[half] ?? 0)
        : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
    },
    replay: (visit) => {
      for (let back = Math.min(steps, kept); back > 0; back--) {
        const index = (steps - back) % kept;
        visit(slots[index] ?? 0, values[index] ?? 0, bares[index] ?? 0);
      }
    },
    clear: () => {
      steps = 0;
    },
  };
}
