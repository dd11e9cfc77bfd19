/** Rounds the planned bills and hands them out as chunks of JSON for the store. */
import { BASES } from '../../core/dimension.ts';
import { FACTS_PER_CHUNK, type RowPlan, type StagedRows } from '../types.ts';
import { APPORTION_SQL } from './apportion-sql.ts';
import type { Duck } from './duck.ts';
import { identifier, literal } from './duck.ts';
import { KEY_COLUMNS } from './facts-sql.ts';

/** Makes the tables `chosen` and `rounded` for a plan and reads them. May be called again with another plan. */
export async function stagedRows(duck: Duck, plan: RowPlan, fileCount: number): Promise<StagedRows> {
  for (const table of ['plan', 'targets', 'chosen', 'by_group', 'by_bill', 'rounded'])
    await duck.run(`DROP TABLE IF EXISTS ${table}`);
  await duck.run('CREATE TABLE plan (bill_no INTEGER, bill_id BIGINT)');
  await insert(
    duck,
    'plan',
    plan.bills.map(({ index, billId }) => `(${index}, ${billId})`),
  );
  await duck.run(
    `CREATE TABLE targets (day DATE, currency VARCHAR, ${BASES.map((basis) => `${basis}_micro HUGEINT`).join(', ')})`,
  );
  await insert(
    duck,
    'targets',
    plan.targets.map(
      ({ day, currency, micros }) =>
        `(${literal(day)}, ${literal(currency)}, ${BASES.map((basis) => micros[basis] ?? 'NULL').join(', ')})`,
    ),
  );
  const resource = `CASE WHEN day >= DATE ${literal(plan.resourcesFrom)} THEN resource_id ELSE 0 END`;
  await duck.run(`CREATE TABLE chosen AS
    WITH collapsed AS (
      SELECT bill_no, day, currency, focus_id, tag_id, ${resource} AS resource_id, sum(n)::BIGINT AS n,
        ${BASES.map((basis) => `sum(${basis}_high) AS ${basis}_high, sum(${basis}_low) AS ${basis}_low`).join(', ')}
      FROM facts JOIN plan USING (bill_no) GROUP BY ALL),
    groups AS (
      SELECT focus_id, dense_rank() OVER (ORDER BY "ProviderName", "ServiceName", "ChargeCategory") AS group_no FROM focus_keys)
    SELECT c.* EXCLUDE (${BASES.map((basis) => `${basis}_high, ${basis}_low`).join(', ')}), group_no,
      row_number() OVER (ORDER BY day, currency, bill_no, focus_id, tag_id, resource_id) AS fact_no,
      ${BASES.map((basis) => `CAST(replace(${basis}_high::VARCHAR, '.', '') AS HUGEINT) + CAST(floor(${basis}_low) AS HUGEINT) AS ${basis}_atto`).join(', ')}
    FROM collapsed c JOIN groups USING (focus_id)`);
  for (const statement of APPORTION_SQL) await duck.run(statement);
  const [counted] = await duck.rows('SELECT count(*) FROM chosen');
  const perFile = await duck.rows(
    `SELECT file_no, count(*) FROM (SELECT DISTINCT file_no, bill_no, day, currency, focus_id, tag_id, ${resource} AS resource_id
     FROM keyed JOIN plan USING (bill_no)) GROUP BY file_no`,
  );
  const used = (column: string) => `${column} IN (SELECT ${column} FROM chosen)`;
  return {
    focusKeys: chunks(
      duck,
      `SELECT json_array(focus_id, ${KEY_COLUMNS.map(identifier).join(', ')}) AS row FROM focus_keys WHERE ${used('focus_id')}`,
    ),
    tagSets: chunks(duck, `SELECT json_array(tag_id, tags) AS row FROM tag_sets WHERE ${used('tag_id')}`),
    resources: chunks(
      duck,
      `SELECT json_array(resource_id, "ResourceId", "ResourceName", "ResourceType") AS row FROM resources WHERE ${used('resource_id')}`,
    ),
    facts: chunks(
      duck,
      `SELECT json_array(p.bill_id, c.day::VARCHAR, c.focus_id, c.tag_id, c.resource_id, c.currency, c.n,
         ${AMOUNTS.map((basis) => `r.${basis}_micro`).join(', ')}, ${AMOUNTS.map(residue).join(', ')}) AS row
       FROM chosen c JOIN rounded r USING (fact_no) JOIN plan p ON p.bill_no = c.bill_no`,
    ),
    factCount: Number(counted?.[0] ?? 0),
    factsPerFile: Array.from({ length: fileCount }, (_, no) =>
      Number(perFile.find(([file]) => file === no)?.[1] ?? 0),
    ),
  };
}

/** Order of a fact's amounts. */
const AMOUNTS = ['billed', 'effective', 'list', 'contracted'] as const;

/** What rounding to micros left over, in 10^-18. */
function residue(basis: (typeof AMOUNTS)[number]): string {
  return `CAST(c.${basis}_atto - r.${basis}_micro::HUGEINT * 1000000000000::HUGEINT AS BIGINT)`;
}

async function insert(duck: Duck, table: string, tuples: readonly string[]): Promise<void> {
  for (let start = 0; start < tuples.length; start += 1_000)
    await duck.run(`INSERT INTO ${table} VALUES ${tuples.slice(start, start + 1_000).join(', ')}`);
}

/** Each chunk is one JSON array of arrays; a chunk is made when it is asked for. */
async function* chunks(duck: Duck, select: string): AsyncGenerator<string> {
  const result = await duck.connection.stream(
    `SELECT '[' || string_agg(row::VARCHAR, ',') || ']' FROM (SELECT row, (row_number() OVER () - 1) // ${FACTS_PER_CHUNK} AS chunk FROM (${select})) GROUP BY chunk ORDER BY chunk`,
  );
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    for (const [json] of chunk.getRows()) yield String(json);
}
