/** What a model's charges themselves say about who owns it: their owner tags, and rules that give them to a team. */
import type { StoreTransaction } from './open.ts';

/** Tag keys that name an owner, without case, spaces, "-", "_" and ".". */
const OWNER_KEYS: readonly string[] = ['owner', 'owneremail', 'ownedby', 'modelowner'];

export interface OwnerTag {
  readonly key: string;
  readonly value: string;
}

export interface TeamRule {
  readonly rule: string;
  readonly team: string;
}

/** Distinct owner tags on the charges of a model, by key and value. */
export async function ownerTagsOf(store: StoreTransaction, model: string): Promise<OwnerTag[]> {
  const rows = await store.$queryRawUnsafe<{ key: string; value: string }[]>(
    `SELECT DISTINCT j."key" key, TRIM(j."value") value
     FROM "AllocationKey" a JOIN "Decision" d ON d."allocationId" = a."id"
     JOIN "TagSet" t ON t."id" = d."tagSetId", json_each(t."tags") j
     WHERE a."model" = ? AND j."key" LIKE '%own%' AND TRIM(j."value") <> '' ORDER BY 1, 2`,
    model,
  );
  return rows.filter(({ key }) => OWNER_KEYS.includes(key.toLowerCase().replace(/[\s\-_.]+/g, '')));
}

/** Allocation rules that give charges of a model to a team, by name. */
export async function teamRulesOf(store: StoreTransaction, model: string): Promise<TeamRule[]> {
  const rows = await store.$queryRawUnsafe<TeamRule[]>(
    `SELECT DISTINCT r."value"->>'$.by.rule' rule, a."team" team
     FROM "AllocationKey" a JOIN "Decision" d ON d."allocationId" = a."id", json_each(d."reasons") r
     WHERE a."model" = ? AND a."team" IS NOT NULL
       AND r."value"->>'$.dimension' = 'team' AND r."value"->>'$.by.kind' = 'rule' ORDER BY 1, 2`,
    model,
  );
  return rows;
}
