/** SQL that turns the added-up charges of all files into facts and their dictionaries. */
import { BASES } from '../../core/dimension.ts';
import { FOCUS_COLUMNS, RESOURCE_COLUMNS } from '../../core/settings.ts';
import { identifier } from './duck.ts';

/** Columns of a focus key, in the order of the store's table. */
export const KEY_COLUMNS = FOCUS_COLUMNS.filter(
  (column) => !RESOURCE_COLUMNS.some((resource) => resource === column),
);

const SUMS = BASES.flatMap((basis) => [
  `sum(${basis}_high) AS ${basis}_high`,
  `sum(${basis}_low) AS ${basis}_low`,
]).join(', ');

const resource = `[${RESOURCE_COLUMNS.map(identifier).join(', ')}]`;

/**
 * Needs the tables `charges` and `tag_texts`; leaves `focus_keys`, `tag_sets`, `resources`, `bills`, `keyed`
 * (facts per file) and `facts`. Ids are 63 bits of the MD5 of the content as JSON.
 */
export function factsSql(keepDescription: boolean): string[] {
  const keyColumns = KEY_COLUMNS.map((column) =>
    column === 'ChargeDescription' && !keepDescription
      ? 'NULL::VARCHAR AS "ChargeDescription"'
      : identifier(column),
  );
  const key = `[${KEY_COLUMNS.map(identifier).join(', ')}]`;
  return [
    `CREATE TABLE wide AS SELECT *, pw_id(to_json(${key})::VARCHAR) AS focus_id,
       CASE WHEN ${RESOURCE_COLUMNS.map((column) => `${identifier(column)} IS NULL`).join(' AND ')} THEN 0 ELSE pw_id(to_json(${resource})::VARCHAR) END AS resource_id
     FROM (SELECT ${keyColumns.join(', ')}, ${RESOURCE_COLUMNS.map(identifier).join(', ')}, file_no, day, currency, period,
       "Tags", n, ${BASES.map((basis) => `${basis}_high, ${basis}_low`).join(', ')} FROM charges)`,
    'DROP TABLE charges',
    `CREATE TABLE focus_keys AS SELECT DISTINCT focus_id, ${KEY_COLUMNS.map(identifier).join(', ')} FROM wide`,
    `CREATE TABLE resources AS SELECT DISTINCT resource_id, ${RESOURCE_COLUMNS.map(identifier).join(', ')} FROM wide WHERE resource_id <> 0`,
    'CREATE TABLE tag_sets AS SELECT DISTINCT pw_id(tag_json) AS tag_id, tag_json AS tags FROM tag_texts',
    `CREATE TABLE bills AS SELECT CAST(row_number() OVER (ORDER BY account, period) - 1 AS INTEGER) AS bill_no, account, period
     FROM (SELECT DISTINCT "BillingAccountId" AS account, period FROM wide)`,
    `CREATE TABLE keyed AS SELECT w.file_no, b.bill_no, w.day, w.currency, w.focus_id, pw_id(t.tag_json) AS tag_id, w.resource_id,
       sum(w.n) AS n, ${SUMS}
     FROM wide w JOIN bills b ON b.account = w."BillingAccountId" AND b.period = w.period
     JOIN tag_texts t ON t.raw IS NOT DISTINCT FROM w."Tags" GROUP BY ALL`,
    'DROP TABLE wide',
    `CREATE TABLE facts AS SELECT bill_no, day, currency, focus_id, tag_id, resource_id, CAST(sum(n) AS BIGINT) AS n, ${SUMS} FROM keyed GROUP BY ALL`,
  ];
}

/** A number per dictionary and id clash; all are 0 unless two contents share an id. */
export const CLASHES = `SELECT (SELECT count(*) - count(DISTINCT focus_id) FROM focus_keys)
  + (SELECT count(*) - count(DISTINCT tag_id) FROM tag_sets) + (SELECT count(*) - count(DISTINCT resource_id) FROM resources)`;

/** Micros of more than this do not fit into 64 bits, whatever the order they are added in. */
export const LARGEST_TOTAL = 9_000_000_000_000;

/** Currencies whose amounts, signs left out, come to more than that. */
export const TOO_LARGE = `SELECT currency FROM facts GROUP BY currency
  HAVING greatest(${BASES.map((basis) => `coalesce(sum(abs(${basis}_high)), 0)`).join(', ')}) > ${LARGEST_TOTAL} ORDER BY currency`;

/** One row per bill; the digest does not depend on the order of rows. */
export const BILLS = `SELECT b.bill_no, b.account, b.period::VARCHAR, min(f.day)::VARCHAR, max(f.day)::VARCHAR,
    format('{:x}-{:x}-{:x}', sum(md5_number_lower(line)), sum(md5_number_upper(line)), count(*))
  FROM (SELECT *, to_json([day::VARCHAR, currency, focus_id::VARCHAR, tag_id::VARCHAR, resource_id::VARCHAR, n::VARCHAR,
    ${BASES.map((basis) => `${basis}_high::VARCHAR, ${basis}_low::VARCHAR`).join(', ')}])::VARCHAR AS line FROM facts) f
  JOIN bills b USING (bill_no) GROUP BY ALL ORDER BY b.bill_no`;

/** One row per bill, day and currency with its exact sums. */
export const BILL_DAYS = `SELECT bill_no, day::VARCHAR, currency, sum(n)::BIGINT::VARCHAR,
    ${BASES.map((basis) => `sum(${basis}_high)::VARCHAR, sum(${basis}_low)::VARCHAR`).join(', ')}
  FROM facts GROUP BY bill_no, day, currency ORDER BY facts.bill_no, facts.day, facts.currency`;
