/** One express app for everything that arrives over HTTP: chat platforms, health, metrics. */
import type { Server } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import type { Chat } from './chat-wiring.ts';
import { AppError, describeError } from './core/errors.ts';
import type { Context } from './flows/context.ts';
import { CHART_DENSITY, chartsRoute } from './http-charts.ts';
import { eventsRoute } from './http-events.ts';
import type { JobState } from './jobs.ts';
import { createMetrics } from './metrics.ts';
import { pendingMigrations } from './store/migrate.ts';
import type { Threads } from './threads/pools.ts';

export interface HttpParts {
  readonly context: Context;
  /** A chat platform that receives over HTTP brings its own handler, which verifies who sends. */
  readonly routes?: readonly { readonly path: string; readonly handler: RequestHandler }[];
  /** What these refused. */
  readonly refusals?: Chat['refusals'];
  readonly threads: Pick<Threads, 'running' | 'run'>;
  readonly jobs: () => readonly JobState[];
  /** What pipelines prove themselves with; absent: they may tell nothing. */
  readonly apiToken?: string;
  /** What the addresses of charts are signed with; absent: there are none. */
  readonly chartSecret?: string;
}

export function createHttp({
  context,
  routes = [],
  refusals,
  threads,
  jobs,
  apiToken,
  chartSecret,
}: HttpParts): Express {
  const app = express().disable('x-powered-by');
  for (const { path, handler } of routes) app.use(path, handler);
  if (chartSecret) app.use(chartsOf(chartSecret, { context, threads }));
  app.use(eventsRoute({ context, apiToken }));
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true, running: runningTasks(threads, context.now()), jobs: jobs().map(jobLine) });
  });
  app.get('/readyz', async (_request, response) => {
    const state = await readiness(context, jobs());
    response.status(state.ok ? 200 : 503).json(state);
  });
  const metrics = createMetrics(context, threads, refusals);
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });
  return app;
}

function chartsOf(secret: string, { context, threads }: Pick<HttpParts, 'context' | 'threads'>) {
  return chartsRoute({
    secret,
    now: context.now,
    find: async (id) => (await threads.run('findPicture', id)) ?? undefined,
    draw: (chart) => threads.run('draw', { chart, density: CHART_DENSITY }),
    log: context.log,
  });
}

/** Listens on the port (0 = any) and gives the address. Throws CONFLICT when the port is taken. */
export async function listen(
  app: Express,
  port: number,
  host?: string,
): Promise<{ server: Server; url: string }> {
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = app.listen(port, host ?? '0.0.0.0', (error?: Error) =>
      error ? reject(taken(error, port)) : resolve(starting),
    );
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return { server, url: `http://${host ?? 'localhost'}:${actual}` };
}

function runningTasks({ running }: Pick<Threads, 'running'>, now: number) {
  return running().map(({ task, since }) => ({ task, forSeconds: Math.round((now - since) / 1000) }));
}

function jobLine({ id, runningSince, lastEnd, lastError }: JobState) {
  const time = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  return { id, runningSince: time(runningSince), lastEnd: time(lastEnd), lastError: lastError ?? null };
}

interface Readiness {
  readonly ok: boolean;
  readonly database: string;
  readonly migrations: string;
  readonly scheduler: string;
}

async function readiness(context: Context, jobs: readonly JobState[]): Promise<Readiness> {
  const scheduler = jobs.length === 0 ? 'not started' : 'ok';
  try {
    const pending = await pendingMigrations(context.store);
    return {
      ok: pending.length === 0 && jobs.length > 0,
      scheduler,
      database: 'ok',
      migrations: pending.length === 0 ? 'ok' : `${pending.length} pending`,
    };
  } catch (error) {
    return { ok: false, database: describeError(error), migrations: 'unknown', scheduler };
  }
}

function taken(error: Error, port: number): Error {
  if (!('code' in error) || error.code !== 'EADDRINUSE') return error;
  return new AppError('CONFLICT', `Port ${port} is in use by another program.`, {
    hint: 'Name another one, for example PORT=4700.',
    cause: error,
  });
}
