/** What budgets of usage count: which sources it comes from, and the usage of single API keys. */
import type { Day } from '../core/day.ts';
import type { UsageMetric } from '../core/usage.ts';
import type { StoreTransaction } from './open.ts';
import type { UsageFilter } from './usage.ts';

/** A source of usage in scope, and how far it is complete. */
export interface UsageSource {
  readonly name: string;
  readonly watermark?: Day;
}

/** Sources that hold usage of these metrics in scope on `since` or later. A model's usage is its team's as well. */
export async function usageSourcesInScope(
  store: StoreTransaction,
  query: { readonly metrics: readonly UsageMetric[]; readonly filter: UsageFilter; readonly since: Day },
): Promise<UsageSource[]> {
  const filters = Object.entries(query.filter);
  const values = filters.flatMap(([column, value]) =>
    typeof value !== 'string' ? [] : column === 'team' ? [value, value, value] : [value],
  );
  const parts = filters.map(([column, value]) => {
    if (typeof value !== 'string') return `AND u."${column}" IS NULL`;
    return column === 'team' ? OF_TEAM : `AND u."${column}" = ?`;
  });
  const rows = await store.$queryRawUnsafe<{ name: string; watermark: Day | null }[]>(
    `SELECT s."name" AS name, s."watermark" AS watermark FROM "Source" s WHERE EXISTS (
       SELECT 1 FROM "UsageFact" u WHERE u."source" = s."name" AND u."day" >= ?
         AND u."metric" IN (SELECT value FROM json_each(?)) ${parts.join(' ')}) ORDER BY 1`,
    query.since,
    JSON.stringify(query.metrics),
    ...values,
  );
  return rows.map(toSource);
}

const OF_TEAM = `AND (u."team" = ? OR (u."team" IS NULL AND u."model" IN
  (SELECT "name" FROM "Model" WHERE "teamName" = ? UNION SELECT "model" FROM "AllocationKey" WHERE "team" = ?)))`;

/** Tags whose value names an API key: "litellm_key", "openai_api_key_id" … */
const IS_KEY = `(t.key = 'key' OR t.key LIKE '%\\_key' ESCAPE '\\' OR t.key LIKE '%\\_key\\_id' ESCAPE '\\')`;
/** The name's text is looked for first: reading every row's tags takes far longer. */
const OF_KEY = `(instr(m."tags", ?) > 0
  AND EXISTS (SELECT 1 FROM json_each(m."tags") t WHERE t.value = ? AND ${IS_KEY}))`;

/** Whole units that a key used per day, from start to end, both included. */
export async function sumKeyUsage(
  store: StoreTransaction,
  query: { readonly key: string; readonly meters: readonly string[]; readonly start: Day; readonly end: Day },
): Promise<{ readonly day: Day; readonly quantity: bigint }[]> {
  const rows = await store.$queryRawUnsafe<{ day: Day; quantity: string }[]>(
    `SELECT m."day" AS day, CAST(SUM(m."quantity") AS TEXT) AS quantity
     FROM "Source" s CROSS JOIN "MeteredUsage" m ON m."source" = s."name" AND m."day" BETWEEN ? AND ?
     WHERE m."meter" IN (SELECT value FROM json_each(?)) AND ${OF_KEY} GROUP BY 1 ORDER BY 1`,
    query.start,
    query.end,
    JSON.stringify(query.meters),
    JSON.stringify(query.key),
    query.key,
  );
  return rows.map(({ day, quantity }) => ({ day, quantity: BigInt(quantity) }));
}

/** Sources that metered a key on `since` or later. */
export async function keySources(store: StoreTransaction, key: string, since: Day): Promise<UsageSource[]> {
  const rows = await store.$queryRawUnsafe<{ name: string; watermark: Day | null }[]>(
    `SELECT s."name" AS name, s."watermark" AS watermark FROM "Source" s WHERE EXISTS (
       SELECT 1 FROM "MeteredUsage" m WHERE m."source" = s."name" AND m."day" >= ? AND ${OF_KEY}) ORDER BY 1`,
    since,
    JSON.stringify(key),
    key,
  );
  return rows.map(toSource);
}

/** Names of the keys that were metered on `since` or later. */
export async function keyNames(store: StoreTransaction, since: Day): Promise<string[]> {
  const rows = await store.$queryRawUnsafe<{ name: string }[]>(
    `SELECT DISTINCT t.value AS name FROM "Source" s
     CROSS JOIN "MeteredUsage" m ON m."source" = s."name" AND m."day" >= ?
     CROSS JOIN json_each(m."tags") t WHERE ${IS_KEY} ORDER BY 1`,
    since,
  );
  return rows.map(({ name }) => String(name));
}

/** What a key was metered with on `since` or later: enough to know whose it is. */
export async function keyShapes(
  store: StoreTransaction,
  key: string,
  since: Day,
): Promise<{ provider: string; service: string; model: string; tags: Readonly<Record<string, string>> }[]> {
  const rows = await store.$queryRawUnsafe<
    { provider: string; service: string; model: string; tags: string }[]
  >(
    `SELECT DISTINCT m."provider" AS provider, m."service" AS service, m."model" AS model, m."tags" AS tags
     FROM "Source" s CROSS JOIN "MeteredUsage" m ON m."source" = s."name" AND m."day" >= ? WHERE ${OF_KEY}`,
    since,
    JSON.stringify(key),
    key,
  );
  return rows.map(({ tags, ...row }) => ({ ...row, tags: JSON.parse(tags) }));
}

/** Teams that an experiment's charges are allocated to, sorted. */
export async function teamsOfExperiment(store: StoreTransaction, name: string): Promise<string[]> {
  const rows = await store.$queryRawUnsafe<{ team: string }[]>(
    'SELECT DISTINCT "team" AS team FROM "AllocationKey" WHERE "experiment" = ? AND "team" IS NOT NULL ORDER BY 1',
    name,
  );
  return rows.map(({ team }) => team);
}

/** Every experiment that has charges, sorted. */
export async function experimentNames(store: StoreTransaction): Promise<string[]> {
  const rows = await store.$queryRawUnsafe<{ name: string }[]>(
    'SELECT DISTINCT "experiment" AS name FROM "AllocationKey" WHERE "experiment" IS NOT NULL ORDER BY 1',
  );
  return rows.map(({ name }) => name);
}

function toSource({ name, watermark }: { name: string; watermark: Day | null }): UsageSource {
  return { name, ...(watermark && { watermark }) };
}
