/** Applies the splits to days whose costs were just allocated: each pool is replaced by the parts of those who share it. */
import { shareAmount } from '../analysis/allocate/split.ts';
import { createPoolMatch, type PoolMatch } from '../analysis/allocate/split-pool.ts';
import { type Claim, type Recipient, recipientsOf } from '../analysis/allocate/split-recipients.ts';
import type { Day } from '../core/day.ts';
import type { PoolColumn, Settings, SplitSettings } from '../core/settings.ts';
import type { StoreTransaction } from '../store/open.ts';
import type { Pool, StoredAmount } from '../store/pool.ts';
import {
  type CostLine,
  type CostPart,
  type CostPlace,
  readDirectCosts,
  readPool,
  replacePool,
  type SharedLine,
  textsOf,
} from '../store/splits.ts';
import { sumUsage } from '../store/usage.ts';

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

/** The texts by which the store finds the pool, or undefined when no cost of these days belongs to it. */
export async function findPool(
  tx: StoreTransaction,
  match: PoolMatch,
  days: readonly Day[],
): Promise<Pool | undefined> {
  const pool = new Map<PoolColumn, string[]>();
  for (const column of match.columns) {
    const texts = (await textsOf(tx, days, column)).filter((text) => match.holds(column, text));
    if (texts.length === 0) return undefined;
    pool.set(column, texts);
  }
  return pool;
}

type Recipients = (day: Day, currency: string) => readonly Recipient[];

async function findRecipients(
  tx: StoreTransaction,
  settings: Settings,
  split: SplitSettings,
  { days, pool }: { days: readonly Day[]; pool: Pool },
): Promise<Recipients> {
  const claims = new Map<string, Claim[]>();
  const add = (key: string, claim: Claim) => {
    const of = claims.get(key);
    if (of) of.push(claim);
    else claims.set(key, [claim]);
  };
  const byCurrency = split.by.kind === 'direct-cost';
  if (split.by.kind === 'usage')
    for (const { day, ...claim } of await usageClaims(tx, split.among.dimension, split.by.metric, days))
      add(day, claim);
  else if (needsDirectCosts(split, settings))
    // Only with by: direct-cost do amounts weigh; those of several currencies are never added.
    for (const { day, currency, attos, ...claim } of await readDirectCosts(tx, {
      days,
      pool,
      among: split.among.dimension,
    }))
      add(byCurrency ? `${day} ${currency}` : day, { ...claim, weight: byCurrency ? attos : 1n });
  const found = new Map<string, readonly Recipient[]>();
  return (day, currency) => {
    const key = byCurrency ? `${day} ${currency}` : day;
    const known = found.get(key) ?? recipientsOf(split, claims.get(key) ?? [], settings);
    found.set(key, known);
    return known;
  };
}

/** Fixed recipients whose team is configured need no look at the day's costs. */
function needsDirectCosts({ by, among }: SplitSettings, { models }: Settings): boolean {
  if (by.kind === 'direct-cost' || among.names.length === 0) return true;
  return (
    among.dimension === 'model' &&
    among.names.some((name) => !models.find((model) => model.name === name)?.team)
  );
}

async function usageClaims(
  tx: StoreTransaction,
  dimension: 'team' | 'model',
  metric: Extract<SplitSettings['by'], { kind: 'usage' }>['metric'],
  days: readonly Day[],
): Promise<(Claim & { readonly day: Day })[]> {
  const sorted = [...days].sort();
  const usage = await sumUsage(tx, {
    metrics: [metric],
    start: sorted[0] ?? '',
    end: sorted.at(-1) ?? '',
    by: dimension === 'team' ? ['team', 'costCenter'] : ['model', 'team', 'costCenter'],
  });
  return usage.flatMap(({ day, quantityMicros, keys }) => {
    const name = keys[dimension];
    if (!name || quantityMicros <= 0n) return [];
    return [{ day, name, weight: quantityMicros, team: keys.team, costCenter: keys.costCenter }];
  });
}

/** A line's parts, one per recipient that gets anything. */
function partsOf(line: CostLine, recipients: readonly Recipient[], among: 'team' | 'model'): CostPart[] {
  const weights = recipients.map(({ weight }) => weight);
  const share = createShare(weights);
  const { effective, billed, list, contracted } = line.amounts;
  const shared = {
    effective: share(effective),
    billed: share(billed),
    list: share(list),
    contracted: share(contracted),
  };
  const parts = recipients.map((recipient, index): CostPart => {
    const at = (amounts: readonly StoredAmount[] | null) => amounts?.[index] ?? null;
    return {
      place: placeOf(line.place, recipient, among),
      amounts: {
        effective: at(shared.effective),
        billed: at(shared.billed),
        list: at(shared.list),
        contracted: at(shared.contracted),
      },
    };
  });
  return parts.filter(({ amounts }) => Object.values(amounts).some(isSomething));
}

/** Costs are often the same on every basis: equal amounts are shared once. */
function createShare(weights: readonly bigint[]) {
  const done = new Map<string, StoredAmount[]>();
  return (amount: StoredAmount | null): readonly StoredAmount[] | null => {
    if (amount === null) return null;
    const key = `${amount.micros}/${amount.residue}`;
    const parts = done.get(key) ?? shareAmount(amount, weights);
    done.set(key, parts);
    return parts;
  };
}

function isSomething(amount: StoredAmount | null): boolean {
  return amount !== null && (amount.micros !== 0n || amount.residue !== 0n);
}

/** A version of the pool's own model says nothing about the model that shares it; all else stays. */
function placeOf(place: CostPlace, recipient: Recipient, among: 'team' | 'model'): CostPart['place'] {
  const { name, team, costCenter = null } = recipient;
  const { model, modelVersion } = place;
  if (among === 'team') return { team: name, costCenter, model, modelVersion };
  if (team === undefined)
    return { team: place.team, costCenter: place.costCenter, model: name, modelVersion: null };
  return { team, costCenter, model: name, modelVersion: null };
}
