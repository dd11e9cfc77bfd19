/** Names close to what somebody typed. */
import { distance } from 'fastest-levenshtein';
import { foldKey } from './allocate/fold.ts';

/** The name meant exactly, regardless of case, spaces, "-" and "_"; or undefined. */
export function exactName(typed: string, names: Iterable<string>): string | undefined {
  const all = [...names];
  const folded = foldKey(typed);
  return all.find((name) => name === typed) ?? all.find((name) => foldKey(name) === folded);
}

/** Up to `limit` names that somebody may have meant: containing what was typed, or few edits away. */
export function closestNames(typed: string, names: Iterable<string>, limit = 5): string[] {
  const folded = foldKey(typed.slice(0, 100));
  if (folded === '') return [];
  return [...names]
    .map((name) => ({ name, score: score(folded, foldKey(name)) }))
    .filter(({ score }) => score <= 0.5)
    .sort((a, b) => a.score - b.score || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** 0 = same, 1 = nothing in common. */
function score(typed: string, name: string): number {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 0.1;
  if (name.includes(typed)) return 0.2;
  return distance(typed, name) / Math.max(typed.length, name.length, 1);
}
