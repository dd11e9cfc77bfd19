/** Puts a sentence together from its parts: every way in which all of its words mean something. */
import { meaningKey, type Part } from './meaning.ts';

/** More ways than this is no sentence that anybody is sure of. */
const MOST_WAYS = 300;

/** Every way to cover words 0 … count−1 with parts, once per meaning; undefined when there are too many. */
export function tile(parts: readonly Part[], count: number): readonly (readonly Part[])[] | undefined {
  const starting = new Map<number, Part[]>();
  for (const part of parts) starting.set(part.from, [...(starting.get(part.from) ?? []), part]);
  const reached = new Map<number, Map<string, readonly Part[]>>([[0, new Map([['', []]])]]);
  for (let at = 0; at < count; at++) {
    for (const [key, way] of reached.get(at) ?? []) {
      for (const part of starting.get(at) ?? []) {
        const ways = reached.get(part.to) ?? new Map<string, readonly Part[]>();
        const next = sayNothing(part) ? key : `${key}|${meaningKey(part.meaning)}`;
        if (!ways.has(next)) ways.set(next, [...way, part]);
        if (ways.size > MOST_WAYS) return undefined;
        reached.set(part.to, ways);
      }
    }
    reached.delete(at);
  }
  return [...(reached.get(count)?.values() ?? [])];
}

function sayNothing({ meaning }: Part): boolean {
  return meaning.is === 'filler' || meaning.is === 'asking';
}

/** The way that leaves the fewest words out, for offers: its parts, and the words it leaves out. */
export function tileMost(
  parts: readonly Part[],
  count: number,
): { readonly parts: readonly Part[]; readonly left: readonly number[] } {
  const starting = new Map<number, Part[]>();
  for (const part of parts) starting.set(part.from, [...(starting.get(part.from) ?? []), part]);
  type Way = { readonly parts: readonly Part[]; readonly left: readonly number[] };
  const best: (Way | undefined)[] = [{ parts: [], left: [] }];
  const offer = (at: number, way: Way) => {
    const known = best[at];
    if (!known || burden(way) < burden(known)) best[at] = way;
  };
  for (let at = 0; at < count; at++) {
    const way = best[at];
    if (!way) continue;
    offer(at + 1, { parts: way.parts, left: [...way.left, at] });
    for (const part of starting.get(at) ?? [])
      offer(part.to, { parts: [...way.parts, part], left: way.left });
  }
  return best[count] ?? { parts: [], left: [] };
}

/** Words that are left out count most; then few parts, so that long names win; then few names. */
function burden({
  parts,
  left,
}: {
  readonly parts: readonly Part[];
  readonly left: readonly number[];
}): number {
  const names = parts.filter(({ meaning }) => meaning.is === 'named').length;
  return left.length * 10_000 + parts.length * 100 + names;
}
