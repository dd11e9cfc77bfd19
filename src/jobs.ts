/** What runs by itself, and when: a table, and node-cron that ticks it. */
import { type ScheduledTask, schedule } from 'node-cron';
import type { Logger } from './core/log.ts';
import type { Poster } from './flows/post-outbox.ts';
import type { Threads } from './threads/pools.ts';

export interface JobParts {
  readonly threads: Threads;
  readonly poster: Poster;
  /** A report's slot is still served this many hours after its time. */
  readonly lateHours: number;
}

interface Job {
  readonly id: string;
  /** Seconds first. What is due is decided by the flow, so a late or missed tick loses nothing. */
  readonly cron: string;
  run(parts: JobParts): Promise<unknown>;
}

const jobs: readonly Job[] = [
  {
    id: 'reports',
    cron: '0 * * * * *',
    async run({ threads, poster, lateHours }) {
      const { made } = await threads.run('reports', { lateHours });
      if (made > 0) await poster.post();
    },
  },
  { id: 'outbox', cron: '*/15 * * * * *', run: ({ poster }) => poster.post() },
  { id: 'housekeeping', cron: '0 17 3 * * *', run: ({ threads }) => threads.run('housekeeping', null) },
];

export interface JobState {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly runningSince?: number;
  readonly lastEnd?: number;
  readonly lastError?: string;
}

export interface Scheduler {
  /** Begins ticking. */
  start(): void;
  state(): readonly JobState[];
  /** Runs one job now, unless it is running. */
  runNow(id: string): Promise<void>;
  /** No more ticks; resolves when what is running has ended. */
  stop(): Promise<void>;
}

/** The jobs, ready to tick. A job that still runs is not started again; one that fails is logged and comes again. */
export function createJobs(parts: JobParts, { now, log }: { now: () => number; log: Logger }): Scheduler {
  const states = new Map<string, JobState>(jobs.map(({ id }) => [id, { id }]));
  const running = new Map<string, Promise<void>>();

  function tick(job: Job): Promise<void> {
    const already = running.get(job.id);
    if (already) return already;
    const run = runJob(job).finally(() => running.delete(job.id));
    running.set(job.id, run);
    return run;
  }

  async function runJob(job: Job): Promise<void> {
    states.set(job.id, { ...states.get(job.id), id: job.id, runningSince: now() });
    try {
      await job.run(parts);
      states.set(job.id, { id: job.id, lastEnd: now() });
    } catch (error) {
      log.error({ err: error, job: job.id }, 'a job failed');
      states.set(job.id, {
        id: job.id,
        lastEnd: now(),
        lastError: error instanceof Error ? error.message : String(error),
      });
    }
  }

  let tasks: ScheduledTask[] = [];
  return {
    start() {
      tasks = jobs.map((job) => schedule(job.cron, () => void tick(job), { name: job.id }));
    },
    state: () => [...states.values()],
    async runNow(id) {
      const job = jobs.find((one) => one.id === id);
      if (job) await tick(job);
    },
    async stop() {
      for (const task of tasks) await task.destroy();
      await Promise.all(running.values());
    },
  };
}
