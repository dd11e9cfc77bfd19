/** Threads by what they are for: answers, charts, and long jobs, so that none waits for another. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { AppError, describeError } from '../core/errors.ts';
import type { WorkerSetup } from '../worker.ts';
import { createGate } from './gate.ts';
import type { TaskName, Tasks } from './tasks.ts';
import { unpack, type Wired } from './wire.ts';

export interface RunningTask {
  readonly task: TaskName;
  /** Milliseconds since the epoch, on the caller's clock. */
  readonly since: number;
}

export interface Threads {
  run<N extends TaskName>(name: N, data: Parameters<Tasks[N]>[0]): Promise<Awaited<ReturnType<Tasks[N]>>>;
  /** What is being worked on, longest first. */
  running(): readonly RunningTask[];
  /** Takes no more work, waits for what is running (half a minute at most), ends the threads. */
  close(): Promise<void>;
}

/** Longer than any answer; an import that takes longer is rolled back and can be started again. */
const CLOSE_PATIENCE = 30_000;

/** Others wait for a place. */
const POLLS_AT_ONCE = 16;

type PoolName = 'chat' | 'charts' | 'jobs' | 'polls' | 'actions';

const POOL_OF: Readonly<Record<TaskName, PoolName>> = {
  respond: 'chat',
  chatMemory: 'chat',
  savePicture: 'chat',
  findPicture: 'chat',
  outboxTake: 'chat',
  outboxSent: 'chat',
  outboxFailed: 'chat',
  draw: 'charts',
  reports: 'jobs',
  importFocus: 'jobs',
  importUsage: 'jobs',
  duePolls: 'chat',
  poll: 'polls',
  stopPolls: 'polls',
  reallocate: 'jobs',
  analyse: 'jobs',
  actionsDue: 'chat',
  act: 'actions',
  timedDue: 'chat',
  timed: 'actions',
  stopActing: 'actions',
  housekeeping: 'jobs',
  settle: 'chat',
};

interface PoolLimits {
  readonly minThreads: number;
  readonly maxThreads: number;
  readonly concurrentTasksPerWorker: number;
  /** Milliseconds after which a thread beyond minThreads ends. */
  readonly idleTimeout?: number;
  /** "disabled": what a task has left to be done goes on while no other runs. */
  readonly atomics?: 'disabled';
  /** How far it gives way to the thread that listens, as nice(1) counts. */
  readonly nice: number;
}

export interface ThreadsOptions {
  readonly setup: WorkerSetup;
  readonly now: () => number;
  /** Arguments for Node in each thread; this process's own unless told. */
  readonly execArgv?: readonly string[];
}

export function createThreads({ setup, now, execArgv }: ThreadsOptions): Threads {
  const open = ({ nice, ...limits }: PoolLimits) =>
    new Piscina({
      // Elsewhere it would slow down the whole process.
      ...(process.platform === 'linux' && { niceIncrement: nice }),
      filename: new URL(workerFile(), import.meta.url).href,
      name: 'run',
      workerData: setup,
      closeTimeout: CLOSE_PATIENCE,
      ...(execArgv && { execArgv: [...execArgv] }),
      ...limits,
    });
  const pools: Readonly<Record<PoolName, Piscina>> = {
    // Answers share a thread: while one waits for its turn to write, the others go on.
    // It never sleeps so deeply that what an answer left to be written would wait for the next one.
    chat: open({ minThreads: 1, maxThreads: 1, concurrentTasksPerWorker: 4, nice: 5, atomics: 'disabled' }),
    charts: open({ minThreads: 1, maxThreads: 2, concurrentTasksPerWorker: 1, nice: 8 }),
    jobs: open({ minThreads: 1, maxThreads: 1, concurrentTasksPerWorker: 1, nice: 12 }),
    // Waiting for providers most of the time; a shutdown must not wait for an import. And one more, to be told to stop.
    actions: open({
      minThreads: 0,
      idleTimeout: 60_000,
      maxThreads: 1,
      concurrentTasksPerWorker: 9,
      nice: 5,
    }),
    // Polls wait for others most of the time: a source that is slow or hangs holds back neither the rest nor reports.
    polls: open({
      minThreads: 0,
      idleTimeout: 60_000,
      maxThreads: 1,
      // And one more, so that stopping gets through.
      concurrentTasksPerWorker: POLLS_AT_ONCE + 1,
      nice: 10,
    }),
  };
  const running = new Set<RunningTask>();
  // A thread that cannot even start would leave its tasks waiting for ever.
  const broken = new Map<Piscina, AbortController>();
  for (const pool of Object.values(pools)) {
    broken.set(pool, newAlarm());
    pool.on('error', (error) => {
      broken.get(pool)?.abort(error);
      broken.set(pool, newAlarm());
    });
  }

  const polls = createGate(POLLS_AT_ONCE);
  let closing = false;

  return {
    run: (name, data) =>
      name === 'poll' ? whenThereIsPlace(() => runTask(name, data)) : runTask(name, data),
    running: () => [...running].sort((a, b) => a.since - b.since),
    async close() {
      closing = true;
      if ([...running].some(({ task }) => task === 'poll'))
        await pools.polls.run({ now: now(), data: { name: 'stopPolls' satisfies TaskName, data: null } });
      if ([...running].some(({ task }) => task === 'act'))
        await pools.actions.run({ now: now(), data: { name: 'stopActing' satisfies TaskName, data: null } });
      const settled = pools.chat.run({ now: now(), data: { name: 'settle' satisfies TaskName, data: null } });
      // Somebody else may write for minutes yet: what cannot be written by then is lost, and a click says so.
      await Promise.race([Promise.allSettled([settled]), sleep(CLOSE_PATIENCE, undefined, { ref: false })]);
      await Promise.all(Object.values(pools).map((pool) => pool.close()));
    },
  };

  async function whenThereIsPlace<T>(poll: () => Promise<T>): Promise<T> {
    await polls.enter();
    try {
      if (closing) throw new AppError('LIMIT', 'The process stops: this poll was not begun.');
      return await poll();
    } finally {
      polls.leave();
    }
  }

  async function runTask<N extends TaskName>(
    name: N,
    data: Parameters<Tasks[N]>[0],
  ): Promise<Awaited<ReturnType<Tasks[N]>>> {
    const entry: RunningTask = { task: name, since: now() };
    running.add(entry);
    const pool = pools[POOL_OF[name]];
    const { signal } = broken.get(pool) ?? newAlarm();
    let onLost = () => {};
    // Not handed to the pool: a task that can be aborted gets a thread of its own there and waits for it.
    const lost = new Promise<never>((_, reject) => {
      onLost = () => reject(threadLost(name, signal.reason));
      signal.addEventListener('abort', onLost);
    });
    try {
      const wired: Wired<never> = await Promise.race([pool.run({ now: now(), data: { name, data } }), lost]);
      return unpack(wired);
    } finally {
      signal.removeEventListener('abort', onLost);
      running.delete(entry);
    }
  }
}

/** Every waiting task listens to it. */
function newAlarm(): AbortController {
  const alarm = new AbortController();
  setMaxListeners(0, alarm.signal);
  return alarm;
}

function threadLost(task: TaskName, cause: unknown): AppError {
  return new AppError('INTERNAL', `The thread for "${task}" broke down: ${describeError(cause)}`, { cause });
}

/** Beside this folder, compiled or not, as this file is. */
function workerFile(): string {
  return import.meta.url.endsWith('.ts') ? '../worker.ts' : '../worker.js';
}
