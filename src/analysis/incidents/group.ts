/** Several incidents that are one: parts of a model that rise on the same days, slices that show what the tree tells. */
import type { ScopePath } from '../../core/scope-path.ts';
import { joinAgain } from './again.ts';
import { excessOver } from './baseline.ts';
import { overlaps } from './overlaps.ts';
import type { CostNode, Flag, Incident, Judged } from './types.ts';

/** One part with so much of the money names the incident. */
const DOMINATES = 0.8;
/** Incidents of the tree with so much of a slice's excess tell it already. */
const TOLD = 0.5;
/** Days by which beginnings of one matter may differ. */
const ONSET = 1;

/**
 * Joins incidents within one model that began together (training and the traffic it makes): at the dearest part when
 * that has most of the money, else where their paths meet. Slices across the tree stay only when the tree does not
 * tell them, or when a rule asks for them (`named`). A slow rise of what has just jumped is not told twice.
 */
export function groupIncidents(
  { nodes }: Pick<Judged, 'nodes'>,
  incidents: readonly Incident[],
  named: (node: number) => boolean,
): Incident[] {
  const groups: Incident[][] = [];
  for (const incident of incidents) {
    const group = groups.find((others) => others.every((other) => belongTogether(nodes, incident, other)));
    if (group) group.push(incident);
    else groups.push([incident]);
  }
  const joined = groups.map((group) => join(nodes, group));
  const told = joined
    .filter((one) => !isSlice(nodes, one) || named(one.node) || !isTold(nodes, one, joined))
    .filter((one) => one.flag.detector !== 'drift' || !joined.some((other) => jumps(nodes, one, other)));
  return joinAgain(told);
}

function belongTogether(nodes: readonly CostNode[], a: Incident, b: Incident): boolean {
  const [one, other] = [pathOf(nodes, a), pathOf(nodes, b)];
  const sameModel =
    one.length > 1 &&
    one[0] !== '' &&
    one[0] === other[0] &&
    one[1] === other[1] &&
    typeof one[1] === 'string';
  return sameModel && overlaps(a.flag, b.flag) && Math.abs(a.flag.first - b.flag.first) <= ONSET;
}

function join(nodes: readonly CostNode[], group: readonly Incident[]): Incident {
  const [first, ...others] = [...group].sort((a, b) => money(nodes, b) - money(nodes, a)) as [
    Incident,
    ...Incident[],
  ];
  if (others.length === 0) return first;
  const parts = group.map(({ node, flag }) => ({ node, excess: flag.excess }));
  const related = unique([...group.flatMap((one) => one.related), ...parts]);
  const whole = group.reduce((sum, one) => sum + money(nodes, one), 0);
  if (money(nodes, first) >= DOMINATES * whole)
    return { ...first, related: related.filter(({ node }) => node !== first.node) };
  const node = meet(nodes, group);
  return { node, flag: flagOver(nodes, node, group), related: related.filter((one) => one.node !== node) };
}

/** The nearest place above all of them. */
function meet(nodes: readonly CostNode[], group: readonly Incident[]): number {
  const chains = group.map(({ node }) => chainOf(nodes, node));
  return chains[0]?.find((node) => chains.every((chain) => chain.includes(node))) ?? 0;
}

/** From the place up to the whole. */
function chainOf(nodes: readonly CostNode[], node: number): number[] {
  const chain: number[] = [];
  for (let index = node; index >= 0; index = nodes[index]?.parent ?? -1) chain.push(index);
  return chain;
}

/** The parts' excess over their days, held against what the place usually costs. */
function flagOver(nodes: readonly CostNode[], node: number, group: readonly Incident[]): Flag {
  const flags = group.map(({ flag }) => flag);
  const [flag] = flags as [Flag, ...Flag[]];
  const place = nodes[node];
  const first = Math.min(...flags.map((one) => one.first));
  const last = Math.max(...flags.map((one) => one.last));
  const excess = group.reduce((sum, one) => sum + money(nodes, one), 0) / rateOf(place);
  const actual = place ? meanOf(place.values, first, last) : Number.NaN;
  const expected = actual - (excess * (flag.direction === 'up' ? 1 : -1)) / (last - first + 1);
  const signed = flag.direction === 'up' ? excess : -excess;
  return {
    ...flag,
    first,
    last,
    score: Math.max(...flags.map(({ score }) => score)),
    excess: signed,
    actual,
    expected,
  };
}

function meanOf(values: Float64Array, first: number, last: number): number {
  const known = values.subarray(first, last + 1).filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function isTold(nodes: readonly CostNode[], slice: Incident, all: readonly Incident[]): boolean {
  const told = all.filter((one) => !isSlice(nodes, one) && overlaps(one.flag, slice.flag));
  return told.reduce((sum, one) => sum + money(nodes, one), 0) >= TOLD * money(nodes, slice);
}

/** Whether `other` is a jump at the same place, above or below, within the weeks that the drift looked at. */
function jumps(nodes: readonly CostNode[], drift: Incident, other: Incident): boolean {
  if (other.flag.detector === 'drift' || other.flag.direction !== drift.flag.direction) return false;
  const related =
    chainOf(nodes, drift.node).includes(other.node) || chainOf(nodes, other.node).includes(drift.node);
  const { excess } = excessOver(nodes[drift.node] ?? { values: new Float64Array() }, drift.flag);
  return related && Math.abs(other.flag.excess) >= TOLD * Math.abs(excess);
}

/** Units of the reporting currency; a currency without a rate is compared with itself only. */
function rateOf(place: CostNode | undefined): number {
  return place && !Number.isNaN(place.rate) ? place.rate : 1;
}

/** The size of the excess in the reporting currency. */
function money(nodes: readonly CostNode[], { node, flag }: Incident): number {
  return Math.abs(flag.excess) * rateOf(nodes[node]);
}

function isSlice(nodes: readonly CostNode[], incident: Incident): boolean {
  return pathOf(nodes, incident)[0] === '';
}

function pathOf(nodes: readonly CostNode[], { node }: Incident): ScopePath {
  return nodes[node]?.path ?? [];
}

function unique(related: Incident['related']): Incident['related'] {
  const byNode = new Map(related.map((one) => [one.node, one]));
  return [...byNode.values()].sort((a, b) => Math.abs(b.excess) - Math.abs(a.excess));
}
