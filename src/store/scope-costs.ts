/** Reads the allocated layer in bulk for scoring: usage charges per place and day, packed by month. */
import { addMonths, type Day, startOfMonth } from '../core/day.ts';
import type { Breakdown } from '../core/dimension.ts';
import type { Store } from './open.ts';

/** One place's charges of one month in one currency from one source. Null: not allocated. */
export interface ScopeCosts {
  readonly team: string | null;
  readonly model: string | null;
  readonly stage: string | null;
  readonly service: string | null;
  /** The split that gave these charges out; they are added up again here. Null: direct cost. */
  readonly split: string | null;
  readonly currency: string;
  readonly source: string;
  /** First day of the month. */
  readonly month: Day;
  /** Day of the month (two digits) and micros, comma between: "01125000,02…"; a day may come several times. */
  readonly cells: string;
}

/** What every row must be: usage, and no refund or correction that takes money back. */
const CHARGED = `"day" BETWEEN ? AND ? AND "category" = 'Usage' AND "effectiveMicros" > 0`;
const CELLS = `group_concat(substr("day", 9, 2) || "effectiveMicros") AS cells`;

/**
 * EffectiveCost of usage from start to end, month by month, per team, model, stage, service, currency and source.
 * Taxes, credits, refunds, purchases and adjustments are left out. What a split gave out comes once, where it was
 * taken from, instead of once per team that pays a part of it; `pools` says whether there are splits at all.
 */
export async function* readScopeCosts(
  store: Store,
  span: { readonly start: Day; readonly end: Day; readonly pools: boolean },
): AsyncGenerator<readonly ScopeCosts[]> {
  for (const [first, last, month] of monthsOf(span)) {
    const places = '"team", "model", "stage", "service", "currency", "source"';
    const direct = await store.$queryRawUnsafe<Omit<ScopeCosts, 'month' | 'split'>[]>(
      `SELECT ${places}, ${CELLS} FROM "DailyCost" WHERE ${CHARGED} AND "split" IS NULL GROUP BY ${places}`,
      first,
      last,
    );
    yield direct.map((row) => ({ ...row, split: null, month }));
    if (!span.pools) continue;
    const pools = '"split", "stage", "service", "currency", "source"';
    const given = await store.$queryRawUnsafe<Omit<ScopeCosts, 'month' | 'team' | 'model'>[]>(
      `SELECT ${pools}, ${CELLS} FROM "DailyCost" WHERE ${CHARGED} AND "split" IS NOT NULL GROUP BY ${pools}`,
      first,
      last,
    );
    if (given.length > 0) yield given.map((row) => ({ ...row, team: null, model: null, month }));
  }
}

/** The same of everything that has one value in a column, across teams: shared parts count as what they are part of. */
export async function* readSliceCosts(
  store: Store,
  slice: { readonly column: Breakdown; readonly value: string },
  span: { readonly start: Day; readonly end: Day },
): AsyncGenerator<readonly ScopeCosts[]> {
  for (const [first, last, month] of monthsOf(span)) {
    const rows = await store.$queryRawUnsafe<Pick<ScopeCosts, 'currency' | 'source' | 'cells'>[]>(
      `SELECT "currency", "source", ${CELLS} FROM "DailyCost"
       WHERE ${CHARGED} AND "${slice.column}" = ? GROUP BY "currency", "source"`,
      first,
      last,
      slice.value,
    );
    yield rows.map((row) => ({
      ...row,
      team: null,
      model: null,
      stage: null,
      service: null,
      split: null,
      month,
    }));
  }
}

/** The same by the hour, where sources give hours: cells begin with day of the month and hour, four digits. */
export async function* readScopeHours(
  store: Store,
  span: { readonly start: Day; readonly end: Day },
): AsyncGenerator<readonly ScopeCosts[]> {
  for (const [first, last, month] of monthsOf(span)) {
    const places = '"team", "model", "stage", "service", "currency", "source"';
    const rows = await store.$queryRawUnsafe<Omit<ScopeCosts, 'month' | 'split'>[]>(
      `SELECT ${places}, group_concat(substr("hour", 9, 2) || substr("hour", 12, 2) || "effectiveMicros") AS cells
       FROM "HourlyCost" WHERE "hour" BETWEEN ? AND ? AND "category" = 'Usage' AND "effectiveMicros" > 0
       GROUP BY ${places}`,
      `${first}T00`,
      `${last}T23`,
    );
    yield rows.map((row) => ({ ...row, split: null, month }));
  }
}

/** Calls `visit` with the digits in front (day of the month from 1, and hour) and the micros of every cell. */
export function eachCell(
  cells: string,
  visit: (stamp: number, micros: number) => void,
  digits: 2 | 4 = 2,
): void {
  let from = 0;
  while (from < cells.length) {
    const comma = cells.indexOf(',', from);
    const to = comma < 0 ? cells.length : comma;
    visit(Number(cells.slice(from, from + digits)), Number(cells.slice(from + digits, to)));
    from = to + 1;
  }
}

/** First and last day of each month's part of the span, and the month's first day. */
function* monthsOf({ start, end }: { readonly start: Day; readonly end: Day }) {
  for (let month = startOfMonth(start); month <= end; month = addMonths(month, 1)) {
    const next = addMonths(month, 1);
    yield [month < start ? start : month, next > end ? end : `${month.slice(0, 8)}31`, month] as const;
  }
}
