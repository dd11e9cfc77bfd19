/** SQL that adds the rows of one file up, by its own names, and keeps each distinct set of names once. */
import { BASES, type Basis } from '../../core/dimension.ts';
import { FOCUS_COLUMNS, RESOURCE_COLUMNS } from '../../core/settings.ts';
import { identifier } from './duck.ts';
import type { ReadColumn } from './focus-columns.ts';
import { type ReadableFile, typedName } from './read-sql.ts';
import { ambiguousSql, badRow, onlySmall, presentBases, typedSql } from './typed-sql.ts';

/** Columns that name a charge, as they stand in the file; resource and tags are apart. */
export const NAME_COLUMNS: readonly ReadColumn[] = [
  'ServiceProviderName',
  ...FOCUS_COLUMNS.filter((column) => !RESOURCE_COLUMNS.some((resource) => resource === column)),
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
];

const NAMES = NAME_COLUMNS.map(identifier).join(', ');
const RESOURCE = RESOURCE_COLUMNS.map(identifier).join(', ');

/**
 * Leaves the table `scan`: rows added up per day, names, resource and tags, which `name_no` and `resource_no` stand
 * for. Bad rows are grouped apart: a WHERE would be pushed below the typed columns and compute all of them twice.
 */
export function scanSql(file: ReadableFile): string {
  const sums = BASES.map((basis) => sumSql(file, basis));
  const groups = NAME_COLUMNS.map((column) => {
    const day = file.typed.has(column) ? `CAST(${typedName(column)} AS DATE)` : identifier(column);
    return `${day} AS ${identifier(column)}`;
  });
  const names = NAME_COLUMNS.map((column) =>
    file.typed.has(column) ? `CAST(${identifier(column)} AS VARCHAR) AS ${identifier(column)}` : undefined,
  ).filter((name) => name !== undefined);
  const texts = names.length > 0 ? `* REPLACE (${names.join(', ')})` : '*';
  return `CREATE TABLE scan AS SELECT *, hash(${NAMES}) AS name_no, hash(${RESOURCE}) AS resource_no FROM (SELECT ${texts} FROM (
    SELECT coalesce(${badRow(file)}, true) AS bad, CAST(start_at AS DATE) AS day, ${groups.join(', ')}, ${RESOURCE}, "Tags",
      count(*) AS n, ${sums.join(', ')},
      count(CASE WHEN end_at <= start_at THEN 1 END) AS ends_early,
      count(CASE WHEN ${ambiguousSql(file)} THEN 1 END) AS ambiguous,
      count(CASE WHEN billed_small < 0 OR effective_small < 0 OR billed_high < 0 OR effective_high < 0 THEN 1 END) AS negative,
      max(CASE WHEN epoch_us(end_at) - epoch_us(start_at) BETWEEN 1 AND 86400000000 THEN end_at END) AS short_end
    FROM (${typedSql(file, file.select)}) GROUP BY ALL))`;
}

function sumSql(file: ReadableFile, basis: Basis): string {
  if (!presentBases(file).includes(basis))
    return `NULL::DECIMAL(38,18) AS ${basis}_high, NULL::DECIMAL(38,18) AS ${basis}_low, 0 AS ${basis}_empty`;
  const small = `CAST(coalesce(sum(${basis}_small), 0) AS DECIMAL(38,18))`;
  if (onlySmall(file, basis))
    return `${small} AS ${basis}_high, 0::DECIMAL(38,18) AS ${basis}_low, count(*) - count(${basis}_small) AS ${basis}_empty`;
  return `${small} + coalesce(sum(${basis}_high), 0::DECIMAL(38,18)) AS ${basis}_high,
    coalesce(sum(${basis}_low), 0::DECIMAL(38,18)) AS ${basis}_low, count(*) - count(${basis}_small) - count(${basis}_high) AS ${basis}_empty`;
}

/** Makes `names` of `scan`: each distinct set of names with what it means. Charges without currency or category go. */
export const NAMES_SQL: readonly string[] = [
  'DELETE FROM scan WHERE bad',
  `CREATE TABLE names AS SELECT *, pw_currency("BillingCurrency") AS currency, pw_category("ChargeCategory") AS category,
     coalesce(pw_text("ServiceProviderName"), pw_text("ProviderName"), pw_text("PublisherName"), pw_text("InvoiceIssuerName")) AS provider,
     pw_text("BillingAccountId") AS account, pw_text("ServiceName") AS service,
     CAST(pw_time("BillingPeriodStart") AS DATE) AS period_start, CAST(pw_time("BillingPeriodEnd") AS DATE) AS period_end
   FROM (SELECT DISTINCT name_no, ${NAMES} FROM scan)`,
  'DELETE FROM scan WHERE name_no IN (SELECT name_no FROM names WHERE currency IS NULL OR category IS NULL)',
  'DELETE FROM names WHERE currency IS NULL OR category IS NULL',
];

const SUMS = BASES.map((basis) => `${basis}_high, ${basis}_low`).join(', ');

/** What `scan` and `names` add to the tables of all files; `fileNo` is the file's number. */
export function chargesSql(fileNo: number): ReadonlyMap<'charges' | 'all_names' | 'all_resources', string> {
  const tidy = RESOURCE_COLUMNS.map((column) => `pw_text(${identifier(column)}) AS ${identifier(column)}`);
  return new Map([
    [
      'charges',
      `SELECT ${fileNo} AS file_no, day, name_no, resource_no, nullif(nullif("Tags", ''), 'NULL') AS "Tags", n, ${SUMS} FROM scan`,
    ],
    ['all_names', 'SELECT * FROM names'],
    [
      'all_resources',
      `SELECT resource_no, ${tidy.join(', ')} FROM (SELECT DISTINCT resource_no, ${RESOURCE} FROM scan)`,
    ],
  ]);
}

/** Names that stand where the bill names nothing. */
export const NO_PROVIDER = '(no provider)';
export const NO_ACCOUNT = '(no account)';
export const NO_SERVICE = '(no service)';
