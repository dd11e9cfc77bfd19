/** A forgiving view of the raw document: names and references, even where other parts of it are wrong. */
import type { Step } from './problem.ts';

/** A text and where it is written. */
export interface Said {
  readonly text: string;
  readonly path: readonly Step[];
}

/** One item of a list or one mapping. Anything absent or of another type reads as nothing. */
export interface Part {
  readonly path: readonly Step[];
  /** What is written under a key. */
  raw(key: string): unknown;
  said(key: string): Said | undefined;
  /** A text or the texts of a list. */
  saidList(key: string): readonly Said[];
  part(key: string): Part;
  list(key: string): readonly Part[];
  keys(): readonly string[];
}

export function partOf(value: unknown, path: readonly Step[] = []): Part {
  const entries: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  return {
    path,
    raw: (key) => entries[key],
    said: (key) => toSaid(entries[key], [...path, key]),
    saidList(key) {
      const raw = entries[key];
      const single = toSaid(raw, [...path, key]);
      if (single) return [single];
      return Array.isArray(raw)
        ? raw.flatMap((item, index) => toSaid(item, [...path, key, index]) ?? [])
        : [];
    },
    part: (key) => partOf(entries[key], [...path, key]),
    list(key) {
      const raw = entries[key];
      return Array.isArray(raw) ? raw.map((item, index) => partOf(item, [...path, key, index])) : [];
    },
    keys: () => Object.keys(entries),
  };
}

function toSaid(value: unknown, path: readonly Step[]): Said | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text ? { text, path } : undefined;
}
