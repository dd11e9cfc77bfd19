/** One life of a process: people propose and approve, it carries out; what a life before it left behind it goes on with. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../../src/core/actor.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Context } from '../../../src/flows/context.ts';
import { actionsDue, carryOut } from '../../../src/flows/proposals/carry-out.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { draftProposal } from '../../../src/flows/proposals/draft.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { undoProposal } from '../../../src/flows/proposals/undo.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { listProposals, type StoredProposal } from '../../../src/store/proposals.ts';
import { createActionParts } from '../../../src/threads/action-parts.ts';
import { settingsFor } from './organisation.ts';
import type { Order, Place, StorePoint, Task, Word } from './words.ts';

const mira: Actor = { kind: 'person', platform: 'slack', id: 'UMIRA' };
const jon: Actor = { kind: 'person', platform: 'slack', id: 'UJON' };
/** Multiplies what the engine waits for a provider, which is never less than a few milliseconds. */
const PACE = 0.003;
const SHORTEST = 12;
/** Rounds in which nothing became of a proposal. */
const MOST_ROUNDS = 400;
const OVER = ['done', 'partly', 'failed'];
const newId = () => randomUUID();

const place: Place = JSON.parse(process.argv[2] ?? '');
let dies: { readonly point: StorePoint; seen: number } | undefined;
const store = mortal(await openStore(place.db, { migrate: false, busy: 'retry' }));
const now = () => Date.now() + place.offset;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const variables = { AWS_ENDPOINT_URL: place.cloud, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const parts = createActionParts(
  { now, log, variables },
  {
    pace: PACE,
    wait: (milliseconds) => sleep(SHORTEST + milliseconds * PACE),
  },
);
const context: Context = { store, settings: settingsFor(place.models), now, log, acting: parts };

const orders: Order[] = [];
// Ctrl-C reaches it too; only the one who kills ends it.
process.on('SIGINT', () => undefined);
process.on('message', (order: Order) => orders.push(order));
say({ said: 'ready' });
let first = true;
for (;;) {
  const order = await nextOrder();
  if (order.do !== 'live') throw new Error('a task comes first');
  try {
    if (first) await pressAgain(order.task);
    first = false;
    await live(order.task);
    say({ said: 'over' });
  } catch (error) {
    say({ said: 'wrong', why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

async function live(task: Task): Promise<void> {
  let held = false;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (await actionsDue(context)) await carryOut(context, parts, { newId });
    const { stop, undo, draft } = await find(task);
    const newest = undo ?? stop;
    if (!stop) await propose(task, draft);
    else if (stop.status === 'waiting')
      await decideProposal(context, jon, { id: stop.id, verdict: 'approve' }, { newId });
    else if (newest && !OVER.includes(newest.status)) await sleep(5);
    else if (newest && isUnclear(newest)) {
      if (!held) await holdUp();
      held = true;
      await sleep(20);
    } else if (wantsUndo(task, stop, undo)) {
      await undoProposal(context, parts, mira, stop.id, { newId });
      held = false;
    } else {
      // As every minute: nothing more may happen.
      await carryOut(context, parts, { newId });
      return;
    }
  }
  throw new Error(`${task.model} does not come to an end`);
}

function wantsUndo({ undo }: Task, stop: StoredProposal, made: StoredProposal | undefined): boolean {
  return undo && !made && stop.undoUntil !== undefined && stop.status !== 'failed';
}

function isUnclear({ items }: StoredProposal): boolean {
  return items.some(({ state }) => state === 'unclear');
}

async function propose({ model, leftOut, draftAnew }: Task, left: StoredProposal | undefined): Promise<void> {
  const scope = { kind: 'model', name: model } as const;
  const draft =
    left && !draftAnew ? left : await draftProposal(context, parts, mira, { kind: 'scope', scope });
  const cannot = draft.items.find(({ state }) => state === 'refused');
  if (cannot) throw new Error(`${cannot.name} was refused: ${cannot.said}`);
  const items = draft.items.filter((_, index) => index !== leftOut).map(({ id }) => id);
  await requestProposal(context, mira, draft.id, { items, reason: 'nobody uses it' }, { newId });
}

/** People who got no answer press again: whatever was taken must not be taken twice. */
async function pressAgain(task: Task): Promise<void> {
  const { stop, undo } = await find(task);
  if (!stop) return;
  await refused('the request', requestProposal(context, mira, stop.id, {}, { newId }));
  if (stop.status !== 'waiting')
    await refused(
      'the approval',
      decideProposal(context, jon, { id: stop.id, verdict: 'approve' }, { newId }),
    );
  if (undo && undo.status !== 'failed')
    await refused('the undo', undoProposal(context, parts, mira, stop.id, { newId }));
}

async function refused(what: string, work: Promise<unknown>): Promise<void> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error === undefined) throw new Error(`${what} was taken twice`);
  if (!(error instanceof AppError)) throw error;
}

async function find({ model }: Task) {
  const all = await listProposals(store, { scope: `model:${model}` });
  const sent = all.filter(({ status }) => status !== 'draft');
  return {
    stop: sent.find(({ undoOf }) => undoOf === undefined),
    undo: sent.find(({ undoOf }) => undoOf !== undefined),
    draft: all.find(({ status }) => status === 'draft'),
  };
}

async function holdUp(): Promise<void> {
  say({ said: 'unclear' });
  await nextOrder();
}

async function nextOrder(): Promise<Order> {
  for (;;) {
    const order = orders.shift();
    if (!order) {
      // Nobody is there any more who could end it.
      if (!process.connected) process.exit(0);
      await sleep(1);
      continue;
    }
    if (order.kill) dies = { point: order.kill, seen: 0 };
    return order;
  }
}

function say(word: Word): void {
  process.send?.(word);
}

/** Its transactions are counted, and in or after one of them the process dies. */
function mortal(store: Store): Store {
  const die = (edge: StorePoint['edge']) => {
    if (dies && dies.seen === dies.point.k && dies.point.edge === edge) process.kill(process.pid, 'SIGKILL');
  };
  const transaction: Store['$transaction'] = store.$transaction.bind(store);
  const counted = async (
    work: (tx: Parameters<Parameters<typeof transaction>[0]>[0]) => Promise<unknown>,
  ) => {
    const mine = await transaction(async (tx) => {
      const result = await work(tx);
      if (dies) dies.seen += 1;
      die('open');
      return { result };
    });
    die('kept');
    return mine.result;
  };
  return new Proxy(store, {
    get: (target, key, receiver) => (key === '$transaction' ? counted : Reflect.get(target, key, receiver)),
  });
}
