/** Which single resources of a scope cost something on the newest days, and what the bill says of each. */
import type { Day } from '../core/day.ts';
import { type CostFilter, factCosts } from './daily-costs.ts';
import type { StoreTransaction } from './open.ts';

const TAGS = 'JOIN "TagSet" t ON t."id" = c."tagSetId"';
const KEY = `json_extract(t."tags", '$.litellm_key')`;
/**
 * What stands for a resource: its id; for language models the key of a proxy (by hash or alias, never in clear), the
 * project or the workspace, which their bills name elsewhere.
 */
const ID = `COALESCE(r."resourceId", r."resourceName",
  CASE WHEN ${KEY} LIKE 'sk-%' THEN NULL WHEN length(${KEY}) = 8 AND ${KEY} NOT GLOB '*[^0-9a-f]*' THEN 'litellm:' || ${KEY}
    ELSE 'litellm:alias/' || NULLIF(${KEY}, '') END,
  json_extract(t."tags", '$.openai_project_id'), json_extract(t."tags", '$.anthropic_workspace_id'),
  CASE WHEN k."providerName" IN ('OpenAI', 'Anthropic') THEN k."subAccountId" END)`;

/** A resource, or an account of a vendor that bills no resources. Amounts are exact sums of micros. */
export interface RunningResource {
  readonly resourceId: string;
  readonly name: string | null;
  readonly type: string | null;
  readonly provider: string;
  readonly service: string;
  readonly account: string | null;
  readonly accountName: string | null;
  readonly region: string | null;
  readonly team: string | null;
  readonly model: string | null;
  readonly environment: string | null;
  readonly experiment: string | null;
  readonly currency: string;
  /** JSON of its tags on the newest charge. */
  readonly tags: string | null;
  readonly micros: bigint;
  /** Days in the window on which it cost anything. */
  readonly days: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

interface Row extends Omit<RunningResource, 'micros' | 'days'> {
  readonly micros: string;
  readonly days: number;
}

/**
 * Usage of the days from start to end, both included, dearest first. What has no ResourceId is named by its account
 * where a vendor's bill knows nothing finer (projects and workspaces of language models).
 */
export async function runningResources(
  store: StoreTransaction,
  query: {
    readonly filter: CostFilter;
    readonly start: Day;
    readonly end: Day;
    readonly limit: number;
    /** Only these. */
    readonly ids?: readonly string[];
  },
): Promise<RunningResource[]> {
  const { filter, start, end, limit, ids } = query;
  const { from, sql, values } = factCosts(filter);
  const rows = await store.$queryRawUnsafe<Row[]>(
    `SELECT "resourceId", name, type, provider, service, account, "accountName", region, team, model, environment,
       experiment, currency, micros, days, "firstDay", "lastDay",
       (SELECT t."tags" FROM "TagSet" t WHERE t."id" = found."tagSet") tags
     FROM (SELECT ${ID} "resourceId", MAX(r."resourceName") name, MAX(r."resourceType") type,
       MAX(k."providerName") provider, MAX(k."serviceName") service,
       MAX(COALESCE(k."subAccountId", k."billingAccountId")) account, MAX(k."subAccountName") "accountName",
       MAX(k."regionId") region, MAX(a."team") team, MAX(a."model") model, COALESCE(MAX(CASE WHEN a."environment" = 'prod' THEN 'prod' END), MAX(a."environment")) environment,
       MAX(a."experiment") experiment, c."currency" currency,
       MAX(c."tagSetId") "tagSet", SUM(c."effectiveMicros") total,
       CAST(SUM(c."effectiveMicros") AS TEXT) micros, COUNT(DISTINCT c."day") days,
       MIN(c."day") "firstDay", MAX(c."day") "lastDay"
     FROM ${from} ${TAGS} WHERE c."day" BETWEEN ? AND ? ${sql} AND k."chargeCategory" = 'Usage' AND ${ID} IS NOT NULL
       ${ids ? `AND ${ID} IN (SELECT value FROM json_each(?))` : ''}
     GROUP BY ${ID}, c."currency" HAVING SUM(c."effectiveMicros") > 0
     ORDER BY SUM(c."effectiveMicros") DESC LIMIT ?) found ORDER BY total DESC`,
    start,
    end,
    ...values,
    ...(ids ? [JSON.stringify(ids)] : []),
    limit,
  );
  return rows.map((row) => ({ ...row, micros: BigInt(row.micros), days: Number(row.days) }));
}

export interface ResourceDay {
  readonly day: Day;
  readonly source: string;
  readonly currency: string;
  readonly micros: bigint;
}

/** What one resource cost per day, micros; days without a charge are left out. */
export async function resourceCosts(
  store: StoreTransaction,
  resourceId: string,
  { start, end }: { readonly start: Day; readonly end: Day },
): Promise<ResourceDay[]> {
  const { from } = factCosts({});
  const rows = await store.$queryRawUnsafe<(Omit<ResourceDay, 'micros'> & { micros: string })[]>(
    `SELECT c."day" day, MAX(c."source") source, c."currency" currency, CAST(SUM(c."effectiveMicros") AS TEXT) micros
     FROM ${from} ${TAGS} WHERE c."day" BETWEEN ? AND ? AND k."chargeCategory" = 'Usage'
       AND ${ID} = ?
     GROUP BY c."day", c."currency" ORDER BY c."day"`,
    start,
    end,
    resourceId,
  );
  return rows.map((row) => ({ ...row, micros: BigInt(row.micros) }));
}
