/** What a poll leaves beside the facts: restated days and the provider's own words; and sums to look at. */
import type { Day } from '../core/day.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import type { Store, StoreTransaction } from './open.ts';
import { USAGE_KIND } from './usage.ts';

/** Sums of a source's facts per day and service. Attos are 10^-18 of the currency; null where no fact says it. */
export interface PolledSum {
  readonly day: Day;
  readonly service: string;
  readonly currency: string;
  readonly billed: bigint | null;
  readonly effective: bigint | null;
}

export async function sumPolled(store: Store, source: string, first: Day, last: Day): Promise<PolledSum[]> {
  const sum = (basis: string) =>
    `CAST(SUM(f."${basis}Micros") AS TEXT) AS "${basis}", CAST(COALESCE(SUM(f."${basis}Residue"), 0) AS TEXT) AS "${basis}Rest"`;
  const rows = await store.$queryRawUnsafe<
    {
      day: Day;
      service: string;
      currency: string;
      billed: string | null;
      billedRest: string;
      effective: string | null;
      effectiveRest: string;
    }[]
  >(
    `SELECT f."day" AS day, k."serviceName" AS service, f."currency" AS currency, ${sum('billed')}, ${sum('effective')}
     FROM "CostFact" f JOIN "FocusKey" k ON k."id" = f."focusKeyId"
     WHERE f."source" = ? AND f."day" BETWEEN ? AND ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    source,
    first,
    last,
  );
  const attos = (micros: string | null, rest: string) =>
    micros === null ? null : BigInt(micros) * ATTOS_PER_MICRO + BigInt(rest);
  return rows.map((row) => ({
    day: row.day,
    service: row.service,
    currency: row.currency,
    billed: attos(row.billed, row.billedRest),
    effective: attos(row.effective, row.effectiveRest),
  }));
}

/** What else is stored under a name, as the kind of its source; undefined when nothing but this kind's is. */
export async function otherKindUnder(
  store: Store,
  source: string,
  kind: string,
): Promise<string | undefined> {
  const known = await store.source.findUnique({ where: { name: source }, select: { kind: true } });
  if (!known || known.kind === kind) return undefined;
  if (known.kind === USAGE_KIND) return known.kind;
  const bills = await store.bill.count({ where: { source } });
  return bills > 0 ? known.kind : undefined;
}

/** Newest day from `first` to `last` on which the source has charges; undefined without any. */
export async function newestChargedDay(
  store: Store,
  source: string,
  first: Day,
  last: Day,
): Promise<Day | undefined> {
  const rows = await store.$queryRawUnsafe<{ day: Day | null }[]>(
    `SELECT MAX(d."day") AS day FROM "BillDay" d JOIN "Bill" b ON b."id" = d."billId"
     WHERE b."source" = ? AND d."day" BETWEEN ? AND ?`,
    source,
    first,
    last,
  );
  return rows[0]?.day ?? undefined;
}

/** How many days of a stretch were compared with the bill, and how many differ. */
export async function countReconciled(
  store: Store,
  source: string,
  first: Day,
  last: Day,
): Promise<{ readonly days: number; readonly different: number }> {
  const where = { source, day: { gte: first, lte: last } };
  const [days, different] = await Promise.all([
    store.reconciliation.count({ where }),
    store.reconciliation.count({ where: { ...where, ok: false } }),
  ]);
  return { days, different };
}

export interface Restated {
  readonly billingAccount: string;
  readonly day: Day;
  readonly currency: string;
  readonly billedBefore: string | null;
  readonly billedAfter: string | null;
  readonly effectiveBefore: string | null;
  readonly effectiveAfter: string | null;
}

/** Records days whose bill changed after they were complete. */
export async function addRestatements(
  tx: StoreTransaction,
  source: string,
  days: readonly Restated[],
  at: Date,
): Promise<void> {
  if (days.length > 0) await tx.restatement.createMany({ data: days.map((day) => ({ ...day, source, at })) });
}

export interface StoredEvidence {
  readonly kind: string;
  readonly id: string;
  readonly start: Day;
  readonly end: Day;
}

/** Keeps what a provider says, in place of what it said before about the same. */
export async function saveEvidence(
  tx: StoreTransaction,
  source: string,
  items: readonly StoredEvidence[],
  fetchedAt: Date,
): Promise<void> {
  for (const { kind, id: externalId, start, end, ...rest } of items) {
    const data = { start, end, data: JSON.stringify(rest), fetchedAt };
    await tx.evidence.upsert({
      where: { source_kind_externalId: { source, kind, externalId } },
      create: { source, kind, externalId, ...data },
      update: data,
    });
  }
}
