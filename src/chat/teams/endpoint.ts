/** POST /api/messages: takes what Teams sends after every check, acknowledges messages at once, answers invokes. */
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Logger } from '../../core/log.ts';
import type { TeamsConfig } from './config.ts';
import { whyNotLocal } from './loopback.ts';
import { parseActivity } from './parse-activity.ts';
import { createRefusals, type RefusalReason, sendRefusal } from './refusals.ts';
import { createSeenActivities } from './seen-activities.ts';
import { isServiceUrl, servicePlace } from './service-url.ts';
import { whyNotServed } from './tenants.ts';
import type { InvokeAnswer, TeamsActivity } from './types.ts';

export const MESSAGES_PATH = '/api/messages';
/** A message of Teams is at most 100 KB, a card's data 28 KB. */
const BODY_LIMIT = 256 * 1024;
/** Names by which JSON reaches the prototype of objects; nothing of Teams is called so. */
const NEVER_KEYS = ['__proto__', 'constructor', 'prototype'];

export interface Refused {
  readonly reason: RefusalReason;
  readonly detail?: string;
}

export interface EndpointParts {
  readonly config: TeamsConfig;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly refused?: (reason: RefusalReason) => void;
  /** Proves who sends; `serviceUrl` letter by letter as it was sent. */
  verify(
    authorization: string | undefined,
    activity: TeamsActivity,
    serviceUrl: string,
  ): Promise<Refused | Proven>;
}

export interface Proven {
  readonly reason?: undefined;
  /** Hands the activity on; resolves to the answer of an invoke. */
  turn(): Promise<InvokeAnswer | undefined>;
}

export function createEndpoint(parts: EndpointParts): RequestHandler {
  const { config, log, now } = parts;
  const place = servicePlace(config);
  const note = createRefusals(parts);
  const seen = createSeenActivities(now);
  const readJson = express.json({ limit: BODY_LIMIT, type: () => true, reviver: withoutPrototypes });

  return async (request, response, next) => {
    if (`${request.baseUrl}${request.path}`.replace(/\/+$/, '') !== MESSAGES_PATH) return next();
    try {
      const refused =
        refusedUnread(request) ?? (await read(request, response)) ?? (await take(request, response));
      if (!refused) return;
      note(refused.reason, refused.detail);
      sendRefusal(response, refused.reason);
    } catch (error) {
      log.error({ err: error }, 'an activity of Teams failed');
      if (!response.headersSent)
        response.status(500).json({ error: { code: 'internal', message: 'It failed.' } });
    }
  };

  function refusedUnread(request: Request): Refused | undefined {
    const why = config.local ? whyNotLocal(request) : undefined;
    if (why) return { reason: 'local', detail: why };
    if (request.method !== 'POST') return { reason: 'method' };
    if (!config.local && !/^Bearer \S+$/.test(request.get('authorization') ?? ''))
      return { reason: 'token', detail: 'no token' };
    return request.is('application/json') ? undefined : { reason: 'media-type' };
  }

  function read(request: Request, response: Response): Promise<Refused | undefined> {
    return new Promise((resolve) => {
      readJson(request, response, (error?: unknown) => resolve(error ? whyUnread(error) : undefined));
    });
  }

  async function take(request: Request, response: Response): Promise<Refused | undefined> {
    const parsed = parseActivity(request.body);
    if (!parsed.ok) return { reason: 'shape', detail: parsed.problem };
    const { activity, rawServiceUrl } = parsed;
    const proof = await parts.verify(request.get('authorization'), activity, rawServiceUrl);
    if (proof.reason) return proof;
    if (!isServiceUrl(activity.serviceUrl, place)) return { reason: 'service-url' };
    const tenant = whyNotServed(config, activity);
    if (tenant) return { reason: 'tenant', detail: `${tenant} tenant` };
    const invoked = activity.type === 'invoke';
    const { timestamp, id } = activity;
    if (timestamp === undefined ? !config.local : seen.isStale(timestamp))
      return {
        reason: 'age',
        detail: timestamp === undefined ? 'no time' : new Date(timestamp).toISOString(),
      };
    if (id === undefined && !config.local) return { reason: 'shape', detail: 'not an activity of Teams: id' };
    if (id !== undefined && !seen.take(activity.conversation.id, id)) {
      if (invoked) return { reason: 'replay' };
      // Teams sends a message again when its acknowledgement was late: it wants to hear that it arrived.
      note('replay', activity.type);
      response.status(200).end();
      return undefined;
    }
    if (invoked) {
      answer(response, await proof.turn());
      return undefined;
    }
    response.status(200).end();
    await proof.turn();
    return undefined;
  }
}

function answer(response: Response, given: InvokeAnswer | undefined): void {
  if (!given) {
    response.status(501).json({ error: { code: 'not-implemented', message: 'There is no answer to that.' } });
    return;
  }
  response.status(given.status);
  if (given.body === undefined) response.end();
  else response.json(given.body);
}

/** Throws on a key that no honest sender uses, which ends the parsing. */
function withoutPrototypes(key: string, value: unknown): unknown {
  if (NEVER_KEYS.includes(key)) throw new SyntaxError('a forbidden name in the JSON');
  return value;
}

function whyUnread(error: unknown): Refused {
  const status = typeof error === 'object' && error && 'status' in error ? error.status : undefined;
  if (status === 413) return { reason: 'size' };
  return { reason: status === 415 ? 'media-type' : 'json' };
}
