/** A place in the hierarchy everything → team → model → stage → service, as detectors look at it. */
import type { Scope } from './scope.ts';

/** What each level below the whole is a value of. */
export const LEVELS = ['team', 'model', 'stage', 'service'] as const;
export type Level = (typeof LEVELS)[number];

/** Values from the top: [] is everything, ['search', 'bert'] is bert of team search. Null: not allocated. */
export type ScopePath = readonly (string | null)[];

export function pathKey(path: ScopePath): string {
  return JSON.stringify(path);
}

/** Throws nothing: what is no path is the whole. */
export function parsePath(key: string): ScopePath {
  const value: unknown = JSON.parse(key);
  return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : null)) : [];
}

/** What cuts across the hierarchy, when settings or budgets name it. */
export const SLICES = ['service', 'provider', 'environment', 'feature', 'experiment'] as const;
export type Slice = (typeof SLICES)[number];

/** The path of a slice: its first value is '', which no team is called. */
export function slicePath(column: Slice, value: string): ScopePath {
  return ['', column, value];
}

/** What a slice's path says; undefined for a place of the hierarchy. */
export function sliceOf([mark, column, value]: ScopePath): { column: Slice; value: string } | undefined {
  const slice = SLICES.find((one) => one === column);
  return mark === '' && slice && typeof value === 'string' ? { column: slice, value } : undefined;
}

/** The columns of the allocated layer that a path fixes. */
export function pathFilter(path: ScopePath): { readonly [L in Level | Slice]?: string | null } {
  const slice = sliceOf(path);
  if (slice) return { [slice.column]: slice.value };
  return Object.fromEntries(path.map((value, index) => [LEVELS[index], value]));
}

/** The same as a scope that people ask for; the nearest one where nothing is called exactly so. */
export function pathScope(path: ScopePath): Scope {
  const slice = sliceOf(path);
  if (slice) return { kind: slice.column, name: slice.value };
  const [team, model, stage, service] = path;
  if (typeof model === 'string') return { kind: 'model', name: model, ...(stage && { stage }) };
  if (typeof service === 'string' && typeof team !== 'string') return { kind: 'service', name: service };
  if (typeof team === 'string') return { kind: 'team', name: team };
  return { kind: 'org' };
}
