/** The names people can ask about: what the organisation configured and what the bills contain. */
import type { Breakdown } from '../core/dimension.ts';
import type { Store, StoreTransaction } from './open.ts';

const FROM: Readonly<Partial<Record<Breakdown, string>>> = {
  provider: 'SELECT DISTINCT "providerName" name FROM "FocusKey"',
  service: 'SELECT DISTINCT "serviceName" name FROM "FocusKey"',
  team: 'SELECT "team" name FROM "AllocationKey" UNION SELECT "name" FROM "Team"',
  model: 'SELECT "model" name FROM "AllocationKey" UNION SELECT "name" FROM "Model"',
  feature: 'SELECT "feature" name FROM "AllocationKey"',
};

/** Distinct names of a kind, sorted. */
export async function listNames(
  store: Store,
  kind: 'model' | 'team' | 'service' | 'provider' | 'feature',
): Promise<string[]> {
  const rows = await store.$queryRawUnsafe<{ name: string | null }[]>(
    `SELECT DISTINCT name FROM (${FROM[kind]}) WHERE name IS NOT NULL ORDER BY name`,
  );
  return rows.flatMap((row) => (row.name === null ? [] : [row.name]));
}

/** Other spellings of models, as configured: alias → model. */
export async function listAliases(store: Store): Promise<Map<string, string>> {
  const models = await store.model.findMany({ select: { name: true, title: true, aliases: true } });
  return new Map(
    models.flatMap(({ name, title, aliases }) =>
      [title, ...(JSON.parse(aliases) as string[])].map((alias) => [alias, name] as const),
    ),
  );
}

/** Names of the accounts behind account ids, where the bill says them. */
export async function accountNames(store: Store): Promise<Map<string, string>> {
  const rows = await store.$queryRawUnsafe<{ id: string; name: string | null }[]>(
    `SELECT COALESCE("subAccountId", "billingAccountId") id, MAX(COALESCE("subAccountName", "billingAccountName")) name
     FROM "FocusKey" GROUP BY 1`,
  );
  return new Map(rows.flatMap(({ id, name }) => (name && name !== id ? [[id, name] as const] : [])));
}

/** Teams that the charges of a model (or experiment) are allocated to, sorted. */
export async function teamsOfCharges(
  store: StoreTransaction,
  name: string,
  dimension: 'model' | 'experiment' = 'model',
): Promise<string[]> {
  const rows = await store.$queryRawUnsafe<{ team: string }[]>(
    `SELECT DISTINCT "team" team FROM "AllocationKey" WHERE "${dimension}" = ? AND "team" IS NOT NULL ORDER BY 1`,
    name,
  );
  return rows.map((row) => row.team);
}
