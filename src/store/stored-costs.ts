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

export interface StoredSums {
  readonly totals: readonly StoredLine[];
  readonly byProvider: readonly StoredLine[];
  readonly byService: readonly StoredLine[];
  readonly byChargeCategory: readonly StoredLine[];
  /** Per distinct set of tags; its JSON is the name. */
  readonly byTags: readonly StoredLine[];
}

const SUMS = BASES.flatMap((basis) => [
  `SUM("${basis}Micros") AS "${basis}Micros"`,
  `SUM("${basis}Residue") AS "${basis}Residue"`,
]).join(', ');

const LINE = `"currency", CAST(SUM("rows") AS TEXT) AS rows, ${BASES.map((basis) => `CAST(SUM("${basis}Micros") AS TEXT) || '/' || COALESCE(SUM("${basis}Residue"), 0) AS "${basis}"`).join(', ')}`;

/** Sums of the facts of these bills per name and currency; the facts are read once. */
export async function storedSums(store: Store, billIds: readonly number[]): Promise<StoredSums> {
  const named = (kind: string, column: string) =>
    `SELECT '${kind}' AS kind, k."${column}" AS name, ${LINE} FROM s JOIN "FocusKey" k ON k."id" = s."focusKeyId" GROUP BY k."${column}", "currency"`;
  const rows = await store.$queryRawUnsafe<SumRow[]>(
    `WITH s AS MATERIALIZED (
       SELECT "focusKeyId", "tagSetId", "currency", SUM("rows") AS "rows", ${SUMS} FROM "CostFact"
       WHERE "billId" IN (SELECT value FROM json_each(?)) GROUP BY "focusKeyId", "tagSetId", "currency")
     SELECT 'total' AS kind, '' AS name, ${LINE} FROM s GROUP BY "currency"
     UNION ALL ${named('provider', 'providerName')}
     UNION ALL ${named('service', 'serviceName')}
     UNION ALL ${named('category', 'chargeCategory')}
     UNION ALL SELECT 'tags', t."tags", l."currency", l.rows, ${BASES.map((basis) => `l."${basis}"`).join(', ')}
       FROM (SELECT "tagSetId", ${LINE} FROM s GROUP BY "tagSetId", "currency") l JOIN "TagSet" t ON t."id" = l."tagSetId"`,
    JSON.stringify(billIds),
  );
  const of = (kind: SumRow['kind']) => toLines(rows.filter((row) => row.kind === kind));
  return {
    totals: of('total'),
    byProvider: of('provider'),
    byService: of('service'),
    byChargeCategory: of('category'),
    byTags: of('tags'),
  };
}

type SumRow = {
  kind: 'total' | 'provider' | 'service' | 'category' | 'tags';
  name: string;
  currency: string;
  rows: string;
} & Record<Basis, string | null>;

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
