/** Names the rows that break the specification: which line, which column, what was found. */

import { BASIS_COLUMN, CHARGE_CATEGORIES } from '../../core/dimension.ts';
import { AppError } from '../../core/errors.ts';
import { MAX_QUARANTINED, type QuarantinedLine } from '../types.ts';
import type { Duck } from './duck.ts';
import { identifier, literal } from './duck.ts';
import { LARGEST_COST } from './normalise-sql.ts';
import type { OpenedFile } from './open-file.ts';
import type { ReadableFile } from './read-sql.ts';
import { badCost, noCost, presentBases, typedSql } from './typed-sql.ts';

export interface Quarantine {
  readonly count: number;
  readonly lines: readonly QuarantinedLine[];
}

/**
 * Everything of a file that was not added up, in file order. `good` is how many rows were. Throws INVALID when
 * more than half the rows are bad, or when DuckDB and the line scanner disagree on what the file holds.
 */
export async function quarantine(
  duck: Duck,
  path: string,
  file: OpenedFile,
  readable: ReadableFile,
  good: number,
): Promise<Quarantine> {
  const broken = file.kind === 'csv' ? file.scan.malformed : [];
  const found = good === readable.rows ? [] : await badRows(duck, readable);
  const bad = Number(found[0]?.[2] ?? 0);
  if (good + bad !== readable.rows)
    throw new AppError(
      'INVALID',
      `${path} cannot be read reliably: ${readable.rows} rows were expected, ${good + bad} were read.`,
      {
        hint: 'Its quoting is unusual. Export it again, or save it as Parquet.',
      },
    );
  const lineOf = file.kind === 'csv' ? file.scan.lineOf : (index: number) => index + 1;
  const lines = [
    ...found.map(([row, reason]) => ({ line: lineOf(Number(row) - 1), reason: String(reason) })),
    ...broken.slice(0, MAX_QUARANTINED).map(({ line, reason }) => ({ line, reason: `the row ${reason}` })),
  ];
  lines.sort((a, b) => a.line - b.line);
  const count = bad + broken.length;
  const total = readable.rows + broken.length;
  if (count * 2 > total)
    throw new AppError(
      'INVALID',
      `${path} is refused: ${count} of ${total} rows break the FOCUS specification. Line ${lines[0]?.line}: ${lines[0]?.reason}.`,
      {
        hint: 'Nothing was imported. Check that this is the right file, and how it was exported.',
      },
    );
  return { count, lines: lines.slice(0, MAX_QUARANTINED) };
}

async function badRows(duck: Duck, readable: ReadableFile): Promise<unknown[][]> {
  return duck.rows(
    `SELECT row_no, reason, count(*) OVER () FROM (SELECT row_no, ${reasonSql(readable)} AS reason FROM (
       SELECT *, pw_currency("BillingCurrency") AS currency, pw_category("ChargeCategory") AS category FROM (${typedSql(readable, readable.numbered)})))
     WHERE reason <> '' ORDER BY row_no LIMIT ${MAX_QUARANTINED}`,
  );
}

function reasonSql(readable: ReadableFile): string {
  const present = presentBases(readable);
  const costs = present.map((basis) => {
    const column = BASIS_COLUMN[basis];
    const why = `CASE WHEN pw_clean(${identifier(column)}) IS NULL THEN ' is not a number' ELSE ' is larger than ${LARGEST_COST}' END`;
    return `CASE WHEN ${badCost(readable, basis)} THEN ${quoted(column)} || ${readable.commaUnclear ? `CASE WHEN contains(${identifier(column)}, ',') THEN ' has a comma: write 1234.5' ELSE ${why} END` : why} END`;
  });
  const allEmpty = `${present.length === 1 ? '' : 'all cost columns are empty: '}${present.map((basis) => BASIS_COLUMN[basis]).join(', ')}${present.length === 1 ? ' is empty' : ''}`;
  const reasons = [
    `CASE WHEN "ChargePeriodStart" IS NULL THEN 'ChargePeriodStart is empty' WHEN start_at IS NULL THEN ${quoted('ChargePeriodStart')} || ' is not a date' END`,
    `CASE WHEN currency IS NULL THEN 'BillingCurrency is empty' END`,
    `CASE WHEN pw_text("ChargeCategory") IS NULL THEN 'ChargeCategory is empty' WHEN category IS NULL THEN ${quoted('ChargeCategory')} || ' is none of ${CHARGE_CATEGORIES.join(', ')}' END`,
    ...costs,
    `CASE WHEN ${noCost(readable)} THEN ${literal(allEmpty)} END`,
  ];
  return `concat_ws('; ', ${reasons.join(', ')})`;
}

function quoted(column: string): string {
  const name = identifier(column);
  return `'${column} "' || CASE WHEN length(${name}) > 60 THEN ${name}[1:60] || '…' ELSE ${name} END || '"'`;
}
