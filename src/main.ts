/** Composition root: builds everything once, from configuration to running server, and takes it down again. */
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatch } from './chat/types.ts';
import { createDirectories, directoryAccess } from './chat-directories.ts';
import { type Chat, chartAddressOf, createChat } from './chat-wiring.ts';
import { type LoadedConfig, readVariable } from './config.ts';
import { AppError } from './core/errors.ts';
import type { Logger } from './core/log.ts';
import type { Context } from './flows/context.ts';
import { createPoster, type Outbox, type Poster } from './flows/post-outbox.ts';
import { loadSentences } from './flows/report/load-templates.ts';
import { syncSettings } from './flows/sync-settings.ts';
import { createHttp, listen } from './http.ts';
import { ACTIONS, createJobs, type Scheduler } from './jobs.ts';
import { createNotifiers } from './notify/registry.ts';
import { openStore } from './store/open.ts';
import { createActionParts } from './threads/action-parts.ts';
import { runInPlace } from './threads/in-place.ts';
import { createThreads, type Threads } from './threads/pools.ts';

export { createLog } from './log.ts';

export interface OpenOptions {
  readonly config: LoadedConfig;
  /** Stand in front of the environment for live sources and actions. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Address of the database; absent for the environment's. */
  readonly db?: string;
  readonly now: () => number;
  readonly log: Logger;
}

/** The parts a single command needs: database up to date, settings in it. The caller closes it. */
export async function openContext(options: OpenOptions): Promise<Context & { close(): Promise<void> }> {
  const { config, now, log } = options;
  const store = await openStore(options.db ?? config.environment.databaseUrl);
  const sentences = loadSentences(config.path);
  const directories = createDirectories(directoryAccess(config.environment), { store, log, now });
  const acting = createActionParts({ now, log, ...(options.variables && { variables: options.variables }) });
  const context = { now, log, settings: config.settings, store, sentences, directories, acting };
  try {
    await syncSettings(context);
  } catch (error) {
    await store.$disconnect();
    throw error;
  }
  return { ...context, close: () => store.$disconnect() };
}

export interface StartOptions extends OpenOptions {
  readonly host?: string;
  readonly port?: number;
  /** "in-place" runs everything in this thread; a list gives each thread these arguments for Node. */
  readonly threads?: 'in-place' | readonly string[];
  /** False: nothing runs by itself until `jobs.start()`. */
  readonly scheduled?: boolean;
  /** A report whose time came while the server was down is still posted this many hours later. */
  readonly lateHours?: number;
}

export interface RunningServer {
  readonly url: string;
  readonly context: Context;
  readonly dispatch: Dispatch;
  readonly threads: Threads;
  readonly poster: Poster;
  readonly jobs: Scheduler;
  stop(): Promise<void>;
}

/** A report on Monday evening is welcome; one on Thursday is not. */
const LATE_HOURS = 24;

/** How long stopping waits for requests, and for reports and messages under way; both are safe to be cut off. */
const STOP_PATIENCE = 15_000;

/** Starts the server: chat platforms that have credentials, threads, jobs, health and metrics. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config, log, now } = options;
  const context = await openContext(options);
  const threads = openThreads(options, context);
  let server: Server | undefined;
  let url = '';
  let ticks = options.scheduled !== false;
  const dispatch: Dispatch = async (interaction) => {
    const replies = await threads.run('respond', interaction);
    const decides = ['button', 'form', 'command'].includes(interaction.kind);
    if (decides && ticks) void postSoon();
    return replies;
  };
  const charts = chartAddressOf(config.environment, () => url);
  const chat: Chat = createChat(config.environment, {
    dispatch,
    threads,
    log,
    now,
    ...(charts && { charts }),
  });
  const poster = createPoster({
    outbox: outboxOf(threads),
    platforms: chat.platforms,
    notifiers: createNotifiers(config.settings.integrations, {
      variable: (name) => options.variables?.[name] ?? readVariable(name),
      now,
    }),
    now,
    log,
  });
  let jobs: Scheduler | undefined;
  try {
    await threads.run('reallocate', null);
    await threads.run('housekeeping', null);
    const { apiToken, teams, port } = config.environment;
    const http = createHttp({
      context,
      routes: chat.routes,
      refusals: chat.refusals,
      threads,
      jobs: () => jobs?.state() ?? [],
      ...(apiToken && { apiToken }),
      ...(charts && { chartSecret: charts.secret }),
    });
    const host = teams?.local ? loopbackOnly(options.host) : options.host;
    const listening = await listen(http, options.port ?? port, host);
    server = listening.server;
    url = listening.url;
    await chat.start();
    await warmUp(threads);
    const parts = {
      threads,
      poster,
      lateHours: options.lateHours ?? LATE_HOURS,
      sources: config.settings.sources,
    };
    jobs = createJobs(parts, { now, log });
    if (ticks) jobs.start();
    log.info({ url: listening.url, chat: Object.keys(chat.platforms) }, 'pennywatch is up');
    const scheduler = jobs;
    const start = () => {
      ticks = true;
      scheduler.start();
    };
    return {
      url: listening.url,
      context,
      dispatch,
      threads,
      poster,
      jobs: { ...scheduler, start },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }

  /** What somebody has just decided is done and shows in its message at once, not with the next tick. */
  async function postSoon(): Promise<void> {
    try {
      void jobs?.runNow(ACTIONS);
      await poster.post();
    } catch (error) {
      log.warn({ err: error }, 'the outbox could not be emptied');
    }
  }

  /** From the outside in: no new ticks and requests, then what is under way, then the threads and the database. */
  async function stop(): Promise<void> {
    poster.stop();
    await chat.stop();
    const closing = server;
    if (closing) await patiently(new Promise((resolve) => closing.close(resolve)));
    closing?.closeAllConnections();
    if (jobs) await patiently(jobs.stop());
    await threads.close();
    await context.close();
  }
}

async function patiently(work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(STOP_PATIENCE, undefined, { ref: false })]);
}

function openThreads({ config, db, now, threads, variables }: StartOptions, context: Context): Threads {
  if (threads === 'in-place') return runInPlace(context, variables);
  const { settings, environment } = config;
  return createThreads({
    setup: {
      settings,
      databaseUrl: db ?? environment.databaseUrl,
      logLevel: environment.logLevel ?? 'info',
      ...(config.path !== undefined && { configPath: config.path }),
      ...(variables && { variables }),
      chat: directoryAccess(environment),
    },
    now,
    ...(threads && { execArgv: threads }),
  });
}

/** Without credentials nobody but this machine may reach the server. Throws CONFIG for another address. */
function loopbackOnly(host = '127.0.0.1'): string {
  if (/^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)) return host;
  throw new AppError('CONFIG', `PENNYWATCH_TEAMS_LOCAL is set, so the server cannot listen on ${host}.`, {
    hint: 'Teams without credentials is for this machine only: listen on 127.0.0.1, or set MicrosoftAppId and its secret.',
  });
}

function outboxOf(threads: Threads): Outbox {
  return {
    take: (_now, underWay) => threads.run('outboxTake', underWay),
    sent: async (message, ref) => void (await threads.run('outboxSent', { message, ref })),
    failed: async (message, failure) => void (await threads.run('outboxFailed', { message, failure })),
  };
}

/** The first chart loads fonts and canvas; better now than while somebody waits. */
async function warmUp(threads: Threads): Promise<void> {
  const chart = {
    id: 'warm-up',
    title: '',
    currency: 'USD',
    days: ['2026-01-01'],
    series: [],
    alt: '',
  } as const;
  await threads.run('draw', { chart });
}
