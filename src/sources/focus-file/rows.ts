/** Rounds the planned bills and hands them out as chunks of JSON for the store. */
import { BASES } from '../../core/dimension.ts';
import { FACTS_PER_CHUNK, type RowPlan, type StagedRows } from '../types.ts';
import { APPORTION_SQL, splitSums } from './apportion-sql.ts';
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
  const [old] = await duck.rows(
    `SELECT count(*) FROM facts WHERE day < DATE ${literal(plan.resourcesFrom)} AND resource_id <> 0`,
  );
  await duck.run(chosenSql(Number(old?.[0]) > 0 ? plan.resourcesFrom : undefined));
  for (const statement of APPORTION_SQL) await duck.run(statement);
  const [counted] = await duck.rows('SELECT count(*) FROM chosen');
  const factCount = Number(counted?.[0] ?? 0);
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
    facts: factChunks(duck, factCount),
    factCount,
    factsPerFile: await factsPerFile(duck, plan, fileCount, factCount),
  };
}

/** Facts of the planned bills, numbered; before `from` resources are merged. */
function chosenSql(from: string | undefined): string {
  const planned =
    from === undefined
      ? 'SELECT facts.* FROM facts JOIN plan USING (bill_no)'
      : `SELECT bill_no, day, currency, focus_id, tag_id, ${keptResource(from)} AS resource_id, sum(n)::BIGINT AS n, ${BASES.map(splitSums).join(', ')}
         FROM facts JOIN plan USING (bill_no) GROUP BY ALL`;
  return `CREATE TABLE chosen AS
    WITH planned AS (${planned}), groups AS (
      SELECT focus_id, dense_rank() OVER (ORDER BY "ProviderName", "ServiceName", "ChargeCategory") AS group_no FROM focus_keys)
    SELECT *, row_number() OVER () AS fact_no FROM (
      SELECT bill_no, day, currency, focus_id, tag_id, resource_id, n, group_no, ${BASES.map((basis) => `${basis}_floor, ${basis}_rest`).join(', ')}
      FROM planned JOIN groups USING (focus_id) ORDER BY day, currency, bill_no, focus_id, tag_id, resource_id)`;
}

function keptResource(from: string): string {
  return `CASE WHEN day >= DATE ${literal(from)} THEN resource_id ELSE 0 END`;
}

async function factsPerFile(
  duck: Duck,
  plan: RowPlan,
  fileCount: number,
  factCount: number,
): Promise<number[]> {
  if (fileCount === 1) return [factCount];
  const counts = await duck.rows(
    `SELECT file_no, count(*) FROM (SELECT DISTINCT file_no, bill_no, day, currency, focus_id, tag_id, ${keptResource(plan.resourcesFrom)} AS resource_id
     FROM keyed JOIN plan USING (bill_no)) GROUP BY file_no`,
  );
  return Array.from({ length: fileCount }, (_, no) => Number(counts.find(([file]) => file === no)?.[1] ?? 0));
}

/** Order of a fact's amounts. */
const AMOUNTS = ['billed', 'effective', 'list', 'contracted'] as const;

/** One fact as JSON, by hand: json_array takes four times as long. A residue is what rounding left over, in 10^-18. */
const FACT = `concat('[', bill_id, ',"', day, '",', focus_id, ',', tag_id, ',', resource_id, ',', to_json(currency), ',', n, ',',
  ${[
    ...AMOUNTS.map((basis) => `${basis}_micro`),
    ...AMOUNTS.map((basis) => `${basis}_rest - (${basis}_micro - ${basis}_floor) * 1000000000000`),
  ]
    .map((amount) => `coalesce(CAST(${amount} AS VARCHAR), 'null')`)
    .join(`, ',', `)}, ']')`;

/** The next chunk is made while the store writes the one before. */
async function* factChunks(duck: Duck, factCount: number): AsyncGenerator<string> {
  const read = async (start: number) => {
    const [row] = await duck.rows(
      `SELECT '[' || string_agg(${FACT}, ',') || ']' FROM rounded JOIN plan USING (bill_no) WHERE fact_no > ${start} AND fact_no <= ${start + FACTS_PER_CHUNK}`,
    );
    return String(row?.[0]);
  };
  let next: Promise<string> | undefined = factCount > 0 ? read(0) : undefined;
  try {
    for (let start = FACTS_PER_CHUNK; next; start += FACTS_PER_CHUNK) {
      const chunk = await next;
      next = start < factCount ? read(start) : undefined;
      // It may fail while nobody waits for it yet; then it is told when its turn comes.
      next?.catch(() => undefined);
      yield chunk;
    }
  } finally {
    // Nothing may still be reading when the caller gives up and closes; its failure has been told already.
    await next?.then(undefined, () => undefined);
  }
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
