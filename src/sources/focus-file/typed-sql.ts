/** SQL that turns a file's text rows into typed charges and tells the bad ones. */
import { BASES, BASIS_COLUMN, type Basis } from '../../core/dimension.ts';
import { identifier } from './duck.ts';
import { LARGEST_COST } from './normalise-sql.ts';
import { type ReadableFile, typedName } from './read-sql.ts';

/** Cost columns that the file has. */
export function presentBases(file: ReadableFile): Basis[] {
  return BASES.filter((basis) =>
    [...file.map.positions.keys()].some((column) => column === BASIS_COLUMN[basis]),
  );
}

/**
 * Rows with typed values beside the texts. An amount is `<basis>_small` where 64 bits hold it; all others are
 * `<basis>_high` and `<basis>_low`, which are NULL then.
 */
export function typedSql(file: ReadableFile, rows: string): string {
  const small = BASES.map((basis) => `${smallSql(file, basis)} AS ${basis}_small`);
  const large = BASES.map((basis) => `${largeSql(file, basis)}`);
  return `SELECT *, ${large.join(', ')} FROM (SELECT *, ${timeSql(file, 'ChargePeriodStart')} AS start_at,
    ${timeSql(file, 'ChargePeriodEnd')} AS end_at, ${small.join(', ')} FROM (${rows}))`;
}

function smallSql(file: ReadableFile, basis: Basis): string {
  const column = BASIS_COLUMN[basis];
  const type = file.typed.get(column);
  if (type === undefined) return `pw_small(${identifier(column)})`;
  return fitsSmall(type) ? typedName(column) : 'NULL::DECIMAL(18,12)';
}

function largeSql(file: ReadableFile, basis: Basis): string {
  const column = BASIS_COLUMN[basis];
  const [text, type, raw] = [identifier(column), file.typed.get(column), typedName(column)];
  const none = 'NULL::DECIMAL(38,18)';
  if (type !== undefined && fitsSmall(type)) return `${none} AS ${basis}_high, ${none} AS ${basis}_low`;
  if (type !== undefined)
    return `CASE WHEN ${raw} BETWEEN -${LARGEST_COST} AND ${LARGEST_COST} THEN CAST(${raw} AS DECIMAL(38,18)) END AS ${basis}_high, ${none} AS ${basis}_low`;
  return `CASE WHEN ${basis}_small IS NULL THEN pw_high(${text}) END AS ${basis}_high,
    CASE WHEN ${basis}_small IS NULL THEN pw_low(${text}) END AS ${basis}_low`;
}

/** All amounts of the column are small: there is no `<basis>_high` or `<basis>_low` to add up. */
export function onlySmall(file: ReadableFile, basis: Basis): boolean {
  return fitsSmall(file.typed.get(BASIS_COLUMN[basis]) ?? '');
}

/** A decimal of at most 18 digits, 12 of them before the point. */
function fitsSmall(type: string): boolean {
  const [, digits, decimals] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  return Number(digits) <= 18 && Number(digits) - Number(decimals) <= 12;
}

function timeSql(file: ReadableFile, column: 'ChargePeriodStart' | 'ChargePeriodEnd'): string {
  const [type, raw] = [file.typed.get(column), typedName(column)];
  if (type === undefined) return `pw_time(${identifier(column)})`;
  const time =
    type === 'TIMESTAMP WITH TIME ZONE' ? `${raw} AT TIME ZONE 'UTC'` : `CAST(${raw} AS TIMESTAMP)`;
  return `CASE WHEN year(${time}) BETWEEN 1990 AND 2199 THEN ${time} END`;
}

/** The order of month and day in the row's start is a guess. */
export function ambiguousSql(file: ReadableFile): string {
  return file.typed.has('ChargePeriodStart') ? 'false' : 'pw_ambiguous("ChargePeriodStart")';
}

export function unknownCost(basis: Basis): string {
  return `(${basis}_small IS NULL AND ${basis}_high IS NULL)`;
}

/** A cost cell that holds something, but no amount. */
export function badCost(file: ReadableFile, basis: Basis): string {
  const column = BASIS_COLUMN[basis];
  const text = identifier(column);
  if (file.typed.has(column)) return `(${unknownCost(basis)} AND ${typedName(column)} IS NOT NULL)`;
  const doubtful = `${file.commaUnclear ? `contains(${text}, ',') OR ` : ''}${unknownCost(basis)}`;
  // A CASE looks at the texts of doubtful rows only, an AND at all of them.
  return `CASE WHEN ${doubtful} THEN trim(coalesce(${text}, '')) <> '' ELSE false END`;
}

/** Every cost cell is empty. */
export function noCost(file: ReadableFile): string {
  return presentBases(file)
    .map((basis) => `${unknownCost(basis)} AND NOT ${badCost(file, basis)}`)
    .join(' AND ');
}

/** The row cannot be added up, whatever its currency and category. */
export function badRow(file: ReadableFile): string {
  const present = presentBases(file);
  const nothing = present.map(unknownCost).join(' AND ');
  return ['start_at IS NULL', `(${nothing})`, ...present.map((basis) => badCost(file, basis))].join(' OR ');
}
