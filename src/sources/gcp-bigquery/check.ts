/** Whether polling would work: the table is there and a query of one day may run. Free of charge. */
import { addDays, msToDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Access, SourceCheck } from '../types.ts';
import { connect } from './connect.ts';
import { readTable } from './export-table.ts';
import { chargesQuery } from './fetch.ts';
import { createQueries } from './queries.ts';
import type { BigQuerySettings } from './settings.ts';
import { priceWords, sizeWords } from './size.ts';

export async function checkAccess(settings: BigQuerySettings, access: Access): Promise<SourceCheck[]> {
  const checks: SourceCheck[] = [];
  try {
    const google = await connect(settings, access);
    const table = await readTable(settings, google);
    checks.push({
      ok: true,
      said: `${table.name} is a ${table.kind} export${table.location ? ` in ${table.location}` : ''}.`,
    });
    const queries = createQueries({ google, settings, location: table.location, access });
    const day = addDays(msToDay(access.now()), -3);
    const bytes = await queries.bytes(chargesQuery(table, settings, { start: day, end: day }));
    const fits = bytes <= settings.maximumBytesBilled;
    checks.push({
      ok: fits,
      said: `A query for the days since ${day} would read ${sizeWords(bytes)} (${priceWords(bytes)} on demand; at most ${sizeWords(settings.maximumBytesBilled)} are allowed).`,
      ...(!fits && { hint: 'Raise maximumBytesBilled of this source in pennywatch.yaml.' }),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    checks.push({ ok: false, said: error.message, ...(error.hint !== undefined && { hint: error.hint }) });
  }
  return checks;
}
