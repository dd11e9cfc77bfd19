/** What went wrong with a call of the Bot Connector, as a TeamsRefusal: status, code, how long to wait, whether it may be done. */
import * as z from 'zod';
import { type RefusalFacts, TeamsRefusal } from './errors.ts';

/** The connection did not come about: nothing was sent. */
const UNSENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];

/** How the SDK throws: the answer's status and the service's code, or the socket's code. */
const Thrown = z.object({
  statusCode: z.number().int().nullish().catch(undefined),
  code: z.string().max(100).nullish().catch(undefined),
});
/** A TeamsRefusal stays what it is. `now` gives milliseconds since 1970. */
export function toRefusal(error: unknown, now: () => number): TeamsRefusal {
  if (error instanceof TeamsRefusal) return error;
  const { data } = Thrown.safeParse(error);
  const status = data?.statusCode ?? undefined;
  const code = data?.code ?? undefined;
  const retryAfter = waitOf(header(error, 'retry-after'), now());
  const facts: RefusalFacts = {
    ...(status !== undefined && { status }),
    ...(code && { code }),
    ...(retryAfter !== undefined && { retryAfter }),
    uncertain:
      status === undefined ? !UNSENT.includes(code ?? '') : status >= 500 || status === 408 || status < 400,
  };
  return new TeamsRefusal(inWords(facts), facts);
}

function inWords({ status, code }: RefusalFacts): string {
  if (status === undefined) return `Teams does not answer${code ? ` (${code})` : ''}.`;
  return `Teams answers HTTP ${status}${code ? ` (${code})` : ''}.`;
}

/** The SDK keeps the answer's headers behind `get`. */
function header(error: unknown, name: string): string | undefined {
  const headers = at(at(error, 'response'), 'headers');
  const get = at(headers, 'get');
  const value: unknown = typeof get === 'function' ? get.call(headers, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Milliseconds from seconds or a date; undefined for anything else. */
function waitOf(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,6}(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
