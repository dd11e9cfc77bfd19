/** Brings an anomaly's thread up to date: its root rewritten in place, what happened since in replies, each once. */
import { randomBytes } from 'node:crypto';
import {
  type KnownMessage,
  messagesBeginning,
  type RootMessage,
  rootKey,
  rootsOf,
} from '../../store/anomaly-notices.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { enqueue } from '../../store/outbox.ts';
import { enqueueEdit, shownView } from '../../store/outbox-edits.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Element, View } from '../../view/elements.ts';
import { anomalyId } from '../../view/messages/anomaly-words.ts';
import { type ButtonHome, type NewId, registerButtons } from '../buttons.ts';
import type { Context } from '../context.ts';
import { messageKey, placesOfTeam } from '../notices.ts';
import { noticePlaces } from '../source-notices/places.ts';
import { escalationOf } from './escalation.ts';
import { areCurrent, readFacts, type ThreadFacts } from './facts.ts';
import { outgoingOf } from './outgoing.ts';
import { NEWS, repliesTo } from './replies.ts';
import { rootChart, rootView } from './root.ts';
import { sameView } from './same-view.ts';

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
  return told && now - told.at.getTime() <= NEWS ? told.id : undefined;
}

interface Writing {
  readonly context: Context;
  readonly tx: StoreTransaction;
  readonly facts: ThreadFacts;
  readonly newId: NewId;
  readonly known: readonly KnownMessage[];
}

async function openRoot(
  { context, tx, facts, newId }: Writing,
  root: Omit<RootMessage, 'createdAt'>,
  view: View,
): Promise<number> {
  const shown = await registerButtons({ now: context.now, store: tx }, newId, view, root);
  const about = `anomaly ${anomalyId(facts.anomaly.id)}`;
  await enqueue(tx, [{ ...root, about, view: JSON.stringify(shown) }], new Date(context.now()));
  return 1;
}

/** Buttons get new ids with every edit; the old ones work on until they expire. */
async function rewrite(
  { context, tx, newId }: Writing,
  home: ButtonHome,
  key: string,
  view: View,
): Promise<number> {
  const before = await shownView(tx, key);
  if (before === undefined || sameView(JSON.parse(before) as View, view)) return 0;
  const shown = await registerButtons({ now: context.now, store: tx }, newId, view, home);
  const at = new Date(context.now());
  return (await enqueueEdit(tx, { rootKey: key, view: JSON.stringify(shown), at })) ? 1 : 0;
}

async function reply(
  writing: Writing,
  root: Omit<RootMessage, 'createdAt'>,
  opening: number,
): Promise<number> {
  const { context, tx, facts, known } = writing;
  const { messages, detail } = repliesTo(facts, root, known, { now: context.now(), opening });
  await enqueue(tx, messages, new Date(context.now()));
  return messages.length + (await rewrite(writing, root, detail.key, detail.view));
}

async function escalate(writing: Writing, places: Awaited<ReturnType<typeof noticePlaces>>): Promise<number> {
  const { context, tx, facts, newId, known } = writing;
  const roots = await messagesBeginning(tx, `anomaly:${facts.anomaly.id} `);
  const escalation = escalationOf(facts, roots, context.now());
  if (!escalation) return 0;
  let written = 0;
  for (const { key } of known.filter((one) => one.key.startsWith(`${escalation.key} `)))
    written += await rewrite(writing, homeOf(key), key, escalation.view);
  for (const place of escalation.isNew ? places : []) {
    const key = messageKey(escalation.key, place);
    if (known.some((one) => one.key === key)) continue;
    const shown = await registerButtons({ now: context.now, store: tx }, newId, escalation.view, place);
    const about = `anomaly ${anomalyId(facts.anomaly.id)}`;
    await enqueue(tx, [{ ...place, key, about, view: JSON.stringify(shown) }], new Date(context.now()));
    written += 1;
  }
  return written;
}

/** "… slack:C1" was told in Slack. */
function homeOf(key: string): ButtonHome {
  return { platform: key.split(' ').at(-1)?.split(':')[0] ?? '' };
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
