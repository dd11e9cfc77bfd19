/** What runs by itself, and when: a table, and node-cron that ticks it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ScheduledTask, schedule } from 'node-cron';
import { AppError } from './core/errors.ts';
import type { Logger } from './core/log.ts';
import type { SourceSettings } from './core/settings.ts';
import type { Poster } from './flows/post-outbox.ts';
import type { Threads } from './threads/pools.ts';

export interface JobParts {
  readonly threads: Threads;
  readonly poster: Poster;
  /** A report's slot is still served this many hours after its time. */
  readonly lateHours: number;
  /** Live sources, each polled on a schedule of its own. */
  readonly sources?: readonly Pick<SourceSettings, 'name' | 'schedule'>[];
}

interface Job {
  readonly id: string;
  /** Seconds first. What is due is decided by the flow, so a late or missed tick loses nothing. */
  readonly cron: string;
  /** The schedule's zone; this machine's unless told. */
  readonly timeZone?: string;
  run(parts: JobParts, runNow: (id: string) => Promise<void>, log: Logger): Promise<unknown>;
}

/** Looks at new figures; also run after every poll, so that a day is judged as soon as it is complete. */
const ANALYSIS = 'analysis';

/** Carries out what was approved; also run as soon as somebody has pressed a button. */
export const ACTIONS = 'actions';

/** After so long the messages that say "under way" are posted. */
const A_MOMENT = 1_000;

const always: readonly Job[] = [
  {
    id: ACTIONS,
    cron: '*/5 * * * * *',
    async run({ threads, poster }, _runNow, log) {
      // Only a look into the table, unless there is something to do.
      if (!(await threads.run('actionsDue', null))) return;
      const done = threads.run('act', null);
      // It may wait for a provider for minutes: what is approved meanwhile is not to wait for that.
      const told = done.then(() => poster.post());
      await Promise.race([told, sleep(A_MOMENT, undefined, { ref: false })]);
      await poster.post();
      told.catch((error: unknown) => log.error({ err: error }, 'actions could not be carried out'));
    },
  },
  {
    id: 'reports',
    cron: '0 * * * * *',
    async run({ threads, poster, lateHours }) {
      const { made } = await threads.run('reports', { lateHours });
      if (made > 0) await poster.post();
    },
  },
  { id: 'outbox', cron: '*/15 * * * * *', run: ({ poster }) => poster.post() },
  {
    id: ANALYSIS,
    cron: '20 4-59/10 * * * *',
    async run({ threads, poster }) {
      const { messages } = await threads.run('analyse', null);
      if (messages > 0) await poster.post();
    },
  },
  {
    id: 'timed',
    cron: '5 * * * * *',
    async run({ threads, poster }, runNow) {
      // Only a look into the tables, unless something's time has come.
      if (!(await threads.run('timedDue', null)) || (await threads.run('timed', null)) === 0) return;
      await poster.post();
      void runNow(ACTIONS);
    },
  },
  { id: 'housekeeping', cron: '0 17 3 * * *', run: ({ threads }) => threads.run('housekeeping', null) },
];

/** Each source on its own schedule; and every minute those that were missed, failed before, or were never polled. */
function pollJobs({ sources = [] }: JobParts): Job[] {
  if (sources.length === 0) return [];
  const own = sources.map(
    ({ name, schedule }): Job => ({
      id: pollId(name),
      cron: `0 ${schedule}`,
      timeZone: 'UTC',
      async run({ threads, poster }, runNow) {
        // Another process may have had the turn, or the source is left alone for a while after failures.
        if (!(await threads.run('duePolls', null)).includes(name)) return;
        await threads.run('poll', { source: name }).catch(ignoreTaken);
        await poster.post();
        await runNow(ANALYSIS);
      },
    }),
  );
  const due: Job = {
    id: 'due-polls',
    cron: '30 * * * * *',
    async run({ threads }, runNow) {
      for (const name of await threads.run('duePolls', null)) void runNow(pollId(name));
    },
  };
  return [...own, due];
}

/** Another process was quicker: the source is being polled, which is all that was wanted. */
function ignoreTaken(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'CONFLICT')) throw error;
}

function pollId(name: string): string {
  return `poll ${name}`;
}

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
  const jobs = [...always, ...pollJobs(parts)];
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
      await job.run(parts, runNow, log);
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

  async function runNow(id: string): Promise<void> {
    const job = jobs.find((one) => one.id === id);
    if (job) await tick(job);
  }

  let tasks: ScheduledTask[] = [];
  return {
    start() {
      tasks = jobs.map(({ id, cron, timeZone, ...job }) =>
        schedule(cron, () => void tick({ id, cron, ...job }), {
          name: id,
          ...(timeZone && { timezone: timeZone }),
        }),
      );
    },
    state: () => [...states.values()],
    runNow,
    async stop() {
      for (const task of tasks) await task.destroy();
      await Promise.all(running.values());
    },
  };
}
