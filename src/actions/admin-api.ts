/** The administration API of a vendor of language models, opened for one entry under actions.accounts. */
import type { ZodType } from 'zod';
import { AppError } from '../core/errors.ts';
import { type ActionAnswer, type ActionHttpOptions, type ActionRequest, createActionHttp } from './http.ts';
import type { ActionAccess } from './types.ts';

export interface AdminVendor {
  readonly vendor: string;
  /** Variable with the key, unless the entry names another. */
  readonly keyVariable: string;
  /** How the vendor's admin keys begin; looked at only when its own host is asked. */
  readonly keyPrefix?: string;
  /** Variable with the address, unless the entry says it. */
  readonly addressVariable: string;
  /** The vendor's own address; absent where everybody runs their own. */
  readonly standard?: string;
  /** What every path begins with: "/v1". */
  readonly prefix: string;
  readonly headers: (key: string) => Readonly<Record<string, string>>;
  /** What to do about 401 and 403, by the variable with the key. */
  readonly grant: (variable: string) => string;
  readonly explain?: ActionHttpOptions['explain'];
}

export type Query = Readonly<Record<string, string | number | undefined>>;

export interface AdminRequest extends Omit<ActionRequest, 'url'> {
  /** Below the prefix, its parts encoded. */
  readonly path: string;
  readonly query?: Query;
}

export interface AdminApi {
  send(request: AdminRequest): Promise<ActionAnswer>;
  /** Sends, and reads the answer; undefined for 404. Throws UPSTREAM when the answer has no known shape. */
  read<T>(request: AdminRequest, shape: ZodType<T>): Promise<T | undefined>;
}

/** Throws CONFIG when the address or the key is missing or cannot be right. */
export function openAdmin(access: ActionAccess, about: AdminVendor): AdminApi {
  const { vendor, prefix } = about;
  const { address, vendors } = addressOf(access, about);
  const variable = access.connection.keyVariable ?? about.keyVariable;
  const key = keyOf(access, variable, about);
  if (vendors && about.keyPrefix !== undefined && !key.startsWith(about.keyPrefix))
    throw new AppError(
      'CONFIG',
      `${variable} holds no admin key of ${vendor} (they start with ${about.keyPrefix}).`,
      {
        hint: about.grant(variable),
      },
    );
  const http = createActionHttp({
    access,
    vendor,
    headers: async () => about.headers(key),
    secrets: [key],
    grant: about.grant(variable),
    ...(about.explain && { explain: about.explain }),
  });
  const send = ({ path, query, ...request }: AdminRequest) =>
    http({ ...request, url: `${address}${prefix}${path}${search(query)}` });
  return {
    send,
    async read(request, shape) {
      const { status, body } = await send({ allow: [404], ...request });
      if (status === 404) return undefined;
      const parsed = shape.safeParse(body);
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      throw new AppError(
        'UPSTREAM',
        `${vendor} answered in a shape that is not known, when asked to ${request.doing}: ${issue?.path.join('.') || 'the answer'}: ${issue?.message}.`,
        { hint: 'A newer version of Pennywatch may know this shape.' },
      );
    },
  };
}

function addressOf(access: ActionAccess, { vendor, addressVariable, standard, prefix }: AdminVendor) {
  const text = access.connection.endpoint ?? access.variable(addressVariable) ?? standard;
  if (text === undefined || !isAddress(text))
    throw new AppError(
      'CONFIG',
      text === undefined
        ? `Nothing says where ${vendor} is.`
        : `The address of ${vendor} is not one such as https://example.com, without a user or a query.`,
      { hint: `Write endpoint at its entry under actions.accounts, or set ${addressVariable}.` },
    );
  const url = new URL(text);
  const path = url.pathname.replace(/\/+$/, '');
  const own = standard === undefined ? undefined : new URL(standard).hostname;
  return {
    address: `${url.origin}${prefix !== '' && path.endsWith(prefix) ? path.slice(0, -prefix.length) : path}`,
    vendors: own !== undefined && (url.hostname === own || url.hostname.endsWith(`.${own}`)),
  };
}

/** An http or https address without credentials, query or fragment. */
export function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}

function keyOf(access: ActionAccess, variable: string, { grant }: AdminVendor): string {
  const key = access.variable(variable)?.trim();
  if (!key) throw new AppError('CONFIG', `${variable} is not set.`, { hint: grant(variable) });
  // A header refuses such text in an error that quotes it.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new AppError('CONFIG', `${variable} holds spaces, line breaks or other characters no key has.`, {
      hint: 'Copy the key again, on one line and without quotes.',
    });
  return key;
}

function search(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) params.append(name, String(value));
  return params.size === 0 ? '' : `?${params}`;
}
