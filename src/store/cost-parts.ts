/** Cost per day, model and stage: what unit costs are divided from. */
import type { Day } from '../core/day.ts';
import type { Basis } from '../core/dimension.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import type { CostFilter } from './daily-costs.ts';
import type { Store } from './open.ts';

export interface StoredCostPart {
  readonly day: Day;
  readonly model: string | null;
  readonly stage: string | null;
  /** Null too where it was not asked for. */
  readonly team: string | null;
  readonly currency: string;
  /** 10^-18 of the currency; null when the bill does not have this cost column. */
  readonly attos: bigint | null;
}

/** Of the days from start to end, both included. */
export async function readCostParts(
  store: Store,
  query: {
    readonly filter: CostFilter;
    readonly start: Day;
    readonly end: Day;
    readonly basis: Basis;
    /** Apart per team, too. */
    readonly teams?: boolean;
  },
): Promise<StoredCostPart[]> {
  const filters = Object.entries(query.filter);
  const where = filters.map(([column, value]) => `AND c."${column}" IS ${value === null ? 'NULL' : '?'}`);
  const team = query.teams ? 'c."team"' : 'NULL';
  const rows = await store.$queryRawUnsafe<(Omit<StoredCostPart, 'attos'> & Amounts)[]>(
    `SELECT c."day" day, c."model" model, c."stage" stage, ${team} team, c."currency" currency,
       CAST(SUM(c."${query.basis}Micros") AS TEXT) micros,
       CAST(SUM(COALESCE(c."${query.basis}Residue", 0)) AS TEXT) residue
     FROM "DailyCost" c WHERE c."day" BETWEEN ? AND ? ${where.join(' ')}
     GROUP BY 1, 2, 3, 4, 5`,
    query.start,
    query.end,
    ...filters.flatMap(([, value]) => value ?? []),
  );
  return rows.map(({ micros, residue, ...part }) => ({
    ...part,
    attos: micros === null ? null : BigInt(micros) * ATTOS_PER_MICRO + BigInt(residue),
  }));
}

interface Amounts {
  readonly micros: string | null;
  readonly residue: string;
}
