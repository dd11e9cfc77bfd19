/** The administration API of a vendor of language models: its address, its key, and requests whose errors never show it. */
import type { ZodType } from 'zod';
import { AppError } from '../core/errors.ts';
import { createHttp } from './http.ts';
import { TransientError } from './retry.ts';
import type { Access } from './types.ts';
import { explainUnreachable } from './unreachable.ts';

export interface ApiBase {
  /** Ends in /v1, without a slash after it. */
  readonly url: string;
  /** The vendor's own host, not a gateway or a test server. */
  readonly vendors: boolean;
}

export interface AdminApiOptions {
  readonly access: Access;
  readonly vendor: string;
  readonly base: ApiBase;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What to do about a refusal, by its status and body. */
  readonly mend: (status: number, body?: unknown) => string | undefined;
  /** How a list is named in the query: `name[]` for each of its values unless they are to say `name`. */
  readonly lists?: 'name[]' | 'name';
}

export type Params = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface AdminApi {
  /** GET of a path below the base. Throws UPSTREAM, also when the answer has no known shape. */
  get<T>(path: string, params: Params, answer: ZodType<T>): Promise<T>;
}

/** Requests with the key in their headers; no error carries the key or what looks like one. */
export function createAdminApi(options: AdminApiOptions): AdminApi {
  const { access, vendor, base, key, headers, mend, lists = 'name[]' } = options;
  const send = createHttp({ access, vendor, headers: async () => headers, mend });
  return {
    async get(path, params, answer) {
      const body = await send({ url: `${base.url}/${path}?${query(params, lists)}` }).catch(
        (error: unknown) => {
          throw withoutKey(explainUnreachable(error, base.url), key);
        },
      );
      const parsed = answer.safeParse(body);
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      throw new AppError(
        'UPSTREAM',
        `${vendor} answered ${path} in a shape that is not known: ${issue?.path.join('.') || 'the answer'}: ${issue?.message}.`,
        {
          hint: 'Nothing of it was taken. A newer version of Pennywatch may know this shape.',
          cause: parsed.error,
        },
      );
    },
  };
}

/**
 * Whether the other side answered and said no to this (wrong rights, no such path), unlike failing or not answering. A
 * key that is not taken at all (401) is none: nothing else is worth asking for.
 */
export function isRefusal(error: unknown): error is AppError {
  if (!(error instanceof AppError) || error.code !== 'UPSTREAM' || error.cause !== undefined) return false;
  return !/ refused: HTTP 401\b/.test(error.message);
}

export interface BaseOptions {
  readonly access: Access;
  /** The setting, when it is written. */
  readonly written: string | undefined;
  /** The environment variable that says the same. */
  readonly variable: string;
  /** The vendor's own, e.g. "https://api.openai.com". */
  readonly standard: string;
}

/** Address from the setting, else the environment, else the vendor's; with or without /v1 at its end. Throws CONFIG. */
export function apiBase({ access, written, variable, standard }: BaseOptions): ApiBase {
  const from = written === undefined ? variable : 'baseUrl';
  const text = written ?? access.variable(variable) ?? standard;
  if (!isBaseUrl(text))
    throw new AppError('CONFIG', `${from} is not an address such as ${standard}, without a user or a query.`);
  const url = new URL(text);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  const host = new URL(standard).hostname;
  const vendors = url.hostname === host || url.hostname.endsWith(`.${host}`);
  return { url: `${url.origin}${path}/v1`, vendors };
}

/** An http or https address without credentials, query or fragment. */
export function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}

/** The key in this variable of the environment. Throws CONFIG when there is none, or it cannot be one. */
export function readKey(access: Access, variable: string, hint: string): string {
  const key = access.variable(variable)?.trim();
  if (!key) throw new AppError('CONFIG', `${variable} is not set.`, { hint });
  // A header refuses such text in an error that quotes it.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new AppError('CONFIG', `${variable} holds spaces, line breaks or other characters no key has.`, {
      hint: 'Copy the key again, on one line and without quotes.',
    });
  return key;
}

function query(params: Params, lists: 'name[]' | 'name'): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (typeof value === 'object')
      for (const one of value) search.append(lists === 'name' ? name : `${name}[]`, one);
    else search.append(name, String(value));
  }
  return search.toString();
}

/** Vendors quote a part of a wrong key, and a gateway may quote all of it. */
function withoutKey(error: unknown, key: string): unknown {
  if (!(error instanceof AppError)) return error;
  const clean = (text: string) => text.replaceAll(key, '(key)').replace(/\bsk-[\w*.-]{4,}/g, '(key)');
  const cause =
    error.cause instanceof TransientError ? new TransientError(clean(error.cause.message)) : undefined;
  return new AppError(error.code, clean(error.message), {
    ...(error.hint !== undefined && { hint: error.hint }),
    ...(cause && { cause }),
  });
}
