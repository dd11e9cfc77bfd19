/** Keys of a LiteLLM proxy: found by hash, start of the hash or alias, read and changed. */
import { type AdminApi, openAdmin } from '../admin-api.ts';
import type { ActionAccess, PermissionNeed } from '../types.ts';
import { KeyInfo, KeyPage } from './schema.ts';

export interface FoundKey extends KeyInfo {
  readonly hash: string;
}

export type Found =
  | { readonly key: FoundKey }
  /** A whole sentence. */
  | { readonly missing: string };

export interface KeyApi {
  find(parts: Readonly<Record<string, string>>): Promise<Found>;
  /** Undefined when it is gone. */
  read(hash: string): Promise<FoundKey | undefined>;
  change(path: ChangePath, hash: string, more?: Readonly<Record<string, unknown>>): Promise<void>;
}

export type ChangePath = '/key/block' | '/key/unblock' | '/key/update';

export const READS: readonly PermissionNeed[] = [
  { permission: 'GET /key/info', for: 'plan' },
  { permission: 'GET /key/list', for: 'plan' },
];
const DOING: Readonly<Record<ChangePath, string>> = {
  '/key/block': 'block',
  '/key/unblock': 'unblock',
  '/key/update': 'change the budget of',
};
const PAGE = 100;
const PAGES = 50;

export function openKeys(access: ActionAccess): KeyApi {
  const api = openAdmin(access, {
    vendor: 'LiteLLM',
    keyVariable: 'LITELLM_MASTER_KEY',
    addressVariable: 'LITELLM_BASE_URL',
    prefix: '',
    headers: (key) => ({ authorization: `Bearer ${key}` }),
    grant: (variable) =>
      `The key in ${variable} must be the proxy's master key, or one of a user with the role proxy_admin (see \`pennywatch permissions actions --provider litellm\`).`,
  });
  const read: KeyApi['read'] = async (hash) => {
    const info = await api.read(
      {
        path: '/key/info',
        query: { key: hash },
        doing: `read the key ${shown(hash)}`,
        permission: 'GET /key/info',
      },
      KeyInfo,
    );
    return info && { ...info, hash };
  };
  return {
    read,
    async find(parts) {
      const hashes = await hashesOf(api, parts);
      const [hash] = hashes;
      if (hash === undefined) return { missing: 'The key is not on the proxy any more, or never was.' };
      if (hashes.length > 1)
        return {
          missing: `${hashes.length} keys of the proxy fit this name: name the one by its whole hash.`,
        };
      const key = await read(hash);
      return key ? { key } : { missing: 'The key is not on the proxy any more.' };
    },
    async change(path, hash, more = {}) {
      await api.send({
        path,
        method: 'POST',
        body: { key: hash, ...more },
        doing: `${DOING[path]} the key ${shown(hash)}`,
        permission: `POST ${path}`,
      });
    },
  };
}

/** Enough to find a key again, nothing to use. */
export function shown(hash: string): string {
  return `${hash.slice(0, 8)}…`;
}

async function hashesOf(
  api: AdminApi,
  { hash, start, alias }: Readonly<Record<string, string>>,
): Promise<string[]> {
  if (hash !== undefined) return [hash];
  const fits = (key: { hash: string; alias?: string | undefined }) =>
    (start !== undefined && (key.hash.startsWith(start) || key.alias === start)) ||
    (alias !== undefined && key.alias === alias);
  const found: string[] = [];
  for (let page = 1, pages = 1; page <= Math.min(pages, PAGES); page++) {
    const answer = await api.read(
      {
        path: '/key/list',
        // Newer proxies also take a part of an alias, so the rest is told apart here.
        query: { return_full_object: 'true', key_alias: alias, page, size: PAGE },
        doing: 'list its keys',
        permission: 'GET /key/list',
      },
      KeyPage,
    );
    pages = answer?.pages ?? 0;
    found.push(...(answer?.keys ?? []).filter(fits).map((key) => key.hash));
  }
  return [...new Set(found)];
}
