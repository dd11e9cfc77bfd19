/** What happened to anomalies, in order. */
import type { Store, StoreTransaction } from './open.ts';

export const ANOMALY_EVENTS = [
  ...(['opened', 'worsened', 'improved', 'acknowledged', 'snoozed', 'woken', 'expected'] as const),
  ...([
    'feedback',
    'resolved',
    'reopened',
    'corrected',
    'no-data',
    'known-again',
    'told',
    'escalated',
  ] as const),
  /** Given to somebody, a ticket was made, something was proposed or done about it (the note says it). */
  ...(['reassigned', 'ticket', 'proposal'] as const),
] as const;
export type AnomalyEventKind = (typeof ANOMALY_EVENTS)[number];

export interface AnomalyEvent {
  readonly anomalyId: number;
  readonly at: Date;
  /** As `actorKey` writes it. */
  readonly actor: string;
  readonly kind: AnomalyEventKind;
  /** In words. */
  readonly note?: string;
  /** Plain data; money as decimal texts. */
  readonly data?: unknown;
}

export async function appendAnomalyEvents(
  tx: StoreTransaction,
  events: readonly AnomalyEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.anomalyEvent.createMany({
    data: events.map(({ data, note, ...event }) => ({
      ...event,
      note: note ?? null,
      data: data === undefined ? null : JSON.stringify(data),
    })),
  });
}

/** Events of one anomaly, or of several, oldest first. */
export async function listAnomalyEvents(
  store: Store | StoreTransaction,
  anomaly: number | readonly number[],
): Promise<AnomalyEvent[]> {
  const ids = typeof anomaly === 'number' ? [anomaly] : [...anomaly];
  const rows = await store.anomalyEvent.findMany({
    where: { anomalyId: { in: ids } },
    orderBy: { id: 'asc' },
  });
  return rows.flatMap(({ anomalyId, at, actor, kind, note, data }) => {
    const known = ANOMALY_EVENTS.find((one) => one === kind);
    if (!known) return [];
    const event = { anomalyId, at, actor, kind: known };
    return [{ ...event, ...(note !== null && { note }), ...(data !== null && { data: JSON.parse(data) }) }];
  });
}
