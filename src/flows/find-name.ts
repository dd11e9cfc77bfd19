/** From what somebody typed to the thing they mean, or to what they may have meant. */

import { foldKey } from '../analysis/allocate/fold.ts';
import { closestNames, exactName } from '../analysis/closest.ts';
import { listAliases, listNames } from '../store/names.ts';
import { listTeams } from '../store/organisation.ts';
import type { Context } from './context.ts';

export { closestNames };

export const KINDS = ['model', 'team', 'service', 'feature'] as const;
export type Kind = (typeof KINDS)[number];

export type Found =
  | { readonly name: string }
  | { readonly name?: undefined; readonly close: readonly { readonly kind: Kind; readonly name: string }[] };

/** How many suggestions are offered. */
const OFFERED = 4;

/** Finds a name regardless of case and punctuation; teams and models also by title or alias, services by an unambiguous part of their name. */
export async function findName(context: Context, kind: Kind, typed: string): Promise<Found> {
  const names = await listNames(context.store, kind);
  const exact = exactName(typed, names);
  if (exact) return { name: exact };
  const aliases = await otherSpellings(context, kind);
  const alias = exactName(typed, aliases.keys());
  const meant = alias && aliases.get(alias);
  if (meant) return { name: meant };
  const folded = foldKey(typed);
  const containing = folded.length >= 3 ? names.filter((name) => foldKey(name).includes(folded)) : [];
  const [only] = containing;
  if (kind === 'service' && only && containing.length === 1) return { name: only };

  const close = closestNames(typed, names, OFFERED).map((name) => ({ kind, name }));
  for (const other of KINDS.filter((one) => one !== kind)) {
    const match = exactName(typed, await listNames(context.store, other));
    if (match) close.unshift({ kind: other, name: match });
  }
  return { close: close.slice(0, OFFERED) };
}

/** Titles and aliases → name. */
async function otherSpellings({ store }: Context, kind: Kind): Promise<Map<string, string>> {
  if (kind === 'model') return listAliases(store);
  if (kind === 'service' || kind === 'feature') return new Map();
  return new Map((await listTeams(store)).map(({ name, title }) => [title, name]));
}
