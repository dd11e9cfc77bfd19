/** What threads of anomalies are made of: which anomalies have news, their events, and the messages there are. */
import { ANOMALY_EVENTS, type AnomalyEventKind } from './anomaly-events.ts';
import type { Store, StoreTransaction } from './open.ts';

/** An event with the number that names it for good. */
export interface NumberedEvent {
  readonly id: number;
  readonly at: Date;
  /** As `actorKey` writes it. */
  readonly actor: string;
  readonly kind: AnomalyEventKind;
  /** In words. */
  readonly note?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** All events of an anomaly, oldest first. */
export async function numberedEvents(tx: StoreTransaction, anomalyId: number): Promise<NumberedEvent[]> {
  const rows = await tx.anomalyEvent.findMany({ where: { anomalyId }, orderBy: { id: 'asc' } });
  return rows.flatMap(({ id, at, actor, kind, note, data }) => {
    const known = ANOMALY_EVENTS.find((one) => one === kind);
    if (!known) return [];
    return [
      {
        id,
        at,
        actor,
        kind: known,
        ...(note !== null && { note }),
        ...(data !== null && { data: JSON.parse(data) as Record<string, unknown> }),
      },
    ];
  });
}

/** Anomalies to look at: with events since then, or not over although somebody was told of them. In order. */
export async function anomaliesWithNews(store: Store, since: Date): Promise<number[]> {
  const rows = await store.anomaly.findMany({
    where: {
      OR: [
        { events: { some: { at: { gte: since } } } },
        { notifications: { gt: 0 }, status: { not: 'resolved' } },
      ],
    },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export interface RootMessage {
  readonly key: string;
  readonly platform: string;
  readonly workspace?: string;
  readonly channel: string;
  readonly createdAt: Date;
}

/** The key of an anomaly's root message in one place. */
export function rootKey(
  anomalyId: number,
  place: { readonly platform: string; readonly channel: string },
): string {
  return `anomaly:${anomalyId} ${place.platform}:${place.channel}`;
}

/** The messages whose threads tell of an anomaly; those that could never be posted are none. */
export async function rootsOf(tx: StoreTransaction, anomalyId: number): Promise<RootMessage[]> {
  const rows = await tx.outboxMessage.findMany({
    where: { key: { startsWith: `anomaly:${anomalyId} ` }, status: { not: 'given-up' } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ key, platform, workspace, channel, createdAt }) => ({
    key,
    platform,
    ...(workspace !== null && { workspace }),
    channel,
    createdAt,
  }));
}

export interface KnownMessage {
  readonly key: string;
  readonly status: string;
  readonly threadKey?: string;
  /** JSON: where it is. */
  readonly ref?: string;
}

/** Messages whose keys begin so, oldest first, with where the message is once it is sent, and what became of it. */
export async function messagesBeginning(tx: StoreTransaction, start: string): Promise<KnownMessage[]> {
  const rows = await tx.outboxMessage.findMany({
    where: { key: { startsWith: start } },
    orderBy: { id: 'asc' },
    select: { key: true, status: true, ref: true, threadKey: true },
  });
  return rows.map(({ key, status, ref, threadKey }) => ({
    key,
    status,
    ...(ref !== null && { ref }),
    ...(threadKey !== null && { threadKey }),
  }));
}
