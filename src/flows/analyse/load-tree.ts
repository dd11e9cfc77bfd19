/** Reads everything that is scored, once, into the compact tree. */
import { createConvert } from '../../analysis/convert.ts';
import { growTree } from '../../analysis/incidents/grow-tree.ts';
import type { CostPart, CostTree, SourceDays } from '../../analysis/incidents/types.ts';
import { addDays, type Day, daysBetween, earlier, later, msToDay } from '../../core/day.ts';
import { type ScopePath, type Slice, slicePath } from '../../core/scope-path.ts';
import { readSources, type SourceReach } from '../../store/freshness.ts';
import { eachCell, readScopeCosts, readSliceCosts, type ScopeCosts } from '../../store/scope-costs.ts';
import type { Context } from '../context.ts';

/** More than a year, so that a year's rhythm is seen once. */
export const HISTORY_DAYS = 400;
/** A source that charges on so many of its days charges daily: a day without any charge is missing, not free. */
const DAILY = 0.8;

export interface LoadedTree {
  readonly tree: CostTree;
  readonly sources: readonly SourceReach[];
  /** Last day of the tree. */
  readonly end: Day;
}

export interface Span {
  readonly start: Day;
  readonly end: Day;
}

/** The tree of the days up to `at` (or as far as any source is complete); undefined when no day is complete. */
export async function loadTree(
  context: Pick<Context, 'store' | 'settings' | 'now'>,
  slices: readonly { readonly column: Slice; readonly value: string }[],
  at?: Day,
  history = HISTORY_DAYS,
): Promise<LoadedTree | undefined> {
  const { store, settings } = context;
  const sources = await readSources(store);
  const marks = sources.flatMap(({ watermark }) => watermark ?? []);
  if (marks.length === 0) return undefined;
  const newest = marks.reduce(later);
  const end = at === undefined ? newest : earlier(at, newest);
  const span = { start: addDays(end, 1 - history), end };
  const parts = createParts(span);
  for await (const rows of readScopeCosts(store, { ...span, pools: settings.splits.length > 0 }))
    parts.add(rows, (row) => placeOf(row, settings));
  for (const { column, value } of slices)
    for await (const rows of readSliceCosts(store, { column, value }, span))
      parts.add(rows, () => slicePath(column, value));
  const rateOf = newestRates(context);
  const tree = growTree(parts.all(), {
    start: span.start,
    length: history,
    reporting: settings.currency,
    rateOf,
    sources: new Map(
      sources.map((source) => [source.name, daysOf(source, parts.charged(source.name), span)]),
    ),
  });
  return { tree, sources, end };
}

/** What a split gave out counts where it was taken from. */
function placeOf(row: ScopeCosts, { splits }: Context['settings']): ScopePath {
  const from = row.split === null ? undefined : splits.find(({ name }) => name === row.split)?.from;
  const plain = (text: string | undefined) => (text !== undefined && !/[*?]/.test(text) ? text : null);
  return [row.team ?? plain(from?.team), row.model ?? plain(from?.model), row.stage, row.service];
}

/** One rate for all days, the newest: a move of exchange rates is no change of cost. */
export function newestRates({ settings, now }: Pick<Context, 'settings' | 'now'>) {
  const convert = createConvert(settings.fx);
  const today = msToDay(now());
  const million = 1_000_000_000_000n;
  return (currency: string): number | undefined => {
    const amount = convert(million, currency, settings.currency, today);
    return amount === undefined ? undefined : Number(amount) / Number(million);
  };
}

function createParts(span: Span) {
  const length = daysBetween(span.start, span.end) + 1;
  const parts = new Map<string, CostPart>();
  const charged = new Map<string, Uint8Array>();
  return {
    add(rows: readonly ScopeCosts[], placeOf: (row: ScopeCosts) => ScopePath): void {
      for (const row of rows) {
        const path = placeOf(row);
        const key = JSON.stringify([path, row.currency, row.source]);
        let part = parts.get(key);
        if (!part) {
          part = { path, currency: row.currency, source: row.source, values: new Float64Array(length) };
          parts.set(key, part);
        }
        const { values } = part;
        const days = charged.get(row.source) ?? new Uint8Array(length);
        charged.set(row.source, days);
        const offset = daysBetween(span.start, row.month) - 1;
        eachCell(row.cells, (date, micros) => {
          values[offset + date] = (values[offset + date] ?? 0) + micros / 1e6;
          days[offset + date] = 1;
        });
      }
    },
    all: () => [...parts.values()],
    charged: (source: string) => charged.get(source) ?? new Uint8Array(length),
  };
}

/** Which days of a source are known: those with charges, those that polling covered, and free ones in between. */
function daysOf(source: SourceReach, charged: Uint8Array, span: Span): SourceDays {
  const index = (day: Day) => daysBetween(span.start, day);
  const through = source.watermark === undefined ? -1 : index(source.watermark);
  const first = charged.indexOf(1);
  const begun = source.firstDay === undefined ? first : index(source.firstDay);
  const known = new Uint8Array(charged.length);
  if (first < 0 && begun < 0) return { through, known: known.fill(1) };
  const from = Math.max(0, begun < 0 ? 0 : begun);
  const days = charged.subarray(from, through + 1);
  const daily = days.reduce((sum, one) => sum + one, 0) >= DAILY * days.length;
  const { coveredFrom } = source.polling ?? {};
  const covered = coveredFrom === undefined ? Number.POSITIVE_INFINITY : index(coveredFrom);
  for (let day = from; day < known.length; day++)
    known[day] = charged[day] === 1 || !daily || day >= covered ? 1 : 0;
  return { through, known };
}
