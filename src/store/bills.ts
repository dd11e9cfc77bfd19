/** Bills: one per source, billing account and billing period, with what each of their days costs exactly. */

import type { Day } from '../core/day.ts';
import { addDecimals } from '../core/decimal.ts';
import type { Basis } from '../core/dimension.ts';
import type { StoreTransaction } from './open.ts';

export interface StoredBill {
  readonly id: number;
  readonly account: string;
  readonly periodStart: Day;
  readonly parts: readonly BillPart[];
}

/** A stretch of days that was imported; parts of a bill never share a day. */
export interface BillPart {
  /** Content digests of the imports in it: several when some were added to the same days. */
  readonly digests: readonly string[];
  readonly firstDay: Day;
  readonly lastDay: Day;
}

export interface BillDayRow {
  readonly day: Day;
  readonly currency: string;
  readonly rows: number;
  readonly exact: Readonly<Record<Basis, string | null>>;
}

/** The bills of a source for these accounts. */
export async function findBills(
  tx: StoreTransaction,
  source: string,
  accounts: readonly string[],
): Promise<StoredBill[]> {
  const rows = await tx.bill.findMany({
    where: { source, billingAccountId: { in: [...new Set(accounts)] } },
  });
  return rows.map(toBill);
}

/** The bills of a source that may have some of these days. */
export async function findBillsOn(
  tx: StoreTransaction,
  source: string,
  first: Day,
  last: Day,
): Promise<StoredBill[]> {
  const rows = await tx.bill.findMany({
    where: { source, firstDay: { lte: last }, lastDay: { gte: first } },
  });
  return rows.map(toBill);
}

/** Removes a bill that has no days left. */
export async function deleteBill(tx: StoreTransaction, id: number): Promise<void> {
  await tx.bill.delete({ where: { id } });
}

function toBill(row: {
  readonly id: number;
  readonly billingAccountId: string;
  readonly billingPeriodStart: string;
  readonly digest: string;
}): StoredBill {
  return {
    id: row.id,
    account: row.billingAccountId,
    periodStart: row.billingPeriodStart,
    parts: JSON.parse(row.digest),
  };
}

/** Creates a bill or gives the stored one its new parts; returns its id. */
export async function saveBill(
  tx: StoreTransaction,
  bill: { source: string; account: string; periodStart: Day; parts: readonly BillPart[]; batchId: number },
): Promise<number> {
  const key = { source: bill.source, billingAccountId: bill.account, billingPeriodStart: bill.periodStart };
  const data = {
    firstDay: bill.parts.reduce((day, part) => (part.firstDay < day ? part.firstDay : day), '9999-12-31'),
    lastDay: bill.parts.reduce((day, part) => (part.lastDay > day ? part.lastDay : day), ''),
    digest: JSON.stringify(bill.parts),
    batchId: bill.batchId,
  };
  const saved = await tx.bill.upsert({
    where: { source_billingAccountId_billingPeriodStart: key },
    create: { ...key, ...data },
    update: data,
    select: { id: true },
  });
  return saved.id;
}

/** The exact days of a bill from first to last, both included, in order. */
export async function readBillDays(
  tx: StoreTransaction,
  billId: number,
  first: Day,
  last: Day,
): Promise<BillDayRow[]> {
  const rows = await tx.billDay.findMany({
    where: { billId, day: { gte: first, lte: last } },
    orderBy: [{ day: 'asc' }, { currency: 'asc' }],
  });
  return rows.map(({ day, currency, rows, effective, billed, list, contracted }) => ({
    day,
    currency,
    rows,
    exact: { effective, billed, list, contracted },
  }));
}

export async function deleteBillDays(
  tx: StoreTransaction,
  billId: number,
  first: Day,
  last: Day,
): Promise<void> {
  await tx.billDay.deleteMany({ where: { billId, day: { gte: first, lte: last } } });
}

/** Adds days to a bill; a day it already has becomes the exact sum of both. */
export async function addBillDays(
  tx: StoreTransaction,
  billId: number,
  days: readonly BillDayRow[],
): Promise<void> {
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
  const known = new Map(
    (await readBillDays(tx, billId, first, last)).map((row) => [`${row.day} ${row.currency}`, row]),
  );
  const rows = days.map(({ day, currency, rows, exact }) => {
    const before = known.get(`${day} ${currency}`);
    const sum = (basis: Basis) => addDecimals(exact[basis], before?.exact[basis] ?? null);
    return [
      day,
      currency,
      rows + (before?.rows ?? 0),
      sum('effective'),
      sum('billed'),
      sum('list'),
      sum('contracted'),
    ];
  });
  await tx.$executeRawUnsafe(
    `INSERT OR REPLACE INTO "BillDay" ("billId", "day", "currency", "rows", "effective", "billed", "list", "contracted")
     SELECT ?, ${rows[0]?.map((_, index) => `value->>${index}`).join(', ')} FROM json_each(?)`,
    billId,
    JSON.stringify(rows),
  );
}

/** Exact days of all bills of a source, for these days. */
export async function exactDays(
  tx: StoreTransaction,
  source: string,
  days: readonly Day[],
): Promise<BillDayRow[]> {
  const rows = await tx.$queryRawUnsafe<
    {
      day: Day;
      currency: string;
      rows: number;
      effective: string | null;
      billed: string | null;
      list: string | null;
      contracted: string | null;
    }[]
  >(
    `SELECT d."day", d."currency", d."rows", d."effective", d."billed", d."list", d."contracted" FROM "BillDay" d
     JOIN "Bill" b ON b."id" = d."billId" WHERE b."source" = ? AND d."day" IN (SELECT value FROM json_each(?))`,
    source,
    JSON.stringify(days),
  );
  return rows.map(({ day, currency, rows, effective, billed, list, contracted }) => ({
    day,
    currency,
    rows: Number(rows),
    exact: { effective, billed, list, contracted },
  }));
}

/** Other sources that hold a bill of the same account and period: the money would count twice. */
export async function otherSources(
  tx: StoreTransaction,
  source: string,
  bills: readonly { readonly account: string; readonly periodStart: Day }[],
): Promise<{ source: string; account: string; periodStart: Day }[]> {
  const rows = await tx.bill.findMany({
    where: {
      source: { not: source },
      billingAccountId: { in: [...new Set(bills.map((bill) => bill.account))] },
    },
  });
  return rows
    .filter((row) =>
      bills.some(
        (bill) => bill.account === row.billingAccountId && bill.periodStart === row.billingPeriodStart,
      ),
    )
    .map((row) => ({
      source: row.source,
      account: row.billingAccountId,
      periodStart: row.billingPeriodStart,
    }));
}

/** Newest day of any bill of a source; undefined before the first import. */
export async function newestDay(tx: StoreTransaction, source: string): Promise<Day | undefined> {
  const { _max } = await tx.bill.aggregate({ where: { source }, _max: { lastDay: true } });
  return _max.lastDay ?? undefined;
}
