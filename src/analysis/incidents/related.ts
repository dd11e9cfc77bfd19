/** Where else an incident shows: in the places above it and below it. */
import { excessOver } from './baseline.ts';
import { overlaps } from './overlaps.ts';
import type { Flag, Incident, Judged } from './types.ts';

/** What rises no more than this many times as steeply as the place above is a part of its rise. */
const AS_STEEP = 2;
/** Days by which beginnings may differ. */
const ONSET = 1;
/** Places below with less of the excess are not named, and no more than so many are. */
const NAMED_SHARE = 0.1;
const NAMED_BELOW = 6;

interface At {
  readonly node: number;
  readonly flag: Flag;
}

/** Whether a flag below an incident only shows it: it began with it, or rose no more steeply. */
export function isPart(judged: Judged, below: At, incident: At): boolean {
  if (!overlaps(below.flag, incident.flag)) return false;
  if (Math.abs(below.flag.first - incident.flag.first) <= ONSET) return true;
  const steepness = ({ node }: At) => {
    const { excess, base } = excessOver(judged.nodes[node] ?? { values: new Float64Array() }, below.flag);
    return Math.abs(excess / base);
  };
  return steepness(below) <= AS_STEEP * steepness(incident);
}

/** Places above that are flagged too, nearest first, and the places below that carry most of it. */
export function relatedTo(judged: Judged, node: number, flag: Flag): Incident['related'] {
  const shows = (index: number) => (judged.verdicts[index]?.flags ?? []).some((one) => overlaps(one, flag));
  const excessOf = (index: number) =>
    excessOver(judged.nodes[index] ?? { values: new Float64Array() }, flag).excess;
  const above: number[] = [];
  for (let index = judged.nodes[node]?.parent ?? -1; index >= 0; index = judged.nodes[index]?.parent ?? -1)
    if (shows(index)) above.push(index);
  const own = excessOf(node);
  const below = [...placesBelow(judged, node)]
    .map((index) => ({ node: index, excess: excessOf(index) }))
    .filter(({ excess }) => excess / own >= NAMED_SHARE)
    .sort((a, b) => Math.abs(b.excess) - Math.abs(a.excess));
  return [
    ...above.map((index) => ({ node: index, excess: excessOf(index) })),
    ...below.slice(0, NAMED_BELOW),
  ];
}

function* placesBelow(judged: Judged, node: number): Generator<number> {
  for (const child of judged.nodes[node]?.children ?? []) {
    yield child;
    yield* placesBelow(judged, child);
  }
}
