/** What became of each turn of off-hours schedules, and since when a schedule is known. */
import type { Day } from '../core/day.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { StoreTransaction } from './open.ts';

export interface StoredTurn {
  readonly schedule: string;
  /** The working day it belongs to. */
  readonly day: Day;
  readonly turn: 'stop' | 'start';
  /** When it was due. */
  readonly at: Date;
  readonly proposalId?: number;
  /** What was left out, and why, in words. */
  readonly skipped?: string;
}

/** Newest first, those due after `since`. */
export async function listTurns(
  store: StoreTransaction,
  { schedule, since, limit }: { readonly schedule?: string; readonly since: Date; readonly limit?: number },
): Promise<StoredTurn[]> {
  const rows = await store.offHoursTurn.findMany({
    where: { at: { gte: since }, ...(schedule !== undefined && { schedule }) },
    orderBy: [{ at: 'desc' }, { schedule: 'asc' }],
    ...(limit !== undefined && { take: limit }),
  });
  return rows.map(({ proposalId, skipped, turn, ...row }) => ({
    ...row,
    turn: turn === 'start' ? 'start' : 'stop',
    ...(proposalId !== null && { proposalId }),
    ...(skipped !== null && { skipped }),
  }));
}

/** False when it was settled before. In a transaction that holds the write lock. */
export async function addTurn(tx: StoreTransaction, turn: StoredTurn): Promise<boolean> {
  const { schedule, day } = turn;
  const where = { schedule_day_turn: { schedule, day, turn: turn.turn } };
  if (await tx.offHoursTurn.findUnique({ where, select: { day: true } })) return false;
  await tx.offHoursTurn.create({ data: turn });
  return true;
}

/** A schedule as it is written, and since when it is: turns before that are not its own. */
interface KnownSchedule {
  readonly terms: string;
  readonly since: number;
}

const keyOf = (schedule: string) => `off-hours ${schedule}`;

/** Milliseconds since the epoch; undefined where these terms are new. */
export async function scheduleSince(
  store: StoreTransaction,
  schedule: string,
  terms: string,
): Promise<number | undefined> {
  const value = await readMeta(store, keyOf(schedule));
  if (value === undefined) return undefined;
  const known = JSON.parse(value) as KnownSchedule;
  return known.terms === terms ? known.since : undefined;
}

export async function rememberSchedule(
  tx: StoreTransaction,
  schedule: string,
  known: KnownSchedule,
): Promise<void> {
  await writeMeta(tx, keyOf(schedule), JSON.stringify(known));
}
