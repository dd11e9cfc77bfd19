/** Composition root: builds everything once, from configuration to running server, and takes it down again. */
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { pino } from 'pino';
import { createSlack } from './chat/slack/index.ts';
import type { Dispatch } from './chat/types.ts';
import type { LoadedConfig } from './config.ts';
import type { Logger } from './core/log.ts';
import { createDispatch } from './dispatch.ts';
import { allocateAll, rulesChanged } from './flows/allocate.ts';
import { forgetOldButtons } from './flows/buttons.ts';
import type { Context } from './flows/context.ts';
import { syncSettings } from './flows/sync-settings.ts';
import { createHttp, listen } from './http.ts';
import { openStore } from './store/open.ts';
import { lockForWriting } from './store/write-lock.ts';
import { rasterise } from './view/charts/rasterise.ts';

export interface OpenOptions {
  readonly config: LoadedConfig;
  /** Address of the database; absent for the environment's. */
  readonly db?: string;
  readonly now: () => number;
  readonly log: Logger;
}

/** The parts a single command needs: database up to date, settings in it. The caller closes it. */
export async function openContext(options: OpenOptions): Promise<Context & { close(): Promise<void> }> {
  const { config, now, log } = options;
  const store = await openStore(options.db ?? config.environment.databaseUrl);
  const context = { now, log, settings: config.settings, store };
  try {
    await syncSettings(context);
  } catch (error) {
    await store.$disconnect();
    throw error;
  }
  return { ...context, close: () => store.$disconnect() };
}

export interface RunningServer {
  readonly url: string;
  readonly context: Context;
  readonly dispatch: Dispatch;
  stop(): Promise<void>;
}

/** Starts the server: chat platforms that have credentials, health and metrics. */
export async function startServer(
  options: OpenOptions & { host?: string; port?: number },
): Promise<RunningServer> {
  const { config, log } = options;
  const context = await openContext(options);
  await reallocateIfNeeded(context);
  await forgetOldButtons(context);
  const dispatch = createDispatch(context, newId);
  const slack =
    config.environment.slack &&
    createSlack(config.environment.slack, { dispatch, drawChart: (chart) => rasterise(chart), log });
  const http = createHttp({ context, slack });
  let server: Server | undefined;
  try {
    const listening = await listen(http, options.port ?? config.environment.port, options.host);
    server = listening.server;
    await slack?.start();
    await warmUp();
    log.info({ url: listening.url, slack: slack ? 'configured' : 'not configured' }, 'pennywatch is up');
    return { url: listening.url, context, dispatch, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  async function stop(): Promise<void> {
    await slack?.stop();
    const closing = server;
    if (closing) await new Promise((resolve) => closing.close(resolve));
    await context.close();
  }
}

/** The first chart loads fonts and canvas; better now than while somebody waits. */
async function warmUp(): Promise<void> {
  await rasterise({ id: 'warm-up', title: '', currency: 'USD', days: ['2026-01-01'], series: [], alt: '' });
}

/** Rules that changed since the last run rewrite the allocated layer before anybody asks. */
async function reallocateIfNeeded(context: Context): Promise<void> {
  if (!(await rulesChanged(context.store, context.settings))) return;
  const { days } = await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    return allocateAll(tx, context);
  });
  context.log.info({ days }, 'the allocation rules changed: history was allocated again');
}

/** Structured logs on stderr, so that stdout stays free for answers. */
export function createLog(level: string): Logger {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}

function newId(): string {
  return randomBytes(15).toString('base64url');
}
