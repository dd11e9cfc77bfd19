/** Which failures of live sources were told in chat, where, and what was known then. */
import type { Day } from '../core/day.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { Store, StoreTransaction } from './open.ts';

/** A channel, or a person's id for a direct message. */
export interface NoticePlace {
  readonly platform: string;
  readonly workspace?: string;
  readonly channel: string;
}

export interface NoticeState {
  readonly name: string;
  readonly failures: number;
  readonly failingSince?: Date;
  readonly error?: string;
  readonly hint?: string;
  readonly nextAttemptAt?: Date;
  readonly lastStartedAt?: Date;
  readonly toldAt?: Date;
  readonly watermark?: Day;
}

/** Sources whose failure is or was worth telling: they fail, or their failure was told. */
export async function noticeStates(store: StoreTransaction): Promise<NoticeState[]> {
  const rows = await store.sourceState.findMany({
    where: { OR: [{ failures: { gt: 0 } }, { NOT: { toldAt: null } }] },
    orderBy: { name: 'asc' },
  });
  const sources = await store.source.findMany({ where: { name: { in: rows.map(({ name }) => name) } } });
  const watermarks = new Map(sources.map(({ name, watermark }) => [name, watermark]));
  return rows.map(({ name, failures, failingSince, error, hint, nextAttemptAt, lastStartedAt, toldAt }) => ({
    name,
    failures,
    ...(failingSince && { failingSince }),
    ...(error !== null && { error }),
    ...(hint !== null && { hint }),
    ...(nextAttemptAt && { nextAttemptAt }),
    ...(lastStartedAt && { lastStartedAt }),
    ...(toldAt && { toldAt }),
    ...watermarkOf(watermarks.get(name)),
  }));
}

function watermarkOf(watermark: string | null | undefined): { readonly watermark?: Day } {
  return watermark ? { watermark } : {};
}

export interface Told {
  /** The last complete day when the failure was told. */
  readonly watermark?: Day;
  readonly places: readonly NoticePlace[];
}

const keyOf = (name: string) => `source told ${name}`;

/** Marks a failure as told unless it is, or is over by now; in a transaction that holds the write lock. */
export async function markTold(
  tx: StoreTransaction,
  name: string,
  { at, told }: { readonly at: Date; readonly told: Told },
): Promise<boolean> {
  const { count } = await tx.sourceState.updateMany({
    where: { name, toldAt: null, failures: { gt: 0 } },
    data: { toldAt: at },
  });
  if (count > 0) await writeMeta(tx, keyOf(name), JSON.stringify(told));
  return count > 0;
}

/** Forgets that a failure was told unless another process did, or it fails again. */
export async function clearTold(tx: StoreTransaction, name: string): Promise<boolean> {
  const { count } = await tx.sourceState.updateMany({
    where: { name, failures: 0, NOT: { toldAt: null } },
    data: { toldAt: null },
  });
  return count > 0;
}

/** Where a failure was told, and what was known then. */
export async function readTold(store: StoreTransaction, name: string): Promise<Told> {
  const value = await readMeta(store, keyOf(name));
  return value === undefined ? { places: [] } : (JSON.parse(value) as Told);
}

/** Which of these messages were written before, sent or not. */
export async function queuedBefore(store: StoreTransaction, keys: readonly string[]): Promise<Set<string>> {
  const rows = await store.outboxMessage.findMany({
    where: { key: { in: [...keys] } },
    select: { key: true },
  });
  return new Set(rows.map(({ key }) => key));
}

export interface CarriedCost {
  /** null is nobody's. */
  readonly team: string | null;
  readonly currency: string;
  /** Whether it came through the source. */
  readonly own: boolean;
  readonly micros: bigint;
}

/** All cost since `since` per team and currency, what came through the source apart. */
export async function costCarried(store: Store, source: string, since: Day): Promise<CarriedCost[]> {
  const rows = await store.$queryRawUnsafe<
    { team: string | null; currency: string; own: number | bigint; micros: string }[]
  >(
    `SELECT "team" AS team, "currency" AS currency, "source" = ? AS own,
       CAST(SUM(COALESCE("effectiveMicros", "billedMicros", 0)) AS TEXT) AS micros
     FROM "DailyCost" WHERE "day" >= ? GROUP BY 1, 2, 3`,
    source,
    since,
  );
  return rows.map(({ own, micros, ...row }) => ({ ...row, own: Number(own) === 1, micros: BigInt(micros) }));
}
