/** Applies the splits to days whose costs were just allocated: each pool is replaced by the parts of those who share it. */
import { createPoolMatch } from '../analysis/allocate/split-pool.ts';
import type { Day } from '../core/day.ts';
import type { Settings, SplitSettings } from '../core/settings.ts';
import type { StoreTransaction } from '../store/open.ts';
import { readPool, replacePool, type SharedLine } from '../store/splits.ts';
import { findPool } from './share-pools/find-pool.ts';
import { findRecipients } from './share-pools/find-recipients.ts';
import { partsOf } from './share-pools/parts-of.ts';

/**
 * Shares the pools of whole days, in the order the splits are written, in the caller's transaction. A part is
 * never shared again. Where nobody's weight is known on a day, the pool stays as it is.
 */
export async function sharePools(
  tx: StoreTransaction,
  settings: Settings,
  days: readonly Day[],
): Promise<void> {
  if (days.length === 0) return;
  for (const split of settings.splits) await sharePool(tx, settings, split, days);
}

async function sharePool(
  tx: StoreTransaction,
  settings: Settings,
  split: SplitSettings,
  days: readonly Day[],
): Promise<void> {
  const pool = await findPool(tx, createPoolMatch(split, settings), days);
  if (!pool) return;
  const among = split.among.dimension;
  const lines = await readPool(tx, { days, pool, among });
  if (lines.length === 0) return;
  const recipients = await findRecipients(tx, settings, split, { days, pool });
  const shared: SharedLine[] = [];
  const on = new Map<string, { day: Day; currency: string }>();
  for (const line of lines) {
    const { day, currency } = line.place;
    if (day === null || currency === null) continue;
    const sharing = recipients(day, currency);
    if (sharing.length === 0) continue;
    shared.push({ place: line.place, parts: partsOf(line, sharing, among) });
    on.set(`${day} ${currency}`, { day, currency });
  }
  if (on.size > 0) await replacePool(tx, { pool, on: [...on.values()], split: split.name, shared });
}
