/** Of many places flagged at the same time, which ones explain it: one incident per cause, not one per place. */
import { excessOver } from './baseline.ts';
import { overlaps } from './overlaps.ts';
import { isPart, relatedTo } from './related.ts';
import type { Flag, Incident, Judged } from './types.ts';

/** A child that carries so much of the excess explains it. */
const EXPLAINS = 0.8;
/** Children with so much of the usual cost rise alike: the cause is above them. */
const BROAD = 0.7;
const FEWEST_TOGETHER = 3;

interface Part {
  readonly node: number;
  /** In the parent's currency. */
  readonly excess: number;
  readonly base: number;
  /** Its own flags at the same time. */
  readonly flags: readonly Flag[];
}

/**
 * Goes down from each flagged place: to the child that carries most of the excess; to each of several flagged
 * children when what is left is usual; nowhere when many children rise alike, or nothing below stands out. Flags
 * below an incident that only show it, and flags above it that it explains, are no incidents of their own.
 */
export function chooseLevels(judged: Judged): Incident[] {
  const incidents: Incident[] = [];
  const done = new Set<Flag>();
  for (const [node, { flags }] of judged.verdicts.entries())
    for (const flag of flags) if (!done.has(flag)) explain(judged, node, flag, { incidents, done });
  return incidents;
}

interface Found {
  readonly incidents: Incident[];
  readonly done: Set<Flag>;
}

function explain(judged: Judged, node: number, flag: Flag, found: Found): void {
  found.done.add(flag);
  const below = deeper(judged, node, flag);
  if (below === 'here') report(judged, node, flag, found);
  else
    for (const { node: child, flags } of below)
      for (const one of flags) if (!found.done.has(one)) explain(judged, child, one, found);
}

/** The children that explain a flag; none when they are explained already. */
function deeper(judged: Judged, node: number, flag: Flag): 'here' | readonly Pick<Part, 'node' | 'flags'>[] {
  // A price is of the place that the rule names: its parts are not divided by the same usage.
  if (flag.detector === 'rate') return 'here';
  const { parts, whole } = partsOf(judged, node, flag);
  if (parts.length === 0 || !(whole.excess > 0)) return 'here';
  const [top] = parts;
  const flagged = parts.filter(({ flags }) => flags.length > 0);
  if (top && top.excess >= EXPLAINS * whole.excess)
    return [top.flags.length > 0 ? top : { ...top, flags: [withoutOwn(judged, top.node, flag)] }];
  if (risesTogether(parts, whole)) return 'here';
  if (flagged.length > 0 && restIsUsual(judged, node, flag, { flagged, whole })) return flagged;
  return 'here';
}

/** Children with what each adds to the excess over the flag's days, the largest first. Falls are turned around. */
function partsOf(judged: Judged, node: number, flag: Flag) {
  const place = judged.nodes[node];
  const sign = flag.direction === 'up' ? 1 : -1;
  const skip = place && earlierFlags(judged, node, flag);
  const whole = place ? excessOver(place, flag, skip) : { excess: 0, base: 0 };
  const parts = (place?.children ?? []).flatMap((index): Part[] => {
    const child = judged.nodes[index];
    if (!child || !place) return [];
    const rate = child.currency === place.currency ? 1 : child.rate / place.rate;
    const { excess, base } = excessOver(child, flag, skip);
    if (Number.isNaN(excess * rate)) return [];
    const flags = (judged.verdicts[index]?.flags ?? []).filter((one) => overlaps(one, flag));
    return [{ node: index, excess: sign * excess * rate, base: base * rate, flags }];
  });
  parts.sort((a, b) => b.excess - a.excess);
  return { parts, whole: { excess: sign * whole.excess, base: whole.base } };
}

/** Days of other flags of the place: they are no basis of comparison, for it and for its parts alike. */
function earlierFlags({ nodes, verdicts }: Judged, node: number, flag: Flag): Uint8Array {
  const skip = new Uint8Array(nodes[node]?.values.length ?? 0);
  for (const one of verdicts[node]?.flags ?? [])
    if (one.last < flag.first) skip.fill(1, one.first, one.last + 1);
  return skip;
}

function risesTogether(
  parts: readonly Part[],
  whole: { readonly excess: number; readonly base: number },
): boolean {
  const ratio = whole.excess / whole.base;
  const alike = parts.filter(({ excess, base }) => base > 0 && excess / base >= ratio / 2);
  const share = alike.reduce((sum, { base }) => sum + base, 0) / whole.base;
  const enough = alike.length >= FEWEST_TOGETHER || (alike.length === parts.length && risesEqually(alike));
  return enough && share >= BROAD;
}

/** All of two: unless one rises far more steeply than the other, which is two matters on one day. */
function risesEqually(parts: readonly Part[]): boolean {
  const ratios = parts.map(({ excess, base }) => excess / base);
  return parts.length > 1 && Math.max(...ratios) <= 2 * Math.min(...ratios);
}

/** Whether the place would be as usual without what its flagged children have too much. */
function restIsUsual(
  { nodes, verdicts }: Judged,
  node: number,
  flag: Flag,
  { flagged, whole }: { readonly flagged: readonly Part[]; readonly whole: { readonly excess: number } },
): boolean {
  const rest = whole.excess - flagged.reduce((sum, { excess }) => sum + excess, 0);
  if (rest <= (1 - EXPLAINS) * whole.excess) return true;
  const { expected, lower, upper } = verdicts[node] ?? {};
  const { values } = nodes[node] ?? {};
  let [room, days] = [0, 0];
  for (let day = flag.first; day <= flag.last; day++) {
    const edge = (flag.direction === 'up' ? upper : lower)?.[day] ?? Number.NaN;
    const width = Math.abs(edge - (expected?.[day] ?? Number.NaN));
    if (Number.isNaN(width) || Number.isNaN(values?.[day] ?? Number.NaN)) continue;
    room += width;
    days++;
  }
  return days > 0 && rest <= room;
}

/** The parent's flag as one of a child that no detector flagged by itself: its band is too wide, or too new. */
function withoutOwn({ nodes }: Judged, node: number, flag: Flag): Flag {
  const { excess, base } = excessOver(nodes[node] ?? { values: new Float64Array() }, flag);
  const days = flag.last - flag.first + 1;
  return { ...flag, excess, expected: base / days, actual: (base + excess) / days };
}

function report(judged: Judged, node: number, flag: Flag, { incidents, done }: Found): void {
  for (const [below, one] of flagsBelow(judged, node))
    if (isPart(judged, { node: below, flag: one }, { node, flag })) done.add(one);
  if (judged.verdicts[node]?.muted) return;
  incidents.push({ node, flag, related: relatedTo(judged, node, flag) });
}

function* flagsBelow(judged: Judged, node: number): Generator<readonly [number, Flag]> {
  for (const child of judged.nodes[node]?.children ?? []) {
    for (const flag of judged.verdicts[child]?.flags ?? []) yield [child, flag];
    yield* flagsBelow(judged, child);
  }
}
