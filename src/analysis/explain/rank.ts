/** Which column tells most of a change. */
import type { Contribution } from '../../core/anomaly.ts';
import type { ExplainedBy } from './types.ts';

/** A column explains a change with the values that make up this much of it. */
const ENOUGH = 0.8;

/** What names a thing comes before what names a place among columns that tell as much. */
const NARROW_FIRST: readonly ExplainedBy[] = [
  'resource',
  'sku',
  'model',
  'modelVersion',
  'service',
  'stage',
  'team',
  'region',
  'account',
  'environment',
  'feature',
  'provider',
  'experiment',
  'costCenter',
  'category',
];

export interface Telling {
  readonly dimension: ExplainedBy;
  /** All of it, largest share of the change first. */
  readonly parts: readonly Contribution[];
  /** Smallest number of values that explain enough of the change. */
  readonly values: number;
  /** How differently the cost is spread over the values than before: 0 as before, 1 nothing in common. */
  readonly surprise: number;
}

/**
 * The columns, the most telling first: the fewest values that explain 80 % of the change (succinct), then how much the
 * spread over the values changed (surprise: Jensen–Shannon divergence in bits), as in Adtributor (Bhagwan et al., NSDI
 * 2014, sections 4.1 and 4.2). A column whose spread is as before says nothing of the change and comes last; so does
 * "without a value" among columns that tell as much.
 */
export function rankColumns(columns: ReadonlyMap<ExplainedBy, readonly Contribution[]>): Telling[] {
  const told = [...columns].map(
    ([dimension, parts]): Telling => ({
      dimension,
      parts,
      values: valuesNeeded(parts),
      surprise: surpriseOf(parts),
    }),
  );
  return told.sort(
    (a, b) =>
      Number(saysNothing(a)) - Number(saysNothing(b)) ||
      cost(a) - cost(b) ||
      Math.round(b.surprise * 5) - Math.round(a.surprise * 5) ||
      NARROW_FIRST.indexOf(a.dimension) - NARROW_FIRST.indexOf(b.dimension),
  );
}

/** How many of the largest parts it takes to explain enough of the change. */
export function valuesNeeded(parts: readonly Contribution[]): number {
  let explained = 0;
  for (const [index, { share }] of parts.entries()) {
    explained += share;
    if (explained >= ENOUGH) return index + 1;
  }
  return parts.length;
}

/**
 * Jensen–Shannon divergence of two spreads of cost, in bits (0 to 1): J. Lin, "Divergence Measures Based on the
 * Shannon Entropy", IEEE Transactions on Information Theory 37(1), 1991. Credits count for nothing.
 */
export function surpriseOf(parts: readonly Contribution[]): number {
  const before = spread(parts.map(({ expectedMicros }) => expectedMicros));
  const during = spread(parts.map(({ actualMicros }) => actualMicros));
  if (!before || !during) return parts.length > 1 ? 1 : 0;
  return before.reduce((sum, p, index) => {
    const q = during[index] ?? 0;
    return sum + half(p, (p + q) / 2) + half(q, (p + q) / 2);
  }, 0);
}

function half(p: number, mean: number): number {
  return p === 0 ? 0 : (p / 2) * Math.log2(p / mean);
}

/** Undefined when there is nothing to spread. */
function spread(amounts: readonly bigint[]): number[] | undefined {
  const sizes = amounts.map((micros) => Math.max(0, Number(micros)));
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sum > 0 ? sizes.map((size) => size / sum) : undefined;
}

function saysNothing({ parts, surprise }: Telling): boolean {
  return parts.length < 2 || surprise < 0.01;
}

function cost({ parts, values }: Telling): number {
  return values + (parts[0]?.key === null ? 0.5 : 0);
}
