/** Reads what each team's or model's share goes by: direct costs of the days, or their usage. */
import { type Claim, type Recipient, recipientsOf } from '../../analysis/allocate/split-recipients.ts';
import type { Day } from '../../core/day.ts';
import type { Settings, SplitSettings } from '../../core/settings.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { Pool } from '../../store/pool.ts';
import { readDirectCosts } from '../../store/splits.ts';
import { sumUsage } from '../../store/usage.ts';

/** Who shares the pool of a day and currency; empty when no weight is known. */
export type Recipients = (day: Day, currency: string) => readonly Recipient[];

export async function findRecipients(
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
