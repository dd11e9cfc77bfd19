/** Everything a thread says about an anomaly, as it is now. */
import { type Day, dayInZone } from '../../core/day.ts';
import { readAnomaly, type StoredAnomaly } from '../../store/anomalies.ts';
import { type NumberedEvent, numberedEvents } from '../../store/anomaly-notices.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { AnomalyShown } from '../../view/messages/anomaly-words.ts';
import { type Answerable, findAnswerable } from '../anomalies/answerable.ts';
import { showAnomalies } from '../anomalies/show.ts';
import type { Context } from '../context.ts';
import { actorNames } from '../standing.ts';

export interface ThreadFacts {
  readonly anomaly: StoredAnomaly;
  readonly shown: AnomalyShown;
  /** Oldest first. */
  readonly events: readonly NumberedEvent[];
  readonly answerable: Answerable;
  readonly today: Day;
  readonly timeZone: string;
  /** Name of the person who did it; undefined for Pennywatch itself. */
  readonly personOf: (actor: string) => string | undefined;
}

/** Undefined for no such anomaly. */
export async function readFacts(context: Context, id: number): Promise<ThreadFacts | undefined> {
  const { store, settings } = context;
  const anomaly = await readAnomaly(store, id);
  const [shown] = anomaly ? await showAnomalies(context, [anomaly]) : [];
  if (!anomaly || !shown) return undefined;
  const nameOf = await actorNames(store);
  return {
    anomaly,
    shown,
    events: await numberedEvents(store, id),
    answerable: await findAnswerable(store, anomaly),
    today: dayInZone(context.now(), settings.timeZone),
    timeZone: settings.timeZone,
    personOf: (actor) => (actor.startsWith('system:') ? undefined : nameOf(actor)),
  };
}

/** Whether nothing has happened to it since the facts were read. */
export async function areCurrent(tx: StoreTransaction, { anomaly, events }: ThreadFacts): Promise<boolean> {
  const now = await readAnomaly(tx, anomaly.id);
  if (!now || now.updatedAt.getTime() !== anomaly.updatedAt.getTime()) return false;
  return (await numberedEvents(tx, anomaly.id)).at(-1)?.id === events.at(-1)?.id;
}
