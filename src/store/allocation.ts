/** Decisions and the allocated layer: bulk SQL, all of it inside the caller's transaction. */

import type { Day } from '../core/day.ts';
import { type Allocation, DIMENSIONS } from '../core/dimension.ts';
import type { FocusColumn } from '../core/settings.ts';
import { FOCUS_COLUMNS } from '../core/settings.ts';
import { AMOUNTS } from './amounts.ts';
import { contentId } from './content-id.ts';
import { markWritten } from './kept-costs.ts';
import type { StoreTransaction } from './open.ts';

/** One distinct (columns, tags, resource) combination that facts refer to. */
export interface Combination {
  readonly focusKeyId: bigint;
  readonly tagSetId: bigint;
  readonly resourceKey: bigint;
  readonly columns: { readonly [C in FocusColumn]?: string | null };
  readonly tags: Readonly<Record<string, string>>;
}

export interface StoredDecision {
  readonly combination: Pick<Combination, 'focusKeyId' | 'tagSetId' | 'resourceKey'>;
  readonly allocation: Allocation;
  /** JSON of the reasons. */
  readonly reasons: string;
}

const RESOURCE = new Set<FocusColumn>(['ResourceId', 'ResourceName', 'ResourceType']);
const COLUMN_SQL = FOCUS_COLUMNS.map((column) => {
  const field = column[0]?.toLowerCase() + column.slice(1);
  return `'${column}', ${RESOURCE.has(column) ? 'r' : 'k'}."${field}"`;
}).join(', ');
const CHUNK = 5_000;

/** Every day that has facts, oldest first. */
export async function factDays(tx: StoreTransaction): Promise<Day[]> {
  const rows = await tx.$queryRawUnsafe<{ day: Day }[]>(
    'SELECT DISTINCT "day" FROM "CostFact" ORDER BY "day"',
  );
  return rows.map((row) => row.day);
}

/** Combinations on these days that have no decision yet; with `resourceId`, all that carry that resource. */
export async function combinationsWithoutDecision(
  tx: StoreTransaction,
  days: readonly Day[],
): Promise<Combination[]> {
  return readCombinations(
    tx,
    `SELECT DISTINCT f."focusKeyId", f."tagSetId", f."resourceKey" FROM "CostFact" f
     LEFT JOIN "Decision" d USING ("focusKeyId", "tagSetId", "resourceKey")
     WHERE d."allocationId" IS NULL AND f."day" IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(days)],
  );
}

/** Combinations of facts whose ResourceId or ResourceName is exactly this text. */
export async function combinationsOfResource(tx: StoreTransaction, resource: string): Promise<Combination[]> {
  return readCombinations(
    tx,
    `SELECT DISTINCT f."focusKeyId", f."tagSetId", f."resourceKey" FROM "CostFact" f
     WHERE f."resourceKey" IN (SELECT "id" FROM "Resource" WHERE "resourceId" = ? OR "resourceName" = ?)`,
    [resource, resource],
  );
}

async function readCombinations(
  tx: StoreTransaction,
  select: string,
  parameters: readonly string[],
): Promise<Combination[]> {
  const rows = await tx.$queryRawUnsafe<{ f: string; t: string; r: string; columns: string; tags: string }[]>(
    `SELECT CAST(c."focusKeyId" AS TEXT) f, CAST(c."tagSetId" AS TEXT) t, CAST(c."resourceKey" AS TEXT) r,
       json_object(${COLUMN_SQL}) columns, s."tags" tags
     FROM (${select}) c
     JOIN "FocusKey" k ON k."id" = c."focusKeyId"
     JOIN "TagSet" s ON s."id" = c."tagSetId"
     LEFT JOIN "Resource" r ON r."id" = c."resourceKey"`,
    ...parameters,
  );
  return rows.map((row) => ({
    focusKeyId: BigInt(row.f),
    tagSetId: BigInt(row.t),
    resourceKey: BigInt(row.r),
    columns: JSON.parse(row.columns),
    tags: JSON.parse(row.tags),
  }));
}

/** Remembers decisions and the allocations they refer to. */
export async function saveDecisions(
  tx: StoreTransaction,
  decisions: readonly StoredDecision[],
): Promise<void> {
  for (let start = 0; start < decisions.length; start += CHUNK) {
    const rows = decisions.slice(start, start + CHUNK).map(({ combination, allocation, reasons }) => {
      const values = DIMENSIONS.map((dimension) => allocation[dimension] ?? null);
      const id = contentId(JSON.stringify(values));
      // Ids travel as text: JSON numbers would lose their low bits.
      const { focusKeyId, tagSetId, resourceKey } = combination;
      return [`${focusKeyId}`, `${tagSetId}`, `${resourceKey}`, `${id}`, reasons, ...values];
    });
    const json = JSON.stringify(rows);
    await tx.$executeRawUnsafe(
      `INSERT OR IGNORE INTO "AllocationKey" ("id", ${DIMENSIONS.map((d) => `"${d}"`).join(', ')})
       SELECT DISTINCT CAST(value->>3 AS INTEGER), ${DIMENSIONS.map((_, i) => `value->>${i + 5}`).join(', ')}
       FROM json_each(?)`,
      json,
    );
    await tx.$executeRawUnsafe(
      `INSERT OR REPLACE INTO "Decision" ("focusKeyId", "tagSetId", "resourceKey", "allocationId", "reasons")
       SELECT CAST(value->>0 AS INTEGER), CAST(value->>1 AS INTEGER), CAST(value->>2 AS INTEGER),
         CAST(value->>3 AS INTEGER), value->>4 FROM json_each(?)`,
      json,
    );
  }
}

/** Forgets all decisions, so that every combination is decided anew. */
export async function forgetDecisions(tx: StoreTransaction): Promise<void> {
  await tx.$executeRawUnsafe('DELETE FROM "Decision"');
  await tx.$executeRawUnsafe('DELETE FROM "AllocationKey"');
}

/** Rewrites DailyCost of whole days from CostFact and the decisions. Sums stay exact: integers are added. */
export async function rebuildDailyCost(tx: StoreTransaction, days: readonly Day[]): Promise<void> {
  const list = JSON.stringify(days);
  const dimensions = DIMENSIONS.map((d) => `"${d}"`).join(', ');
  await markWritten(tx);
  await tx.$executeRawUnsafe('DELETE FROM "DailyCost" WHERE "day" IN (SELECT value FROM json_each(?))', list);
  await tx.$executeRawUnsafe(
    `INSERT INTO "DailyCost" ("day", "source", ${dimensions}, "provider", "service", "region", "account", "category",
       "currency", ${AMOUNTS.map((column) => `"${column}"`).join(', ')})
     SELECT f."day", f."source", ${DIMENSIONS.map((d) => `a."${d}"`).join(', ')}, k."providerName", k."serviceName",
       k."regionId", COALESCE(k."subAccountId", k."billingAccountId"), k."chargeCategory", f."currency",
       ${AMOUNTS.map((column) => `SUM(f."${column}")`).join(', ')}
     FROM "CostFact" f
     JOIN "FocusKey" k ON k."id" = f."focusKeyId"
     JOIN "Decision" d USING ("focusKeyId", "tagSetId", "resourceKey")
     JOIN "AllocationKey" a ON a."id" = d."allocationId"
     WHERE f."day" IN (SELECT value FROM json_each(?))
     GROUP BY f."day", f."source", d."allocationId", k."providerName", k."serviceName", k."regionId",
       COALESCE(k."subAccountId", k."billingAccountId"), k."chargeCategory", f."currency"`,
    list,
  );
}
