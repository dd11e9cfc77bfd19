/** Tells in chat, once each, that a live source fails for good, that it is back, and that estimates drift from bills. */
import { dayInZone } from '../core/day.ts';
import { enqueue } from '../store/outbox.ts';
import {
  clearTold,
  markTold,
  type NoticeState,
  noticeStates,
  queuedBefore,
  readTold,
} from '../store/source-notices.ts';
import { lockForWriting } from '../store/write-lock.ts';
import {
  composeDriftNotice,
  composeSourceBack,
  composeSourceFailing,
} from '../view/messages/source-notices.ts';
import { isLive } from './answer/stale.ts';
import type { NewId } from './buttons.ts';
import type { Context } from './context.ts';
import { findDrift } from './estimates.ts';
import { messageKey, toMessages } from './notices.ts';
import { FAILURES_UNTIL_STALE } from './poll/next-attempt.ts';
import { findAffected } from './source-notices/affected.ts';
import { noticePlaces } from './source-notices/places.ts';

export interface NoticeOptions {
  /** Makes the buttons' ids; without it the messages have no buttons. */
  readonly newId?: NewId;
}

/**
 * Writes what is new into the outbox: to the channels that get the organisation's report, else to the admins
 * themselves, else only into the log. May be called as often as one likes; resolves to how many messages it wrote.
 */
export async function tellSourceNotices(context: Context, { newId }: NoticeOptions = {}): Promise<number> {
  let written = 0;
  for (const state of await noticeStates(context.store)) {
    if (isToTell(context, state)) written += await tellFailing(context, state, newId);
    else if (state.toldAt && state.failures === 0) written += await tellBack(context, state, newId);
  }
  return written + (await tellDrift(context, newId));
}

function isToTell(context: Context, { name, failures, toldAt, lastStartedAt }: NoticeState): boolean {
  if (toldAt || failures < FAILURES_UNTIL_STALE) return false;
  const { now, settings } = context;
  const at = { now: now(), today: dayInZone(now(), settings.timeZone), settings };
  return isLive({ name, polling: { failures, ...(lastStartedAt && { lastStartedAt }) } }, at);
}

async function tellFailing(context: Context, state: NoticeState, newId: NewId | undefined): Promise<number> {
  const { store, settings, log } = context;
  const { name, watermark, failingSince } = state;
  const places = await noticePlaces(context);
  const today = dayInZone(context.now(), settings.timeZone);
  const affected = await findAffected(context, name, today);
  const view = composeSourceFailing({ ...state, affected, today, timeZone: settings.timeZone });
  const at = new Date(context.now());
  const messages = await toMessages(context, newId, {
    places,
    view,
    key: `source-failing:${name}:${(failingSince ?? at).toISOString()}`,
    about: `${name} fails`,
  });
  const told = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    if (!(await markTold(tx, name, { at, told: { ...(watermark && { watermark }), places } }))) return false;
    await enqueue(tx, messages, at);
    return true;
  });
  if (!told) return 0;
  if (messages.length === 0)
    log.warn({ source: name, error: state.error }, 'a source fails, and nobody in chat is to be told');
  return messages.length;
}

async function tellBack(context: Context, state: NoticeState, newId: NewId | undefined): Promise<number> {
  const { store, settings } = context;
  const { name, watermark, toldAt } = state;
  const { watermark: before, places } = await readTold(store, name);
  const today = dayInZone(context.now(), settings.timeZone);
  const at = new Date(context.now());
  const messages = await toMessages(context, newId, {
    places,
    view: composeSourceBack({ name, today, ...(watermark && { watermark }), ...(before && { before }) }),
    key: `source-back:${name}:${(toldAt ?? at).toISOString()}`,
    about: `${name} is back`,
  });
  return store.$transaction(async (tx) => {
    await lockForWriting(tx);
    if (!(await clearTold(tx, name))) return 0;
    await enqueue(tx, messages, at);
    return messages.length;
  });
}

/** Once per source, model and month. */
async function tellDrift(context: Context, newId: NewId | undefined): Promise<number> {
  const drifts = await findDrift(context);
  if (drifts.length === 0) return 0;
  const { store, settings } = context;
  const month = dayInZone(context.now(), settings.timeZone).slice(0, 7);
  const places = await noticePlaces(context);
  let written = 0;
  for (const drift of drifts) {
    const key = `estimate-drift:${drift.source}:${drift.llmModel}:${month}`;
    const keys = places.map((place) => messageKey(key, place));
    const before = await queuedBefore(store, keys);
    const rest = places.filter((place) => !before.has(messageKey(key, place)));
    const view = composeDriftNotice(drift);
    const about = `estimates of ${drift.llmModel}`;
    const messages = await toMessages(context, newId, { places: rest, view, key, about });
    if (messages.length === 0) continue;
    await store.$transaction(async (tx) => {
      await lockForWriting(tx);
      await enqueue(tx, messages, new Date(context.now()));
    });
    written += messages.length;
  }
  return written;
}
