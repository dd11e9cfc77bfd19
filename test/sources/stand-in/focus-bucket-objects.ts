/** The objects that the stand-ins of S3, Cloud Storage and Blob Storage have in common. */
import { createHash } from 'node:crypto';

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly md5: Buffer;
  /** Goes up with every write. */
  readonly generation: number;
  readonly modified: Date;
}

export interface Objects {
  put(key: string, body: Buffer | string, modified?: string): void;
  remove(key: string): void;
  get(key: string): StoredObject | undefined;
  /** In the order of keys, from the one after `after`; at most a page of them, and whether there are more. */
  list(prefix: string, after: string | undefined): { page: StoredObject[]; more: boolean };
  /** Whether the credentials are refused from now on. */
  revoked: boolean;
  /** Bytes of objects handed out. */
  served: number;
}

export function createObjects(pageSize = 1000): Objects {
  const objects = new Map<string, StoredObject>();
  let generation = 1_700_000_000_000_000;
  return {
    revoked: false,
    served: 0,
    put(key, text, modified = '2026-11-21T03:00:00Z') {
      const body = Buffer.from(text);
      const md5 = createHash('md5').update(body).digest();
      generation += 1;
      objects.set(key, { key, body, md5, generation, modified: new Date(modified) });
    },
    remove: (key) => void objects.delete(key),
    get: (key) => objects.get(key),
    list(prefix, after) {
      const found = [...objects.values()]
        .filter(({ key }) => key.startsWith(prefix) && (after === undefined || key > after))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      return { page: found.slice(0, pageSize), more: found.length > pageSize };
    },
  };
}

export function xml(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
