/** Reads the allocated layer: sums per day, key and currency. No decisions, no conversion. */
import type { CostRow } from '../core/cost.ts';
import type { Day } from '../core/day.ts';
import type { Basis, Breakdown } from '../core/dimension.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import { keepUntilWritten } from './kept-costs.ts';
import type { Store } from './open.ts';

/** Columns equal to these values; null means "not allocated". */
export type CostFilter = { readonly [C in Exclude<Breakdown, 'resource'>]?: string | null };

export interface CostQuery {
  readonly filter: CostFilter;
  readonly start: Day;
  readonly end: Day;
  readonly basis: Basis;
  /** Column to group by besides day and currency; absent for totals (key is then null). */
  readonly by?: Breakdown;
  /** Only charges above zero: credits and refunds neither claim nor need an owner. */
  readonly positiveOnly?: boolean;
}

/** Cost per day, key and currency of the days from start to end, both included. */
export async function readCosts(store: Store, query: CostQuery): Promise<CostRow[]> {
  const { filter, start, end, basis, by, positiveOnly = false } = query;
  // Everything is what most answers are compared with, and by far the longest to add up.
  if (Object.keys(filter).length > 0 || by === 'resource') return sumCosts(store, query);
  const name = JSON.stringify([start, end, basis, by, positiveOnly]);
  return keepUntilWritten(store, name, () => sumCosts(store, query));
}

async function sumCosts(store: Store, query: CostQuery): Promise<CostRow[]> {
  const { by, basis } = query;
  const { from, key, resource } = by === 'resource' ? RESOURCE_SOURCE : dailySource(by);
  const { sql, values } = where(query.filter, resource);
  const micros = `c."${basis}Micros"`;
  const residue = `COALESCE(c."${basis}Residue", 0)`;
  const positive = query.positiveOnly ? `AND (${micros} > 0 OR (${micros} = 0 AND ${residue} > 0))` : '';
  const rows = await store.$queryRawUnsafe<SumRow[]>(
    `SELECT c."day" day, ${key} key, c."currency" currency, CAST(SUM(${micros}) AS TEXT) micros,
       CAST(SUM(${residue}) AS TEXT) residue
     FROM ${from} WHERE c."day" BETWEEN ? AND ? ${sql} ${positive}
     GROUP BY c."day", ${key}, c."currency"`,
    query.start,
    query.end,
    ...values,
  );
  return rows.map(({ day, key: name, currency, micros: whole, residue: rest }) => ({
    day,
    key: name,
    currency,
    attos: whole === null ? null : BigInt(whole) * ATTOS_PER_MICRO + BigInt(rest),
  }));
}

interface SumRow {
  readonly day: Day;
  readonly key: string | null;
  readonly currency: string;
  readonly micros: string | null;
  readonly residue: string;
}

/** Names of the sources that have any cost in scope from `start` on. */
export async function sourcesInScope(store: Store, filter: CostFilter, start: Day): Promise<string[]> {
  const { sql, values } = where(filter, false);
  const everything = Object.keys(filter).length === 0;
  const rows = await store.$queryRawUnsafe<{ source: string }[]>(
    everything ? BILLED_SINCE : `${CHARGED_SINCE} ${sql} LIMIT (${SOURCES_WITH_BILLS})`,
    start,
    ...values,
  );
  return rows.map((row) => row.source).sort();
}

/** Of everything, the bills say the same as their charges, without a look at each of them. */
const BILLED_SINCE = 'SELECT DISTINCT "source" source FROM "Bill" WHERE "lastDay" >= ?';
const CHARGED_SINCE = 'SELECT DISTINCT c."source" source FROM "DailyCost" c WHERE c."day" >= ?';
/** When as many are found there is no other to look for: most scopes cost something in every source every day. */
const SOURCES_WITH_BILLS = 'SELECT COUNT(DISTINCT "source") FROM "Bill"';

/** The newest day before `before` on which anything in scope was charged. */
export async function lastCostDay(store: Store, filter: CostFilter, before: Day): Promise<Day | undefined> {
  const { sql, values } = where(filter, false);
  const rows = await store.$queryRawUnsafe<{ day: Day }[]>(
    `SELECT c."day" day FROM "DailyCost" c WHERE c."day" < ? ${sql} ORDER BY c."day" DESC LIMIT 1`,
    before,
    ...values,
  );
  return rows[0]?.day;
}

function dailySource(by: Breakdown | undefined) {
  return { from: '"DailyCost" c', key: by ? `c."${by}"` : 'NULL', resource: false };
}

/** Resources live in the bill's own layer, reached through the decisions. */
const RESOURCE_SOURCE = {
  from: `"CostFact" c
    JOIN "FocusKey" k ON k."id" = c."focusKeyId"
    JOIN "Decision" d ON d."focusKeyId" = c."focusKeyId" AND d."tagSetId" = c."tagSetId" AND d."resourceKey" = c."resourceKey"
    JOIN "AllocationKey" a ON a."id" = d."allocationId"
    LEFT JOIN "Resource" r ON r."id" = c."resourceKey"`,
  key: `COALESCE(r."resourceId", r."resourceName")`,
  resource: true,
};

/** The bill's own charges with this allocation: FROM clause, and conditions that begin with AND. */
export function factCosts(filter: CostFilter): { from: string; sql: string; values: string[] } {
  return { from: RESOURCE_SOURCE.from, ...where(filter, true) };
}

const FACT_COLUMN: Readonly<Record<string, string>> = {
  provider: 'k."providerName"',
  service: 'k."serviceName"',
  region: 'k."regionId"',
  account: 'COALESCE(k."subAccountId", k."billingAccountId")',
  category: 'k."chargeCategory"',
};

function where(filter: CostFilter, facts: boolean): { sql: string; values: string[] } {
  const values: string[] = [];
  const parts = Object.entries(filter).map(([column, value]) => {
    const name = facts ? (FACT_COLUMN[column] ?? `a."${column}"`) : `c."${column}"`;
    if (value === null) return `AND ${name} IS NULL`;
    values.push(value);
    return `AND ${name} = ?`;
  });
  return { sql: parts.join(' '), values };
}
