/** `POST /api/v1/events`: pipelines tell what they changed. Off until PENNYWATCH_API_TOKEN is set. */
import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express';
import type { Actor } from './core/actor.ts';
import { AppError, type ErrorCode } from './core/errors.ts';
import { parseChanges } from './flows/change-events/schema.ts';
import { type RecordedChange, recordChanges } from './flows/change-events.ts';
import type { Context } from './flows/context.ts';

export const EVENTS_PATH = '/api/v1/events';

const ACTOR: Actor = { kind: 'system', job: 'events-api' };
const BODY_LIMIT = 64 * 1024;
/** Requests a minute, all senders together: a deploy is rare, a loop is not. */
const A_MINUTE = 120;
/** Wrong tokens a minute. */
const GUESSES = 20;

export function eventsRoute({
  context,
  apiToken,
}: {
  readonly context: Context;
  readonly apiToken?: string | undefined;
}): Router {
  const router = express.Router();
  const allowed = perMinute(A_MINUTE, context.now);
  const guess = perMinute(GUESSES, context.now);
  const authenticate: RequestHandler = (request, response, next) => {
    if (apiToken === undefined)
      return refuse(response, 403, 'FORBIDDEN', 'Events are not switched on here.', {
        hint: 'Set PENNYWATCH_API_TOKEN for `pennywatch serve` and send it as "Authorization: Bearer …".',
      });
    if (!isToken(request.get('authorization'), apiToken)) {
      if (!guess()) return tooMany(response);
      response.set('WWW-Authenticate', 'Bearer');
      return refuse(response, 401, 'FORBIDDEN', 'The token is missing or not the right one.', {
        hint: 'Send the header "Authorization: Bearer …" with the value of PENNYWATCH_API_TOKEN.',
      });
    }
    if (!allowed()) return tooMany(response);
    next();
  };
  const json = express.json({ limit: BODY_LIMIT, type: ['application/json', 'application/*+json'] });
  const isJson: RequestHandler = (request, response, next) => {
    if (request.is(['application/json', 'application/*+json'])) return next();
    refuse(response, 415, 'INVALID', 'The body is not JSON.', {
      hint: 'Send Content-Type: application/json.',
    });
  };
  router.post(EVENTS_PATH, authenticate, isJson, json, async (request, response) => {
    const recorded = await recordChanges(context, ACTOR, parseChanges(request.body));
    response.status(recorded.some(({ created }) => created) ? 201 : 200).json(answerOf(recorded));
  });
  router.all(EVENTS_PATH, (_request, response) => {
    response.set('Allow', 'POST');
    refuse(response, 405, 'INVALID', 'Events are told with POST.');
  });
  const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof AppError && error.code !== 'INTERNAL')
      return refuse(response, error.code === 'INVALID' ? 400 : 503, error.code, error.message, error);
    const status = statusOf(error);
    if (status === 413) return refuse(response, 413, 'LIMIT', 'The body is over 64 KiB.');
    if (status !== undefined && status < 500)
      return refuse(response, 400, 'INVALID', 'The body cannot be read as JSON.');
    context.log.error({ error }, 'an event could not be kept');
    return refuse(response, 500, 'INTERNAL', 'The event could not be kept. Send it again later.');
  };
  router.use(EVENTS_PATH, failed);
  return router;
}

/** Compares digests, so that neither content nor length of the token shows in the time it takes. */
function isToken(header: string | undefined, apiToken: string): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(apiToken)) && given !== undefined;
}

/** Says of each call whether it is within so many in the minute of the clock. */
function perMinute(most: number, now: () => number): () => boolean {
  let minute = -1;
  let count = 0;
  return () => {
    const current = Math.floor(now() / 60_000);
    if (current !== minute) [minute, count] = [current, 0];
    count += 1;
    return count <= most;
  };
}

function tooMany(response: Response): void {
  response.set('Retry-After', '60');
  refuse(response, 429, 'LIMIT', 'Too many requests. Try again in a minute.');
}

function refuse(
  response: Response,
  status: number,
  code: ErrorCode,
  message: string,
  { hint }: { readonly hint?: string | undefined } = {},
): void {
  response.status(status).json({ error: { code, message, ...(hint && { hint }) } });
}

function answerOf(recorded: readonly RecordedChange[]) {
  return {
    events: recorded.map(({ change: { id, externalId, ...change }, created }) => ({
      number: id,
      ...(externalId !== undefined && { id: externalId }),
      ...change,
      created,
    })),
    warnings: recorded.flatMap(({ warnings }) => warnings),
  };
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
