/** Rewriting posted messages: one edit waits per message, the newest view wins, what was removed is let go. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { createOutbox, createPoster, type Deliverer } from '../../src/flows/post-outbox.ts';
import { countMessages, enqueue, forgetMessages, troubledMessages } from '../../src/store/outbox.ts';
import { enqueueEdit, shownView } from '../../src/store/outbox-edits.ts';
import { type Span, text, type View } from '../../src/view/elements.ts';
import { openTempStore, rememberingLog, type TempStore } from '../temp-store.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ROOT = 'anomaly:1 slack:C1';
let bench: TempStore;
let now: number;
let posted: string[];
let edits: string[];
let troubles: AppError[];
/** Runs while an edit is under way. */
let meanwhile: (() => Promise<unknown>) | undefined;
beforeEach(async () => {
  bench = await openTempStore();
  now = Date.parse('2026-11-16T09:00:00Z');
  [posted, edits, troubles, meanwhile] = [[], [], [], undefined];
});
afterEach(() => bench.close());

const slack: Deliverer = {
  async deliver(target, view) {
    posted.push(wordsOf(view));
    return { platform: 'slack', channel: target.channel, id: `ts-${posted.length}` };
  },
  async update(ref, view) {
    const trouble = troubles.shift();
    if (trouble) throw trouble;
    edits.push(`${ref.id} ${wordsOf(view)}`);
    const work = meanwhile;
    meanwhile = undefined;
    await work?.();
  },
};

function wordsOf({ elements: [first] }: View): string {
  const spans: readonly Span[] = first?.kind === 'text' ? first.spans : [];
  return spans.map((span) => (span.kind === 'text' ? span.text : '')).join('');
}

const view = (words: string) => JSON.stringify({ elements: [{ kind: 'text', spans: [text(words)] }] });
const edit = (words: string, rootKey = ROOT) =>
  bench.store.$transaction((tx) => enqueueEdit(tx, { rootKey, view: view(words), at: new Date(now) }));
const add = (key = ROOT) =>
  bench.store.$transaction((tx) =>
    enqueue(tx, [{ key, about: 'x', platform: 'slack', channel: 'C1', view: view('first') }], new Date(now)),
  );
const post = () =>
  createPoster({
    outbox: createOutbox(bench.store),
    platforms: { slack },
    now: () => now,
    log: rememberingLog(),
  }).post();

it('a message that was not tried yet is posted with the newest view, and is not rewritten', async () => {
  await add();
  expect(await edit('second')).toBe(true);
  expect(await shownView(bench.store, ROOT)).toBe(view('second'));
  await post();
  expect([posted, edits]).toEqual([['second'], []]);
});

it('many edits become one, with the newest view, where the message is', async () => {
  await add();
  await post();
  for (const words of ['a', 'b', 'c']) await edit(words);
  expect(await bench.store.outboxMessage.count()).toBe(2);
  expect(await post()).toEqual({ sent: 1, failed: 0 });
  expect(edits).toEqual(['ts-1 c']);
  await edit('d');
  await post();
  await post();
  expect(edits).toEqual(['ts-1 c', 'ts-1 d']);
  expect(await countMessages(bench.store)).toEqual({ waiting: 0, sent: 2, givenUp: 0 });
});

it('an edit asked for while the last one is being sent is sent after it', async () => {
  await add();
  await post();
  await edit('a');
  meanwhile = () => edit('b');
  await post();
  expect(edits).toEqual(['ts-1 a', 'ts-1 b']);
  expect(await bench.store.outboxMessage.count({ where: { status: 'sent' } })).toBe(2);
});

it('a refused edit is tried again with what is newest by then', async () => {
  await add();
  await post();
  troubles.push(new AppError('UPSTREAM', 'Slack is down.', { uncertain: true }));
  await edit('a');
  await post();
  await post();
  expect(edits).toEqual([]);
  now += MINUTE;
  await edit('b');
  await post();
  expect(edits).toEqual(['ts-1 b']);
});

it('waits until its message is sent, and ends with one that cannot be', async () => {
  await bench.store.$transaction((tx) =>
    enqueue(
      tx,
      [{ key: ROOT, about: 'x', platform: 'slack', channel: 'C1', view: view('first') }],
      new Date(now),
    ),
  );
  await bench.store.outboxMessage.update({ where: { key: ROOT }, data: { status: 'uncertain' } });
  await edit('later');
  await bench.store.outboxMessage.update({
    where: { key: ROOT },
    data: { nextAttemptAt: new Date(now + MINUTE) },
  });
  expect(await post()).toEqual({ sent: 0, failed: 0 });
  now += MINUTE;
  expect(await post()).toEqual({ sent: 2, failed: 0 });
  expect([posted, edits]).toEqual([['first'], ['ts-1 later']]);
  await bench.store.outboxMessage.updateMany({ data: { status: 'given-up' } });
  expect(await edit('never')).toBe(false);
  expect(await edit('nor this', 'nothing')).toBe(false);
});

it('a message that somebody removed is let go, without a word to anybody', async () => {
  await add();
  await post();
  troubles.push(new AppError('NOT_FOUND', 'That message is not in Slack any more.'));
  await edit('a');
  await post();
  expect(await edit('b')).toBe(false);
  now += DAY;
  await post();
  expect(edits).toEqual([]);
  expect(await troubledMessages(bench.store, new Date(0))).toEqual([]);
});

it('messages that are still rewritten are kept when others are forgotten', async () => {
  await add();
  await add('report slack:C1');
  await post();
  const forget = () => forgetMessages(bench.store, new Date(now - 90 * DAY));
  now += 91 * DAY;
  await forget();
  expect((await bench.store.outboxMessage.findMany()).map(({ key }) => key)).toEqual([ROOT]);
  await edit('still going on');
  await post();
  now += 130 * DAY;
  await forget();
  expect(await bench.store.outboxMessage.count()).toBe(2);
  now += 90 * DAY;
  await forget();
  expect(await bench.store.outboxMessage.count()).toBe(0);
});
