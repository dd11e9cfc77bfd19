/** Brings an anomaly's thread up to date: its root rewritten in place, what happened since in replies, each once. */
import { randomBytes } from 'node:crypto';
import { messagesBeginning, type RootMessage, rootKey, rootsOf } from '../../store/anomaly-notices.ts';
import { enqueue } from '../../store/outbox.ts';
import { shownView } from '../../store/outbox-edits.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Element, View } from '../../view/elements.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { placesOfTeam } from '../notices.ts';
import { noticePlaces } from '../source-notices/places.ts';
import { areCurrent, readFacts, type ThreadFacts } from './facts.ts';
import { isNews } from './news.ts';
import { outgoingOf } from './outgoing.ts';
import { rootChart, rootView } from './root.ts';
import { escalate, openRoot, reply, rewrite, type Writing } from './write.ts';

export interface SyncOptions {
  readonly newId?: NewId;
  /** The figures are as they were: the picture stays. For answers that somebody waits for. */
  readonly keepChart?: boolean;
}

/** Somebody may decide while the thread is being composed: then it is composed again. */
const ATTEMPTS = 3;

/**
 * May be called as often as one likes, by several at once: what is told is not told again, and what has not changed is
 * not rewritten. Resolves to how many messages it wrote into the outbox.
 */
export async function syncThread(context: Context, id: number, options: SyncOptions = {}): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const facts = await readFacts(context, id);
    const written = facts ? await sync(context, facts, options) : 0;
    if (written !== undefined) return written;
  }
  return 0;
}

/**
 * The same for something that is decided and written: that its message cannot be rewritten now is for the log, and the
 * next round does it.
 */
export async function syncQuietly(context: Context, id: number): Promise<void> {
  try {
    await syncThread(context, id, { keepChart: true });
  } catch (error) {
    context.log.error(
      { err: error, anomaly: id },
      'the thread of an anomaly could not be brought up to date',
    );
  }
}

async function sync(context: Context, facts: ThreadFacts, options: SyncOptions): Promise<number | undefined> {
  const { store, settings } = context;
  const { anomaly } = facts;
  const roots = await rootsOf(store, anomaly.id);
  const opening = openingOf(facts, context.now());
  const places = opening === undefined ? [] : await placesOfTeam(context, facts.answerable.team);
  const fresh = places
    .filter((place) => !roots.some(({ key }) => key === rootKey(anomaly.id, place)))
    .map((place) => ({ ...place, key: rootKey(anomaly.id, place) }));
  const silent = roots.length + fresh.length === 0;
  const chart = silent ? undefined : await chartOf(context, facts, roots, options);
  const upPlaces = anomaly.escalatedAt && !facts.answerable.backup ? await noticePlaces(context) : [];
  return store.$transaction(async (tx) => {
    await lockForWriting(tx);
    if (!(await areCurrent(tx, facts))) return undefined;
    const writing: Writing = {
      context,
      tx,
      facts,
      newId: options.newId ?? randomId,
      known: await messagesBeginning(tx, `anomaly:${anomaly.id}:`),
    };
    const view = rootView(facts, chart);
    let written = 0;
    for (const root of fresh) written += await openRoot(writing, root, view);
    for (const root of roots) written += await rewrite(writing, root, root.key, view);
    for (const root of [...roots, ...fresh]) written += await reply(writing, root, opening ?? 0);
    written += await escalate(writing, upPlaces);
    const outgoing = outgoingOf(facts, settings.integrations, writing.known, context.now());
    await enqueue(tx, outgoing, new Date(context.now()));
    return written + outgoing.length;
  });
}

/** The event a thread is opened with: the newest that people are to be told of, unless it is over or old. */
function openingOf({ anomaly, events }: ThreadFacts, now: number): number | undefined {
  if (anomaly.status === 'resolved') return undefined;
  const told = events.findLast(({ kind }) => kind === 'told');
  return told && isNews(told, now) ? told.id : undefined;
}

async function chartOf(
  context: Context,
  facts: ThreadFacts,
  roots: readonly RootMessage[],
  { keepChart = false }: SyncOptions,
): Promise<Element | undefined> {
  const [root] = roots;
  const before = keepChart && root ? await shownView(context.store, root.key) : undefined;
  if (before === undefined) return rootChart(context, facts);
  return (JSON.parse(before) as View).elements.find(({ kind }) => kind === 'chart');
}

function randomId(): string {
  return randomBytes(15).toString('base64url');
}
