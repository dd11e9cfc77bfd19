/** SQL that turns text rows into typed charges, tells bad rows, and adds the good ones up. */
import { BASES, BASIS_COLUMN, type Basis } from '../../core/dimension.ts';
import { FOCUS_COLUMNS } from '../../core/settings.ts';
import { identifier } from './duck.ts';
import type { ReadColumn } from './focus-columns.ts';
import type { ReadableFile } from './read-sql.ts';

/** Text columns that charges are grouped by as they stand in the file. */
export const GROUP_COLUMNS: readonly ReadColumn[] = [
  'ServiceProviderName',
  ...FOCUS_COLUMNS.filter((column) => column !== 'ChargeCategory'),
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'Tags',
];

/** Cost columns that the file has. */
export function presentBases(file: ReadableFile): Basis[] {
  return BASES.filter((basis) =>
    [...file.map.positions.keys()].some((column) => column === BASIS_COLUMN[basis]),
  );
}

/** Rows with typed values beside the texts. */
export function typedSql(rows: string): string {
  const costs = BASES.map((basis) => {
    const column = identifier(BASIS_COLUMN[basis]);
    return `pw_high(${column}) AS ${basis}_high, pw_low(${column}) AS ${basis}_low`;
  });
  return `SELECT *, pw_time("ChargePeriodStart") AS start_at, pw_time("ChargePeriodEnd") AS end_at,
    pw_currency("BillingCurrency") AS currency, pw_category("ChargeCategory") AS category, ${costs.join(', ')}
    FROM (${rows})`;
}

/** A cost cell that holds something, but no amount. */
export function badCost(file: ReadableFile, basis: Basis): string {
  const column = identifier(BASIS_COLUMN[basis]);
  const unclear = file.commaUnclear ? ` OR contains(${column}, ',')` : '';
  return `(trim(coalesce(${column}, '')) <> '' AND (${basis}_high IS NULL${unclear}))`;
}

export function noCost(file: ReadableFile): string {
  return presentBases(file)
    .map((basis) => `trim(coalesce(${identifier(BASIS_COLUMN[basis])}, '')) = ''`)
    .join(' AND ');
}

/**
 * Adds the good rows up into the table `scan`. Bad rows are grouped apart and deleted: a WHERE would be pushed
 * below the typed columns and compute all of them twice.
 */
export function scanSql(file: ReadableFile): string[] {
  const present = presentBases(file);
  const bad = [
    'start_at IS NULL',
    'currency IS NULL',
    'category IS NULL',
    `(${noCost(file)})`,
    ...present.map((basis) => badCost(file, basis)),
  ].join(' OR ');
  const sums = BASES.flatMap((basis) =>
    present.includes(basis)
      ? [
          `coalesce(sum(${basis}_high), 0::DECIMAL(38,18)) AS ${basis}_high`,
          `coalesce(sum(${basis}_low), 0::DECIMAL(38,18)) AS ${basis}_low`,
          `count(*) FILTER (WHERE ${basis}_high IS NULL) AS ${basis}_empty`,
        ]
      : [
          `NULL::DECIMAL(38,18) AS ${basis}_high`,
          `NULL::DECIMAL(38,18) AS ${basis}_low`,
          `0 AS ${basis}_empty`,
        ],
  );
  return [
    `CREATE TABLE scan AS SELECT coalesce(${bad}, true) AS bad, CAST(start_at AS DATE) AS day, currency, category,
    ${GROUP_COLUMNS.map(identifier).join(', ')}, count(*) AS n, ${sums.join(', ')},
    count(*) FILTER (WHERE end_at <= start_at) AS ends_early,
    count(*) FILTER (WHERE pw_ambiguous("ChargePeriodStart")) AS ambiguous,
    count(*) FILTER (WHERE category = 'Usage' AND (billed_high < 0 OR effective_high < 0)) AS negative_usage,
    max(end_at) FILTER (WHERE end_at > start_at AND end_at - start_at <= INTERVAL 1 DAY) AS short_end
    FROM (${typedSql(file.select)}) GROUP BY ALL`,
    'DELETE FROM scan WHERE bad',
  ];
}

/** Adds what `scan` holds to the table `charges`, with names tidied; `fileNo` is the file's number. */
export function chargesSql(fileNo: number): string {
  const tidy = GROUP_COLUMNS.filter((column) => !SPECIAL.has(column)).map(
    (column) => `pw_text(${identifier(column)}) AS ${identifier(column)}`,
  );
  const sums = BASES.flatMap((basis) => [
    `sum(${basis}_high) AS ${basis}_high`,
    `sum(${basis}_low) AS ${basis}_low`,
  ]);
  return `SELECT ${fileNo} AS file_no, day, currency, category AS "ChargeCategory",
    coalesce(pw_text("ServiceProviderName"), pw_text("ProviderName"), pw_text("PublisherName"), pw_text("InvoiceIssuerName"), '${NO_PROVIDER}') AS "ProviderName",
    coalesce(pw_text("BillingAccountId"), '${NO_ACCOUNT}') AS "BillingAccountId",
    coalesce(pw_text("ServiceName"), '${NO_SERVICE}') AS "ServiceName",
    pw_frequency("ChargeFrequency") AS "ChargeFrequency",
    coalesce(CAST(pw_time("BillingPeriodStart") AS DATE), CAST(date_trunc('month', day) AS DATE)) AS period,
    "Tags", ${tidy.join(', ')}, CAST(sum(n) AS BIGINT) AS n, ${sums.join(', ')}
    FROM scan GROUP BY ALL`;
}

/** Names that stand where the bill names nothing. */
export const NO_PROVIDER = '(no provider)';
export const NO_ACCOUNT = '(no account)';
export const NO_SERVICE = '(no service)';

const SPECIAL = new Set<ReadColumn>([
  'ServiceProviderName',
  'ProviderName',
  'BillingAccountId',
  'ServiceName',
  'ChargeFrequency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'Tags',
]);
