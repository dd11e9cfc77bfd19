/** What was exported since the last poll: rows come late, for days that were polled long ago. */
import * as z from 'zod';
import { addDays, type Day, dayToMs, msToDay } from '../../core/day.ts';
import type { FetchRequest } from '../types.ts';
import type { ExportTable } from './export-table.ts';
import type { Queries } from './queries.ts';
import { day, needed } from './row.ts';
import { moment, quoted, type Statement, since } from './statement.ts';

export interface News {
  /** When the newest row was exported, microseconds since the epoch; undefined: no rows at all. */
  readonly newest: bigint | undefined;
  /** Days outside the window with rows that were exported since the last poll, ascending. */
  readonly lateDays: readonly Day[];
}

/** Loads of one export may overtake one another by some hours. */
const OVERLAP = 6n * 3_600_000_000n;
const OLDEST_DAYS = 400;

const Cursor = z.object({ table: z.string(), exported: z.string().regex(/^\d{1,18}$/) });

/** Asks for the days that got rows. A table without export times has no news but its newest rows. */
export async function readNews(
  table: ExportTable,
  queries: Queries,
  request: FetchRequest,
): Promise<News | undefined> {
  if (table.exportTime === undefined) return undefined;
  const before = readCursor(request.cursor, table);
  const after = before === undefined ? microsOf(addDays(request.window.start, -1)) : before - OVERLAP;
  let newest = before;
  const late = new Set<Day>();
  for await (const rows of queries.rows(newsQuery(table, after, request.today), 'what was exported lately')) {
    for (const row of rows) {
      const exported = BigInt(needed(row, 'exported', /^\d{1,18}$/));
      if (newest === undefined || exported > newest) newest = exported;
      const used = day(row, 'usage_day');
      const outside = used < request.window.start || used > request.window.end;
      if (before !== undefined && outside && used <= request.today) late.add(used);
    }
  }
  return { newest, lateDays: [...late].sort() };
}

/** Text to be given back at the next poll. */
export function writeCursor(table: ExportTable, news: News | undefined): string | undefined {
  if (news?.newest === undefined) return undefined;
  return JSON.stringify({ table: table.name, exported: news.newest.toString() } satisfies z.infer<
    typeof Cursor
  >);
}

/** The UTC day of a time in microseconds. */
export function dayOfMicros(micros: bigint): Day {
  return msToDay(Number(micros / 1000n));
}

function newsQuery(table: ExportTable, after: bigint, today: Day): Statement {
  const used = table.kind === 'focus' ? 'ChargePeriodStart' : 'usage_start_time';
  const loaded = since(table, addDays(dayOfMicros(after), -1));
  const exported = table.exportTime ?? '';
  const conditions = [
    ...(loaded ? [loaded.sql] : []),
    `${exported} > @exported_after`,
    `${used} >= @used_from`,
  ];
  return {
    sql: `SELECT CAST(DATE(${used}) AS STRING) AS usage_day, CAST(UNIX_MICROS(MAX(${exported})) AS STRING) AS exported
FROM ${quoted(table)}
WHERE ${conditions.join(' AND ')}
GROUP BY usage_day`,
    parameters: [
      ...(loaded?.parameters ?? []),
      { name: 'exported_after', type: 'TIMESTAMP', value: timeOf(after) },
      moment(table, used, 'used_from', addDays(today, -OLDEST_DAYS)),
    ],
  };
}

/** A cursor of another table (the settings changed) tells nothing about this one. */
function readCursor(cursor: string | undefined, table: ExportTable): bigint | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed = Cursor.safeParse(JSON.parse(cursor));
    return parsed.success && parsed.data.table === table.name ? BigInt(parsed.data.exported) : undefined;
  } catch {
    return undefined;
  }
}

function microsOf(start: Day): bigint {
  return BigInt(dayToMs(start)) * 1000n;
}

/** "2026-11-20T06:00:00.123456Z" */
function timeOf(micros: bigint): string {
  const whole = new Date(Number(micros / 1000n)).toISOString().slice(0, -1);
  return `${whole}${(micros % 1000n).toString().padStart(3, '0')}Z`;
}
