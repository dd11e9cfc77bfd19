/** What the store holds for some bills, by the names the bill uses. */
import { BASES, type Basis } from '../core/dimension.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import type { Store } from './open.ts';

export interface StoredLine {
  readonly name: string;
  readonly currency: string;
  readonly rows: number;
  /** 10^-18 of the currency. */
  readonly attos: Readonly<Record<Basis, bigint | null>>;
}

export type StoredName = 'total' | 'provider' | 'service' | 'chargeCategory';

const NAME_SQL: Readonly<Record<StoredName, string>> = {
  total: "''",
  provider: 'k."providerName"',
  service: 'k."serviceName"',
  chargeCategory: 'k."chargeCategory"',
};

const SUMS = `CAST(SUM(f."rows") AS TEXT) AS rows, ${BASES.map((basis) => `CAST(SUM(f."${basis}Micros") AS TEXT) || '/' || SUM(COALESCE(f."${basis}Residue", 0)) AS "${basis}"`).join(', ')}`;
const BILLS = 'f."billId" IN (SELECT value FROM json_each(?))';

/** Sums of the facts of these bills per name and currency. */
export async function storedBy(
  store: Store,
  billIds: readonly number[],
  name: StoredName,
): Promise<StoredLine[]> {
  return toLines(
    await store.$queryRawUnsafe<SumRow[]>(
      `SELECT ${NAME_SQL[name]} AS name, f."currency", ${SUMS} FROM "CostFact" f JOIN "FocusKey" k ON k."id" = f."focusKeyId"
       WHERE ${BILLS} GROUP BY 1, 2`,
      JSON.stringify(billIds),
    ),
  );
}

/** Sums of the facts of these bills per distinct set of tags (its JSON is the name) and currency. */
export async function storedByTags(store: Store, billIds: readonly number[]): Promise<StoredLine[]> {
  return toLines(
    await store.$queryRawUnsafe<SumRow[]>(
      `SELECT s."tags" AS name, f.* FROM (
         SELECT f."tagSetId", f."currency", ${SUMS} FROM "CostFact" f WHERE ${BILLS} GROUP BY 1, 2) f
       JOIN "TagSet" s ON s."id" = f."tagSetId"`,
      JSON.stringify(billIds),
    ),
  );
}

type SumRow = { name: string; currency: string; rows: string } & Record<Basis, string | null>;

function toLines(rows: readonly SumRow[]): StoredLine[] {
  return rows.map(({ name, currency, rows, effective, billed, list, contracted }) => ({
    name,
    currency,
    rows: Number(rows),
    attos: {
      effective: toAttos(effective),
      billed: toAttos(billed),
      list: toAttos(list),
      contracted: toAttos(contracted),
    },
  }));
}

/** "micros/residue" as one amount. */
function toAttos(text: string | null): bigint | null {
  if (text === null) return null;
  const [micros = '0', residue = '0'] = text.split('/');
  return BigInt(micros) * ATTOS_PER_MICRO + BigInt(residue);
}
