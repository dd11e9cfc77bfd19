/** One express app for everything that arrives over HTTP: chat platforms, health, metrics. */
import type { Server } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import { AppError, describeError } from './core/errors.ts';
import type { Context } from './flows/context.ts';
import { createMetrics } from './metrics.ts';
import { pendingMigrations } from './store/migrate.ts';

export interface HttpParts {
  readonly context: Context;
  /** A chat platform that receives over HTTP brings its own verified handler. */
  readonly slack?: { readonly http?: RequestHandler };
}

export function createHttp({ context, slack }: HttpParts): Express {
  const app = express().disable('x-powered-by');
  if (slack?.http) app.use(slack.http);
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.get('/readyz', async (_request, response) => {
    const state = await readiness(context);
    response.status(state.ok ? 200 : 503).json(state);
  });
  const metrics = createMetrics(context);
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });
  return app;
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

async function readiness(context: Context): Promise<{ ok: boolean; database: string; migrations: string }> {
  try {
    const pending = await pendingMigrations(context.store);
    return {
      ok: pending.length === 0,
      database: 'ok',
      migrations: pending.length === 0 ? 'ok' : `${pending.length} pending`,
    };
  } catch (error) {
    return { ok: false, database: describeError(error), migrations: 'unknown' };
  }
}

function taken(error: Error, port: number): Error {
  if (!('code' in error) || error.code !== 'EADDRINUSE') return error;
  return new AppError('CONFLICT', `Port ${port} is in use by another program.`, {
    hint: 'Name another one, for example PORT=4700.',
    cause: error,
  });
}
