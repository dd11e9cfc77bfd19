/** Which source somebody means: its name, the beginning of it, or something close. */
import { closestNames, exactName } from '../../analysis/closest.ts';

/** Closest names that are offered. */
const OFFERED = 4;

export type MeantSource =
  | { readonly name: string }
  /** `several`: more than one begins so. */
  | { readonly name?: undefined; readonly several: boolean; readonly offers: readonly string[] };

export function findSource(typed: string, names: readonly string[]): MeantSource {
  const exact = exactName(typed, names);
  if (exact !== undefined) return { name: exact };
  const begun = names.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  const [only] = begun;
  if (only !== undefined && begun.length === 1) return { name: only };
  const offers = only === undefined ? closestNames(typed, names, OFFERED) : begun.slice(0, OFFERED);
  return { several: only !== undefined, offers };
}
