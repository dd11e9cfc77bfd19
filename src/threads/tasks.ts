/** What threads do, as functions of plain data: the same whether they run in a thread or in place. */
import { randomBytes } from 'node:crypto';
import type { Interaction, MessageRef, Reply } from '../chat/types.ts';
import { readVariable } from '../config.ts';
import { AppError } from '../core/errors.ts';
import { createDispatch } from '../dispatch.ts';
import { allocateAll, allocateDays, rulesChanged } from '../flows/allocate.ts';
import { analysisRound, type RoundResult } from '../flows/analysis-round.ts';
import { noteTickets } from '../flows/anomaly-thread/note-tickets.ts';
import type { Context } from '../flows/context.ts';
import { duePolls } from '../flows/due-polls.ts';
import { tidyUp } from '../flows/housekeeping.ts';
import type { ImportRequest, ImportResult } from '../flows/import-focus/types.ts';
import { importFocus } from '../flows/import-focus.ts';
import type { UsageImportRequest, UsageImportResult } from '../flows/import-usage/types.ts';
import { importUsage } from '../flows/import-usage.ts';
import type { PollResult } from '../flows/poll/types.ts';
import { pollSource } from '../flows/poll.ts';
import { type DueResult, postDueReports } from '../flows/post-due-reports.ts';
import { createOutbox, type Failure } from '../flows/post-outbox.ts';
import { demandActing } from '../flows/proposals/acting.ts';
import { actionsDue, type CarriedOut, carryOut } from '../flows/proposals/carry-out.ts';
import { tellSourceNotices } from '../flows/source-notices.ts';
import { attendToTimes, timesDue } from '../flows/timed.ts';
import { focusFile } from '../sources/focus-file/index.ts';
import type { StoredPicture } from '../store/chat-pictures.ts';
import type { DueMessage } from '../store/outbox.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { usageFile } from '../usage/usage-file/index.ts';
import { rasterise } from '../view/charts/rasterise.ts';
import type { ChartSpec } from '../view/charts/types.ts';
import { chatMemoryOf, type MemoryAnswer, type MemoryRequest } from './chat-memory.ts';
import { pictureShelfOf } from './picture-shelf.ts';
import { createPollParts } from './poll-parts.ts';

/** A task's input; `now` is the caller's clock, in milliseconds since the epoch. */
export interface TaskInput<T> {
  readonly now: number;
  readonly data: T;
}

/** Every task by name: plain data in, plain data out. */
export interface Tasks {
  respond(interaction: Interaction): Promise<readonly Reply[]>;
  draw(request: { readonly chart: ChartSpec; readonly density?: number }): Promise<Uint8Array>;
  reports(options: { readonly lateHours: number }): Promise<DueResult>;
  importFocus(request: Omit<ImportRequest, 'onProgress'>): Promise<ImportResult>;
  importUsage(request: Omit<UsageImportRequest, 'onProgress'>): Promise<UsageImportResult>;
  /** Names of live sources that are due. */
  duePolls(none: null): Promise<readonly string[]>;
  /** Polls a configured live source and tells what people must know of it. */
  poll(request: { readonly source: string }): Promise<PollResult>;
  /** Tells the polls of this thread to stop where they are. */
  stopPolls(none: null): Promise<null>;
  /** Rewrites the allocated layer when the rules changed since it was written. */
  reallocate(none: null): Promise<{ readonly days: number }>;
  /** Whether something was approved, expired, or is to be looked at again. */
  actionsDue(none: null): Promise<boolean>;
  /** Carries it out. */
  act(none: null): Promise<CarriedOut>;
  /** Whether a schedule's turn or an end that somebody set has come. */
  timedDue(none: null): Promise<boolean>;
  /** Attends to them; resolves to how many. */
  timed(none: null): Promise<number>;
  /** Tells what is under way to begin nothing more. */
  stopActing(none: null): Promise<null>;
  /** Judges new figures and writes what people must know into the outbox. */
  analyse(none: null): Promise<RoundResult>;
  housekeeping(none: null): Promise<null>;
  /** Resolves when everything that replies left to be written is in the database. */
  settle(none: null): Promise<null>;
  /** What Teams told of conversations and people. */
  chatMemory(request: MemoryRequest): Promise<MemoryAnswer>;
  /** Keeps a chart for its address. */
  savePicture(picture: StoredPicture): Promise<null>;
  findPicture(id: string): Promise<StoredPicture | null>;
  outboxTake(underWay: readonly number[]): Promise<readonly DueMessage[]>;
  outboxSent(settled: { readonly message: DueMessage; readonly ref: MessageRef }): Promise<null>;
  outboxFailed(settled: { readonly message: DueMessage; readonly failure: Failure }): Promise<null>;
}

export type TaskName = keyof Tasks;

/** Names this process wherever it claims work. */
export const OWNER = `${process.pid}-${randomBytes(6).toString('base64url')}`;

export function newId(): string {
  return randomBytes(15).toString('base64url');
}

/**
 * The tasks over an open database; `context` is called once, by the first task that needs it. `variables` stand in
 * front of the environment for live sources.
 */
export function createTasks(
  context: () => Promise<Context>,
  variables: Readonly<Record<string, string>> = {},
): Tasks {
  const variable = (name: string) => variables[name] ?? readVariable(name);
  return {
    respond: async (interaction) => createDispatch(await context(), newId)(interaction),
    draw: ({ chart, density }) => rasterise(chart, density === undefined ? {} : { density }),
    reports: async ({ lateHours }) => postDueReports(await context(), { owner: OWNER, newId, lateHours }),
    importFocus: async (request) =>
      importFocus(await context(), { source: focusFile, allocate: allocateDays }, request),
    importUsage: async (request) =>
      importUsage(await context(), { source: usageFile, allocate: allocateDays }, request),
    duePolls: async () => {
      // Somebody may have polled from a shell, which posts nothing.
      await tell(await context());
      return duePolls(await context());
    },
    poll: async ({ source }) => pollNamed(await context(), source, variable),
    stopPolls: async () => {
      for (const poll of polls) poll.abort();
      return null;
    },
    reallocate: async () => reallocateIfNeeded(await context()),
    actionsDue: async () => actionsDue(await context()),
    act: async () => {
      const stop = new AbortController();
      acts.add(stop);
      try {
        const own = await context();
        return await carryOut(own, demandActing(own), { newId, signal: stop.signal });
      } finally {
        acts.delete(stop);
      }
    },
    timedDue: async () => timesDue(await context()),
    timed: async () => attendToTimes(await context(), newId),
    stopActing: async () => {
      for (const act of acts) act.abort();
      return null;
    },
    analyse: async () => analysisRound(await context(), { newId }),
    housekeeping: async () => {
      await tidyUp(await context());
      return null;
    },
    settle: async () => {
      const { shelf, store, log, now } = await context();
      await shelf?.settle();
      await Promise.all([chatMemoryOf(store, { log, now }).settle(), pictureShelfOf(store, log).settle()]);
      return null;
    },
    chatMemory: async (request) => {
      const { store, log, now } = await context();
      return chatMemoryOf(store, { log, now }).answer(request);
    },
    savePicture: async (picture) => {
      const { store, log } = await context();
      pictureShelfOf(store, log).put(picture);
      return null;
    },
    findPicture: async (id) => {
      const { store, log } = await context();
      return (await pictureShelfOf(store, log).find(id)) ?? null;
    },
    outboxTake: async (underWay) => {
      const { store, now } = await context();
      return createOutbox(store).take(now(), underWay);
    },
    outboxSent: async ({ message, ref }) => {
      const opened = await context();
      await createOutbox(opened.store).sent(message, ref, opened.now());
      if (message.platform === 'tickets') await noteTickets(opened);
      return null;
    },
    outboxFailed: async ({ message, failure }) => {
      const { store, now } = await context();
      await createOutbox(store).failed(message, failure, now());
      return null;
    },
  };
}

/** What is carried out in this thread. */
const acts = new Set<AbortController>();
/** Polls under way in this thread. */
const polls = new Set<AbortController>();

async function pollNamed(
  context: Context,
  name: string,
  variable: (name: string) => string | undefined,
): Promise<PollResult> {
  const source = context.settings.sources.find((one) => one.name === name);
  if (!source) throw new AppError('NOT_FOUND', `"${name}" is no live source in pennywatch.yaml.`);
  const stop = new AbortController();
  polls.add(stop);
  try {
    const actor = { kind: 'system', job: 'poll' } as const;
    return await pollSource(context, createPollParts({ variable }), { source, actor, signal: stop.signal });
  } finally {
    polls.delete(stop);
    await tell(context);
  }
}

/** Notices that cannot be written now are written a minute later. */
async function tell(context: Context): Promise<void> {
  await tellSourceNotices(context, { newId }).catch((error: unknown) =>
    context.log.error({ err: error }, 'notices about sources could not be written'),
  );
}

async function reallocateIfNeeded(context: Context): Promise<{ days: number }> {
  if (!(await rulesChanged(context.store, context.settings))) return { days: 0 };
  const { days } = await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    return allocateAll(tx, context);
  });
  context.log.info({ days }, 'the allocation rules changed: history was allocated again');
  return { days };
}
