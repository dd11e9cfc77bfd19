/** Grows the tree everything → team → model → stage → service from the charges of its leaves. */
import type { Day } from '../../core/day.ts';
import { pathKey, type ScopePath } from '../../core/scope-path.ts';
import type { CostNode, CostPart, CostTree, SourceDays } from './types.ts';

/** Sources of the last days that are looked at, and the share of the cost from which one matters. */
const RECENT_DAYS = 35;
const NOTICEABLE = 0.02;

export interface Soil {
  readonly start: Day;
  /** Number of days. */
  readonly length: number;
  readonly sources: ReadonlyMap<string, SourceDays>;
  readonly reporting: string;
  /** Units of the reporting currency for one of another, undefined when unknown. The same for all days. */
  readonly rateOf: (currency: string) => number | undefined;
}

interface Sprout {
  readonly path: ScopePath;
  readonly parent: number;
  readonly children: number[];
  readonly parts: CostPart[];
}

/**
 * Every place above the parts' own, with sums. What is billed in one currency is kept in it; a mixture is converted
 * at one rate for all days, so that a move of exchange rates is no change of cost. A day is unknown when it is
 * unknown in a source that matters to the place, and each place ends with the last day complete in all of these.
 * Parts with a path that begins with '' are slices across the tree: each a place of its own without parent.
 */
export function growTree(parts: readonly CostPart[], soil: Soil): CostTree {
  const sprouts: Sprout[] = [];
  const known = new Map<string, number>();
  const place = (path: ScopePath): number => {
    const key = pathKey(path);
    const there = known.get(key);
    if (there !== undefined) return there;
    const parent = path.length === 0 || path[0] === '' ? -1 : place(path.slice(0, -1));
    const index = sprouts.push({ path, parent, children: [], parts: [] }) - 1;
    known.set(key, index);
    sprouts[parent]?.children.push(index);
    return index;
  };
  for (const part of parts)
    for (let index = place(part.path); index >= 0; index = sprouts[index]?.parent ?? -1)
      sprouts[index]?.parts.push(part);
  return { start: soil.start, nodes: sprouts.map((sprout) => toNode(sprout, soil)) };
}

function toNode({ path, parent, children, parts }: Sprout, soil: Soil): CostNode {
  const [first] = parts;
  const mixed = parts.some(({ currency }) => currency !== first?.currency);
  const currency = mixed ? soil.reporting : (first?.currency ?? soil.reporting);
  const rate = soil.rateOf(currency) ?? Number.NaN;
  const sources = noticeableSources(parts, soil);
  const length = lastComplete(parts, sources, soil) + 1;
  return {
    path,
    parent,
    children,
    currency,
    rate,
    sources,
    values: sumOf(parts, { mixed, sources, length, soil }),
  };
}

function sumOf(
  parts: readonly CostPart[],
  options: {
    readonly mixed: boolean;
    readonly sources: readonly string[];
    readonly length: number;
    readonly soil: Soil;
  },
): Float64Array {
  const { mixed, length, soil } = options;
  const values = new Float64Array(Math.max(0, length));
  for (const part of parts) {
    const rate = mixed ? soil.rateOf(part.currency) : 1;
    // Without a rate it cannot be added; its own places below are scored in its own currency.
    if (rate === undefined) continue;
    for (let day = 0; day < length; day++) values[day] = (values[day] ?? 0) + (part.values[day] ?? 0) * rate;
  }
  for (const name of options.sources) {
    const known = soil.sources.get(name)?.known;
    for (let day = 0; day < length; day++) if (known?.[day] !== 1) values[day] = Number.NaN;
  }
  return values;
}

/** Sources by their share of the newest days; without any cost there, all that ever charged something. */
function noticeableSources(parts: readonly CostPart[], { length, rateOf }: Soil): string[] {
  const recent = new Map<string, number>();
  let total = 0;
  for (const { source, currency, values } of parts) {
    const rate = rateOf(currency) ?? 1;
    let sum = 0;
    for (let day = Math.max(0, length - RECENT_DAYS); day < length; day++) sum += (values[day] ?? 0) * rate;
    recent.set(source, (recent.get(source) ?? 0) + sum);
    total += sum;
  }
  const names = [...recent.keys()];
  return total > 0 ? names.filter((name) => (recent.get(name) ?? 0) >= NOTICEABLE * total) : names;
}

function lastComplete(parts: readonly CostPart[], sources: readonly string[], soil: Soil): number {
  const ends = sources.map((name) => soil.sources.get(name)?.through ?? -1);
  const quiet = parts.every(({ values }) => isQuiet(values, soil.length));
  const end = quiet ? Math.max(...ends, -1) : Math.min(...ends);
  return Math.min(Number.isFinite(end) ? end : -1, soil.length - 1);
}

function isQuiet(values: Float64Array, length: number): boolean {
  for (let day = Math.max(0, length - RECENT_DAYS); day < length; day++)
    if ((values[day] ?? 0) > 0) return false;
  return true;
}
