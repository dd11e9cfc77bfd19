/** Puts an anomaly's messages into the outbox, in a transaction: new roots, rewritten ones, replies, escalations. */
import { type KnownMessage, messagesBeginning, type RootMessage } from '../../store/anomaly-notices.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { enqueue } from '../../store/outbox.ts';
import { enqueueEdit, shownView } from '../../store/outbox-edits.ts';
import type { NoticePlace } from '../../store/source-notices.ts';
import type { View } from '../../view/elements.ts';
import { anomalyId } from '../../view/messages/anomaly-words.ts';
import { withTypedCommands } from '../../view/typed-commands.ts';
import { type ButtonHome, type NewId, registerButtons } from '../buttons.ts';
import type { Context } from '../context.ts';
import { messageKey } from '../notices.ts';
import { escalationOf } from './escalation.ts';
import type { ThreadFacts } from './facts.ts';
import { repliesTo } from './replies.ts';
import { sameView } from './same-view.ts';
import { threadAddress } from './thread-address.ts';

/** All resolve to how many messages they wrote. */
export interface Writing {
  readonly context: Context;
  readonly tx: StoreTransaction;
  readonly facts: ThreadFacts;
  readonly newId: NewId;
  readonly known: readonly KnownMessage[];
}

export async function openRoot(
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
export async function rewrite(
  { context, tx, newId }: Writing,
  home: ButtonHome,
  key: string,
  view: View,
): Promise<number> {
  const before = await shownView(tx, key);
  if (before === undefined || sameView(JSON.parse(before) as View, withTypedCommands(view, home))) return 0;
  const shown = await registerButtons({ now: context.now, store: tx }, newId, view, home);
  const at = new Date(context.now());
  return (await enqueueEdit(tx, { rootKey: key, view: JSON.stringify(shown), at })) ? 1 : 0;
}

export async function reply(
  writing: Writing,
  root: Omit<RootMessage, 'createdAt'>,
  opening: number,
): Promise<number> {
  const { context, tx, facts, known } = writing;
  const { messages, detail } = repliesTo(facts, root, known, { now: context.now(), opening });
  await enqueue(tx, messages, new Date(context.now()));
  return messages.length + (await rewrite(writing, root, detail.key, detail.view));
}

export async function escalate(writing: Writing, places: readonly NoticePlace[]): Promise<number> {
  const { context, tx, facts, newId, known } = writing;
  const roots = await messagesBeginning(tx, `anomaly:${facts.anomaly.id} `);
  const escalation = escalationOf(facts, context.now());
  if (!escalation) return 0;
  const viewIn = async ({ platform }: ButtonHome) =>
    escalation.view(await threadAddress(tx, roots, platform));
  let written = 0;
  for (const { key } of known.filter((one) => one.key.startsWith(`${escalation.key} `)))
    written += await rewrite(writing, homeOf(key), key, await viewIn(homeOf(key)));
  for (const place of escalation.isNew ? places : []) {
    const key = messageKey(escalation.key, place);
    if (known.some((one) => one.key === key)) continue;
    const shown = await registerButtons({ now: context.now, store: tx }, newId, await viewIn(place), place);
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
