/** SQL that turns the added-up charges of all files into facts and their dictionaries. */
import { BASES } from '../../core/dimension.ts';
import { FOCUS_COLUMNS, type FocusColumn, RESOURCE_COLUMNS } from '../../core/settings.ts';
import { splitSql } from './apportion-sql.ts';
import { identifier } from './duck.ts';
import { NO_ACCOUNT, NO_PROVIDER, NO_SERVICE } from './scan-sql.ts';

/** Columns of a focus key, in the order of the store's table. */
export const KEY_COLUMNS = FOCUS_COLUMNS.filter(
  (column) => !RESOURCE_COLUMNS.some((resource) => resource === column),
);

const KEY = KEY_COLUMNS.map(identifier).join(', ');
const RESOURCE = RESOURCE_COLUMNS.map(identifier).join(', ');
const SUMS = BASES.flatMap((basis) => [
  `sum(${basis}_high) AS ${basis}_high`,
  `sum(${basis}_low) AS ${basis}_low`,
]).join(', ');

/**
 * Needs `charges`, `all_names`, `all_resources` and `tag_texts`; leaves `keys`, `focus_keys`, `tag_sets`, `resources`,
 * `bills` and `keyed` (facts per file). Ids are 63 bits of the MD5 of the content as JSON.
 */
export function factsSql(keepDescription: boolean): string[] {
  const tidied = KEY_COLUMNS.map((column) => `${tidy(column, keepDescription)} AS ${identifier(column)}`);
  const none = RESOURCE_COLUMNS.map((column) => `${identifier(column)} IS NULL`).join(' AND ');
  return [
    `CREATE TABLE keys AS SELECT *, pw_id(to_json([${KEY}])::VARCHAR) AS focus_id
     FROM (SELECT DISTINCT name_no, currency, period_start, ${tidied.join(', ')} FROM all_names)`,
    'DROP TABLE all_names',
    `CREATE TABLE resource_keys AS SELECT *, CASE WHEN ${none} THEN 0 ELSE pw_id(to_json([${RESOURCE}])::VARCHAR) END AS resource_id
     FROM (SELECT DISTINCT * FROM all_resources)`,
    'DROP TABLE all_resources',
    `CREATE TABLE focus_keys AS SELECT DISTINCT focus_id, ${KEY} FROM keys`,
    `CREATE TABLE resources AS SELECT DISTINCT resource_id, ${RESOURCE} FROM resource_keys WHERE resource_id <> 0`,
    'CREATE TABLE tag_sets AS SELECT DISTINCT tag_id, tag_json AS tags FROM tag_texts',
    `CREATE TABLE bills AS SELECT CAST(row_number() OVER (ORDER BY account, period) - 1 AS INTEGER) AS bill_no, account, period
     FROM (SELECT DISTINCT "BillingAccountId" AS account, ${PERIOD} AS period FROM charges JOIN keys USING (name_no))`,
    `CREATE TABLE keyed AS SELECT c.file_no, b.bill_no, c.day, k.currency, k.focus_id, t.tag_id, r.resource_id,
       CAST(sum(c.n) AS BIGINT) AS n, ${SUMS}
     FROM charges c JOIN keys k USING (name_no) JOIN resource_keys r USING (resource_no)
     JOIN bills b ON b.account = k."BillingAccountId" AND b.period = ${PERIOD}
     JOIN tag_texts t ON t.raw IS NOT DISTINCT FROM c."Tags" GROUP BY ALL`,
    'DROP TABLE charges',
  ];
}

/** Makes `facts` of `keyed`: those of all files, their amounts split. To be called when nothing is TOO_LARGE. */
export function splitFactsSql(fileCount: number): string {
  const added = `(SELECT bill_no, day, currency, focus_id, tag_id, resource_id, CAST(sum(n) AS BIGINT) AS n, ${SUMS} FROM keyed GROUP BY ALL)`;
  return `CREATE TABLE facts AS ${splitSql(fileCount === 1 ? 'keyed' : added)}`;
}

const PERIOD = `coalesce(period_start, CAST(date_trunc('month', day) AS DATE))`;

function tidy(column: FocusColumn, keepDescription: boolean): string {
  switch (column) {
    case 'ChargeCategory':
      return 'category';
    case 'ProviderName':
      return `coalesce(provider, '${NO_PROVIDER}')`;
    case 'BillingAccountId':
      return `coalesce(account, '${NO_ACCOUNT}')`;
    case 'ServiceName':
      return `coalesce(service, '${NO_SERVICE}')`;
    case 'ChargeFrequency':
      return 'pw_frequency("ChargeFrequency")';
    case 'ChargeDescription':
      return keepDescription ? 'pw_text("ChargeDescription")' : 'NULL::VARCHAR';
    default:
      return `pw_text(${identifier(column)})`;
  }
}

/** How many different descriptions there are, as charges have them. */
export const DESCRIPTIONS = 'SELECT count(DISTINCT pw_text("ChargeDescription")) FROM all_names';

/** A number per dictionary and id clash; all are 0 unless two contents share an id. */
export const CLASHES = `SELECT (SELECT count(*) - count(DISTINCT focus_id) FROM focus_keys)
  + (SELECT count(*) - count(DISTINCT tag_id) FROM tag_sets) + (SELECT count(*) - count(DISTINCT resource_id) FROM resources)
  + (SELECT count(*) - count(DISTINCT name_no) FROM keys) + (SELECT count(*) - count(DISTINCT resource_no) FROM resource_keys)`;

/** Micros of more than this do not fit into 64 bits, whatever the order they are added in. */
export const LARGEST_TOTAL = 9_000_000_000_000;

/** Currencies whose amounts, signs left out, come to more than that. */
export const TOO_LARGE = `SELECT currency FROM keyed GROUP BY currency
  HAVING greatest(${BASES.map((basis) => `coalesce(sum(abs(${basis}_high)), 0)`).join(', ')}) > ${LARGEST_TOTAL} ORDER BY currency`;

/** One row per bill; the digest does not depend on the order of rows. */
export const BILLS = `SELECT b.bill_no, b.account, b.period::VARCHAR, min(f.day)::VARCHAR, max(f.day)::VARCHAR,
    format('{:x}-{:x}-{:x}', sum(md5_number_lower(line)), sum(md5_number_upper(line)), count(*))
  FROM (SELECT bill_no, day, concat_ws('|', day, focus_id, tag_id, resource_id, n, ${BASES.map(amountText).join(', ')}, currency) AS line FROM facts) f
  JOIN bills b USING (bill_no) GROUP BY ALL ORDER BY b.bill_no`;

/** An exact amount as a text for digests: micros, what is left in 10^-18, and finer decimals if there are any. */
function amountText(basis: (typeof BASES)[number]): string {
  return `concat(${basis}_floor, '/', ${basis}_rest, CASE WHEN ${basis}_low <> 0 THEN concat('/', ${basis}_low) END)`;
}

/** One row per bill, day and currency with its exact sums. */
export const BILL_DAYS = `SELECT bill_no, day::VARCHAR, currency, sum(n)::BIGINT::VARCHAR,
    ${BASES.map((basis) => `sum(${basis}_high)::VARCHAR, sum(${basis}_low)::VARCHAR`).join(', ')}
  FROM facts GROUP BY bill_no, day, currency ORDER BY facts.bill_no, facts.day, facts.currency`;
