/** Reads one place's cost per day as the whole tree has it, without reading the rest. */
import { growTree } from '../../analysis/incidents/grow-tree.ts';
import type { CostNode, CostPart, CostTree, SourceDays } from '../../analysis/incidents/types.ts';
import { addDays, type Day, daysBetween } from '../../core/day.ts';
import { ATTOS_PER_MICRO } from '../../core/money.ts';
import { pathFilter, pathKey, type ScopePath } from '../../core/scope-path.ts';
import { type ChangePart, readPlaceDays } from '../../store/change-parts.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import { readSources, type SourceReach } from '../../store/freshness.ts';
import { HISTORY_DAYS, newestRates } from '../analyse/load-tree.ts';
import type { Context } from '../context.ts';
import { poolsOf } from '../explain/place.ts';

export interface PlaceDays {
  readonly tree: CostTree;
  readonly node: CostNode;
  /** Micros of days that have begun to arrive and are not complete. */
  readonly arriving: ReadonlyMap<Day, bigint>;
}

/** Undefined when no day of the place is complete. */
export async function loadPlace(
  context: Context,
  path: ScopePath,
  end: Day,
  filter: CostFilter = pathFilter(path),
): Promise<PlaceDays | undefined> {
  const { store, settings } = context;
  const start = addDays(end, 1 - HISTORY_DAYS);
  const rows = await readPlaceDays(store, { filter, start, end, pools: poolsOf(filter, settings.splits) });
  const sources = await readSources(store);
  const rateOf = newestRates(context);
  const tree = growTree(partsOf(rows, path, start), {
    start,
    length: HISTORY_DAYS,
    reporting: settings.currency,
    rateOf,
    sources: new Map(sources.map((source) => [source.name, daysOf(source, start)])),
  });
  const node = tree.nodes.find((one) => pathKey(one.path) === pathKey(path));
  if (!node || node.values.length === 0) return undefined;
  const complete = addDays(start, node.values.length);
  const arriving = new Map<Day, bigint>();
  for (const { day, currency, attos } of rows) {
    const rate = currency === node.currency ? 1 : rateOf(currency);
    if (day < complete || attos === null || rate === undefined) continue;
    const micros = BigInt(Math.round(Number(attos / ATTOS_PER_MICRO) * rate));
    arriving.set(day, (arriving.get(day) ?? 0n) + micros);
  }
  return { tree, node, arriving };
}

function partsOf(rows: readonly ChangePart[], path: ScopePath, start: Day): CostPart[] {
  const parts = new Map<string, CostPart>();
  for (const { key, day, currency, attos } of rows) {
    const name = JSON.stringify([key, currency]);
    const part = parts.get(name) ?? {
      ...{ path, currency, source: key ?? '' },
      values: new Float64Array(HISTORY_DAYS),
    };
    parts.set(name, part);
    const at = daysBetween(start, day);
    if (attos !== null) part.values[at] = (part.values[at] ?? 0) + Number(attos / ATTOS_PER_MICRO) / 1e6;
  }
  return [...parts.values()];
}

/** From its first bill on a source's days are known. */
function daysOf({ firstDay, watermark }: SourceReach, start: Day): SourceDays {
  const known = new Uint8Array(HISTORY_DAYS);
  known.fill(1, firstDay === undefined ? 0 : Math.max(0, daysBetween(start, firstDay)));
  return { through: watermark === undefined ? -1 : daysBetween(start, watermark), known };
}
