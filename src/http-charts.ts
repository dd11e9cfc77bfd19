/** `GET /charts/TOKEN.png`: charts for chat clients that load pictures by address, signed and for a while only. */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type Response, type Router } from 'express';
import type { ChartSpec } from './view/charts/types.ts';

export const CHARTS_PATH = '/charts';

/** What an address stands for. */
export interface KeptChart {
  readonly id: string;
  /** JSON of the chart. */
  readonly spec: string;
  readonly expiresAt: Date;
}

const DAY = 86_400_000;
/** How long an address works at least. Old messages keep their words. */
export const CHART_DAYS = 30;
/** Teams shows pictures of at most 1,024 pixels; a chart is 900 wide. */
export const CHART_DENSITY = 1.1;
/** Pictures kept in memory: a message's readers all ask within minutes. */
const REMEMBERED = 32;
/** Id of the chart, expiry in seconds since 1970 (base 36), signature of both. */
const TOKEN = /^([\w-]{22})\.([0-9a-z]{1,8})\.([\w-]{43})$/;

export interface AddressOptions {
  /** Where chat clients reach this server, without "/" at the end. */
  readonly publicUrl: string;
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly save: (chart: KeptChart) => Promise<void>;
}

/**
 * Gives charts an address of our own server: keeps the chart, then signs. The same chart has the same address all day,
 * so that clients load it once.
 */
export function createChartAddresses({
  publicUrl,
  secret,
  now,
  save,
}: AddressOptions): (chart: ChartSpec) => Promise<string> {
  const sign = signer(secret);
  return async (chart) => {
    const spec = JSON.stringify(chart);
    const id = createHash('sha256').update(spec).digest().subarray(0, 16).toString('base64url');
    const expires = (Math.floor(now() / DAY) + 1 + CHART_DAYS) * DAY;
    await save({ id, spec, expiresAt: new Date(expires) });
    const signed = `${id}.${(expires / 1000).toString(36)}`;
    return `${publicUrl}${CHARTS_PATH}/${signed}.${sign(signed).toString('base64url')}.png`;
  };
}

export interface ChartsParts {
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly find: (id: string) => Promise<Pick<KeptChart, 'spec'> | undefined>;
  readonly draw: (chart: ChartSpec) => Promise<Uint8Array>;
  readonly log: { error(fields: object, message: string): void };
}

export function chartsRoute({ secret, now, find, draw, log }: ChartsParts): Router {
  const router = express.Router();
  const sign = signer(secret);
  const picture = rememberNewest(REMEMBERED, async (id) => {
    const kept = await find(id);
    return kept && Buffer.from(await draw(JSON.parse(kept.spec) as ChartSpec));
  });
  router.use(CHARTS_PATH, (_request, response, next) => {
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      // Chat clients in a browser show it in a page of theirs.
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'no-store',
    });
    next();
  });
  router.get(`${CHARTS_PATH}/:token.png`, async (request, response) => {
    const [, id = '', expiry = '', signature = ''] = TOKEN.exec(request.params.token) ?? [];
    if (!timingSafeEqual(digest(sign(`${id}.${expiry}`)), digest(Buffer.from(signature, 'base64url'))))
      return refuse(response, 404, UNKNOWN);
    const expires = Number.parseInt(expiry, 36) * 1000;
    if (now() >= expires) return refuse(response, 410, EXPIRED);
    const png = await picture(id);
    if (!png) return refuse(response, 410, EXPIRED);
    // The address is known to those who can read the message; a cache that many share need not have it.
    const seconds = Math.floor(Math.min(DAY, expires - now()) / 1000);
    response.set('Cache-Control', `private, max-age=${seconds}, immutable`);
    response.type('png').send(png);
  });
  router.use(CHARTS_PATH, (_request, response) => refuse(response, 404, UNKNOWN));
  const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    // What express itself cannot read as an address.
    if (error instanceof URIError) return refuse(response, 404, UNKNOWN);
    log.error({ err: error }, 'a chart could not be drawn for its address');
    response.set('Retry-After', '30');
    refuse(response, 503, 'The picture could not be drawn. Load it again in a minute.');
  };
  router.use(CHARTS_PATH, failed);
  return router;
}

const UNKNOWN = 'There is no such picture.';
const EXPIRED = `This picture is no longer kept: its address worked for ${CHART_DAYS} days. Ask again for a new one.`;

/** The secret is also used for other things, so what signs here is derived from it for this alone (RFC 5869). */
function signer(secret: string): (text: string) => Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'pennywatch chart addresses', 32));
  return (text) => createHmac('sha256', key).update(text).digest();
}

/** Of the same length whatever was given, so that they can be compared in the same time. */
function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function refuse(response: Response, status: number, words: string): void {
  response.status(status).type('text/plain').send(`${words}\n`);
}

/** Makes each once and keeps the last few; what failed or is not there is looked for again. */
function rememberNewest<T>(
  most: number,
  make: (id: string) => Promise<T | undefined>,
): (id: string) => Promise<T | undefined> {
  const made = new Map<string, Promise<T | undefined>>();
  return async (id) => {
    const making = made.get(id) ?? make(id);
    made.delete(id);
    made.set(id, making);
    for (const oldest of made.keys()) {
      if (made.size <= most) break;
      made.delete(oldest);
    }
    try {
      const result = await making;
      if (result === undefined) made.delete(id);
      return result;
    } catch (error) {
      made.delete(id);
      throw error;
    }
  };
}
