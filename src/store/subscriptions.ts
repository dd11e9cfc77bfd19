/** Who gets which report where, and which teams' own weekly reports people have switched off. */
import { readMeta, writeMeta } from './meta.ts';
import type { StoreTransaction } from './open.ts';

export const FREQUENCIES = ['weekly', 'daily'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export interface Subscription {
  readonly id: number;
  readonly platform: string;
  readonly workspace?: string;
  /** Channel id, or the person's id for a direct message. */
  readonly target: string;
  readonly kind: 'channel' | 'person';
  /** Scope as text, e.g. "team:search". */
  readonly scope: string;
  readonly frequency: Frequency;
  readonly timeZone?: string;
  /** As `actorKey` writes it. */
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** Every subscription, oldest first. A frequency that no version of ours writes is left out. */
export async function listSubscriptions(store: StoreTransaction): Promise<Subscription[]> {
  const rows = await store.subscription.findMany({ orderBy: { id: 'asc' } });
  return rows.flatMap(({ workspace, kind, frequency, timeZone, ...row }): Subscription[] => {
    const known = FREQUENCIES.find((one) => one === frequency);
    if (!known) return [];
    return [
      {
        ...row,
        kind: kind === 'person' ? 'person' : 'channel',
        frequency: known,
        ...(workspace !== null && { workspace }),
        ...(timeZone !== null && { timeZone }),
      },
    ];
  });
}

/** Adds a subscription; the same one again is the one that is there. */
export async function saveSubscription(
  tx: StoreTransaction,
  subscription: Omit<Subscription, 'id'>,
): Promise<Subscription> {
  const { platform, target, scope, frequency, workspace, timeZone } = subscription;
  const { id } = await tx.subscription.upsert({
    where: { platform_target_scope_frequency: { platform, target, scope, frequency } },
    create: { ...subscription, workspace: workspace ?? null, timeZone: timeZone ?? null },
    update: {},
  });
  return { id, ...subscription };
}

/** Removes a subscription; one that is gone already stays gone. */
export async function removeSubscription(tx: StoreTransaction, id: number): Promise<void> {
  await tx.subscription.deleteMany({ where: { id } });
}

/** Whether people have switched off the weekly report that the team's own channel on a platform gets without subscribing. */
export async function weeklyReportIsOff(
  store: StoreTransaction,
  team: string,
  platform: string,
): Promise<boolean> {
  return (await readMeta(store, offKey(team, platform))) === 'off';
}

/** Switches the weekly report to the team's own channel off or on again. */
export async function switchWeeklyReport(
  tx: StoreTransaction,
  { team, platform }: { readonly team: string; readonly platform: string },
  state: 'on' | 'off',
): Promise<void> {
  await writeMeta(tx, offKey(team, platform), state);
}

/** Slack's is the oldest: it was the only one. */
function offKey(team: string, platform: string): string {
  return platform === 'slack' ? `report.weekly:${team}` : `report.weekly.${platform}:${team}`;
}
