/** The contributions of every column to a change, with the names people know them by. */
import { contributionsOf } from '../../analysis/explain/contributions.ts';
import { rankColumns, type Telling } from '../../analysis/explain/rank.ts';
import { addSides, type MeanMicros, meansOf, sidesByKey } from '../../analysis/explain/sides.ts';
import { parseSku, skuLabel } from '../../analysis/explain/sku.ts';
import type { Comparison, DayCell, ExplainedBy } from '../../analysis/explain/types.ts';
import type { Contribution } from '../../core/anomaly.ts';
import { later } from '../../core/day.ts';
import type { Breakdown } from '../../core/dimension.ts';
import { resourceTitles } from '../../store/change-resources.ts';
import { shortResource } from '../../view/format.ts';
import { createLabel } from '../answer/labels.ts';
import type { Context } from '../context.ts';
import type { ReadChange } from './read-change.ts';

export interface Figures extends MeanMicros {
  readonly byColumn: ReadonlyMap<ExplainedBy, readonly Contribution[]>;
  /** The most telling column first. */
  readonly ranked: readonly Telling[];
  /** Single charges add up to something else: a pool's cost is shared out in one layer and not in the other. */
  readonly shared: boolean;
}

/** Single charges may differ from the allocated cost by so much of the change. */
const TOLERATED = 0.02;

const TITLED = 12;

export async function composeFigures(context: Context, change: ReadChange): Promise<Figures> {
  const { comparison, columns } = change;
  const total = meansOf(addSides(sidesByKey(columns.get('service') ?? [], comparison).values()), comparison);
  const since = later(change.since, change.knownFrom ?? change.since);
  const byColumn = new Map<ExplainedBy, readonly Contribution[]>();
  for (const [column, cells] of columns) {
    const label = await createLabel(context, column as Breakdown);
    byColumn.set(column, contributionsOf(column, cells, comparison, { label, since }));
  }
  const skus = contributionsOf('sku', labelledSkus(change.skus), comparison, {
    label: (key) => key ?? '(not said)',
    since: change.resourcesSince,
  });
  const shared = differs(skus, total);
  if (!shared && skus.length > 0) {
    byColumn.set('sku', skus);
    const kept = comparedResources(change);
    if (kept) byColumn.set('resource', await withTitles(context, resourceContributions(change, kept)));
  }
  return { ...total, byColumn, ranked: rankColumns(byColumn), shared };
}

function resourceContributions(change: ReadChange, kept: Comparison): Contribution[] {
  return contributionsOf('resource', change.resources, kept, {
    label: (key) => (key === null ? '(no resource named)' : shortResource(key)),
    since: change.resourcesSince,
  });
}

/** The names people gave, of those that may be shown. */
async function withTitles({ store }: Context, parts: readonly Contribution[]): Promise<Contribution[]> {
  const bySize = [...parts].sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, TITLED);
  const titles = await resourceTitles(
    store,
    bySize.flatMap(({ key }) => key ?? []),
  );
  return parts.map((part) => ({ ...part, label: titles.get(part.key ?? '') ?? part.label }));
}

/**
 * The comparison as far as single resources are kept: before that day what one cost is unknown, and nothing may look new
 * for it. Undefined when they are known on no usual day.
 */
function comparedResources({ comparison, resourcesSince }: ReadChange): Comparison | undefined {
  const usual = new Map([...comparison.usual].filter(([day]) => day >= resourcesSince));
  if (comparison.during.some((day) => day < resourcesSince)) return undefined;
  if (usual.size === 0 && comparison.usual.size > 0) return undefined;
  return { ...comparison, usual, usualWeight: [...usual.values()].reduce((sum, weight) => sum + weight, 0n) };
}

/** The value of a column that carries at least `atLeast` of the change. */
export function carrier(figures: Figures, column: ExplainedBy, atLeast: number): Contribution | undefined {
  const [first] = figures.byColumn.get(column) ?? [];
  return first && first.key !== null && first.share >= atLeast ? first : undefined;
}

/** SKUs that are called the same are one. */
export function labelledSkus(cells: readonly DayCell[]): DayCell[] {
  const labels = new Map<string | null, string | null>();
  return cells.map(({ key, ...cell }) => {
    const known = labels.get(key);
    const label = known === undefined ? skuLabel(parseSku(key)) : known;
    labels.set(key, label);
    return { ...cell, key: label };
  });
}

function differs(parts: readonly Contribution[], { actualMicros, expectedMicros }: MeanMicros): boolean {
  const sum = parts.reduce((all, { changeMicros }) => all + changeMicros, 0n);
  const apart = Number(sum - (actualMicros - expectedMicros));
  return (
    parts.length > 0 && Math.abs(apart) > Math.abs(Number(actualMicros - expectedMicros)) * TOLERATED + 10_000
  );
}
