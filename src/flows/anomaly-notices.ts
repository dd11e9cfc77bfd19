/** Keeps the threads of anomalies up to date: what analysis, people and the clock have changed since the last round. */
import { createHash } from 'node:crypto';
import { anomaliesWithNews } from '../store/anomaly-notices.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { NoticePlace } from '../store/source-notices.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { readFacts, type ThreadFacts } from './anomaly-thread/facts.ts';
import { NEWS } from './anomaly-thread/news.ts';
import { noteTickets } from './anomaly-thread/note-tickets.ts';
import { type SyncOptions, syncThread } from './anomaly-thread/sync.ts';
import type { Context } from './context.ts';
import { placesOfTeam } from './notices.ts';

/** Per anomaly, a digest of what its thread was last made of: what has not changed is not composed again. */
const SEEN = 'anomaly threads';

/** May be called as often as one likes; resolves to how many messages it wrote. */
export async function tellAnomalies(context: Context, options: SyncOptions = {}): Promise<number> {
  const { store } = context;
  await noteTickets(context);
  const ids = await anomaliesWithNews(store, new Date(context.now() - NEWS));
  const before = new Map(Object.entries(await readSeen(context)));
  const seen: Record<string, string> = {};
  let written = 0;
  for (const id of ids) {
    const facts = await readFacts(context, id);
    if (!facts) continue;
    // Where it would be told may be named only after it was found.
    const places = facts.anomaly.notifiedAt ? await placesOfTeam(context, facts.answerable.team) : [];
    const digest = digestOf(context, facts, places);
    if (before.get(String(id)) !== digest) written += await syncThread(context, id, options);
    seen[id] = digest;
  }
  const value = JSON.stringify(seen);
  if (value !== JSON.stringify(Object.fromEntries(before)))
    await store.$transaction(async (tx) => {
      await lockForWriting(tx);
      await writeMeta(tx, SEEN, value);
    });
  return written;
}

async function readSeen({ store }: Context): Promise<Record<string, string>> {
  const value = await readMeta(store, SEEN);
  return value === undefined ? {} : (JSON.parse(value) as Record<string, string>);
}

function digestOf(
  { settings }: Context,
  { anomaly, events, answerable }: ThreadFacts,
  places: readonly NoticePlace[],
): string {
  const parts = {
    places,
    anomaly: [anomaly.updatedAt, anomaly.judgedThrough, anomaly.status, anomaly.assignee, anomaly.ticket],
    event: events.at(-1)?.id,
    answerable,
    integrations: settings.integrations,
  };
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}
