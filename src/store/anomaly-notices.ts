/** Events of anomalies that people are told of, with what they need to be told once. */
import type { Store } from './open.ts';

export const TOLD_EVENTS = ['told', 'escalated', 'corrected'] as const;

export interface EventToTell {
  /** Names the event for good. */
  readonly id: number;
  readonly anomalyId: number;
  readonly at: Date;
  readonly kind: (typeof TOLD_EVENTS)[number];
  /** Of `told`: why. */
  readonly note?: string;
}

/** Oldest first. */
export async function eventsToTell(store: Store, since: Date): Promise<EventToTell[]> {
  const rows = await store.anomalyEvent.findMany({
    where: { kind: { in: [...TOLD_EVENTS] }, at: { gte: since } },
    orderBy: { id: 'asc' },
    select: { id: true, anomalyId: true, at: true, kind: true, note: true },
  });
  return rows.flatMap(({ kind, note, ...row }) => {
    const known = TOLD_EVENTS.find((one) => one === kind);
    return known ? [{ ...row, kind: known, ...(note !== null && { note }) }] : [];
  });
}
