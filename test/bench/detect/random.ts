/** Random numbers that are the same for the same seed and label, on every machine. */
import type { Random } from './types.ts';

/** A stream of its own for each label, so that a shape more does not change the other shapes' series. */
export function randomOf(seed: number, label: string): Random {
  const unit = mulberry(hash(`${seed}/${label}`));
  const between = (min: number, max: number) => min + (max - min) * unit();
  return {
    unit,
    between,
    spread: (min, max) => min * (max / min) ** unit(),
    whole: (min, max) => min + Math.floor(unit() * (max - min + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    chance: (share) => unit() < share,
    pick: (items) => items[Math.floor(unit() * items.length)] ?? items[0],
  };
}

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state, good enough for made-up bills. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
