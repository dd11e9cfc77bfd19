/** The batches of a window, and of older days that rows came late for. */
import { addDays, type Day, daysBetween } from '../../core/day.ts';
import type { Charge, ChargeBatch, FetchRequest } from '../types.ts';
import { connect } from './connect.ts';
import { type ExportTable, readTable } from './export-table.ts';
import { focusQuery } from './focus-query.ts';
import { focusCharges } from './map-focus.ts';
import { usageCharges } from './map-usage.ts';
import { dayOfMicros, type News, readNews, writeCursor } from './news.ts';
import { createQueries, type Queries } from './queries.ts';
import type { BigQuerySettings } from './settings.ts';
import type { Days, Statement } from './statement.ts';
import { monthsOf, stretchesOf } from './stretches.ts';
import { usageQuery } from './usage-query.ts';

/** Newest month first; the cursor comes with the last batch, so that nothing is skipped when one of them fails. */
export async function* fetchCharges(
  settings: BigQuerySettings,
  request: FetchRequest,
): AsyncGenerator<ChargeBatch, void, undefined> {
  const google = await connect(settings, request);
  const table = await readTable(settings, google);
  const queries = createQueries({ google, settings, location: table.location, access: request });
  const news = request.newest ? await readNews(table, queries, request) : undefined;
  const stretches = [...monthsOf(request.window), ...stretchesOf(news?.lateDays ?? [], request.window)];
  const completeThrough = completeness(news, request);
  const warnings = warningsOf(table, news, request);
  const cursor = writeCursor(table, news);
  for (const [index, days] of stretches.entries())
    yield {
      ...batch({ settings, table, queries, days }),
      ...(completeThrough !== undefined && { completeThrough }),
      ...(index === 0 && warnings.length > 0 && { warnings }),
      ...(index === stretches.length - 1 && cursor !== undefined && { cursor }),
    };
}

/** The query for the charges of these days, by the kind of the export. */
export function chargesQuery(table: ExportTable, settings: BigQuerySettings, days: Days): Statement {
  return table.kind === 'focus' ? focusQuery(table, settings, days) : usageQuery(table, settings, days);
}

interface Asked {
  readonly settings: BigQuerySettings;
  readonly table: ExportTable;
  readonly queries: Queries;
  readonly days: Days;
}

function batch({ settings, table, queries, days }: Asked): ChargeBatch {
  const kept = new Set(settings.labels);
  const what = days.start === days.end ? days.start : `${days.start} to ${days.end}`;
  let found = 0;
  async function* charges(): AsyncGenerator<readonly Charge[], void, undefined> {
    for await (const rows of queries.rows(chargesQuery(table, settings, days), what)) {
      found += rows.length;
      yield rows.flatMap((row) =>
        table.kind === 'focus' ? focusCharges(row, kept) : usageCharges(row, kept),
      );
    }
  }
  return {
    kind: 'charges',
    days,
    charges: charges(),
    lateWarnings: () =>
      found > 0
        ? []
        : [
            `The export has no rows for ${what}. Exports start when they are switched on: the cost of days before is unknown, not zero.`,
          ],
  };
}

/**
 * Through which day the bill is complete. The lag counts from the newest export, not from today: when exports stand
 * still, days stay open. Undefined: the lag decides.
 */
function completeness(
  news: News | undefined,
  { window, today, completeThrough }: FetchRequest,
): Day | undefined {
  if (news === undefined) return undefined;
  if (news.newest === undefined) return addDays(window.start, -1);
  const through = addDays(dayOfMicros(news.newest), -daysBetween(completeThrough, today));
  return through < completeThrough ? through : completeThrough;
}

function warningsOf(table: ExportTable, news: News | undefined, request: FetchRequest): string[] {
  const warnings: string[] = [];
  if (request.newest && table.partition === undefined)
    warnings.push(`${table.name} is not partitioned by load time: every query reads all of its days.`);
  if (request.newest && table.exportTime === undefined)
    warnings.push(`${table.name} has no export_time: rows that come late for older days are not noticed.`);
  if (news && news.newest === undefined)
    warnings.push(`Nothing was exported to ${table.name} since ${addDays(request.window.start, -1)}.`);
  const last = news?.newest === undefined ? undefined : dayOfMicros(news.newest);
  if (last !== undefined && last < request.completeThrough)
    warnings.push(`The newest row in ${table.name} was exported on ${last}: the days since are not known.`);
  return warnings;
}
