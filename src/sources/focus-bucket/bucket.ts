/** One object store behind retries, the meter and errors in words: lists all pages, downloads whole objects. */
import { createHash } from 'node:crypto';
import { open as openFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { AppError } from '../../core/errors.ts';
import { createRetry, TransientError } from '../retry.ts';
import type { Access } from '../types.ts';
import { explainUnreachable } from '../unreachable.ts';
import { openAzure } from './azure.ts';
import { openGcs } from './gcs.ts';
import { openS3 } from './s3.ts';
import type { FocusBucketSettings } from './settings.ts';
import { type BucketClient, type BucketObject, ChangedError } from './types.ts';

export interface Bucket {
  /** All pages under the configured prefix, in the order of keys. */
  pages(): AsyncGenerator<readonly BucketObject[]>;
  /** Writes the whole object to `path`. Throws ChangedError when it is not the listed one any more. */
  download(object: BucketObject, path: string): Promise<void>;
  /** A small object's text. Throws ChangedError as `download` does, INVALID above 16 MB. */
  text(object: BucketObject): Promise<string>;
  /** "s3://bucket/key" */
  origin(key: string): string;
}

const STALLED = 60_000;
const LARGEST_TEXT = 16 * 1024 * 1024;
/** Names of classes and libraries in place of a code. */
const NAMES = /^(\w*Error|Unknown)$/;
const TRANSIENT = [408, 429, 500, 502, 503, 504];

/** Opens the store that `location` names; nothing is sent yet. Throws CONFIG when a named variable is not set. */
export async function openBucket(settings: FocusBucketSettings, access: Access): Promise<Bucket> {
  return createBucket(await clientOf(settings, access), settings, access);
}

async function clientOf(settings: FocusBucketSettings, access: Access): Promise<BucketClient> {
  const { cloud } = settings.location;
  switch (cloud) {
    case 's3':
      return openS3(settings, access);
    case 'gcs':
      return openGcs(settings, access);
    case 'azure':
      return openAzure(settings, access);
  }
}

function createBucket(client: BucketClient, settings: FocusBucketSettings, access: Access): Bucket {
  const { location } = settings;
  const retried = createRetry({ access, vendor: client.vendor });
  const withRetry = <T>(send: () => Promise<T>) =>
    retried(send).catch((error: unknown): never => {
      throw explainUnreachable(error, settings.endpoint ?? `the host of ${client.vendor}`);
    });
  const root = location.prefix === '' ? location.shown : location.shown.slice(0, -location.prefix.length);
  const origin = (key: string) => `${root}${root.endsWith('/') ? '' : '/'}${key}`;

  /** One request, told by what went wrong. */
  async function attempt<T>(what: string, send: () => Promise<T>): Promise<T> {
    await access.meter.request();
    try {
      return await orAborted(send(), access.signal);
    } catch (error) {
      access.meter.failed();
      access.signal.throwIfAborted();
      if (error instanceof AppError || error instanceof TransientError || error instanceof ChangedError)
        throw error;
      throw inWords(client, what, error);
    }
  }

  async function read(object: BucketObject, take: (chunk: Buffer) => Promise<void>): Promise<void> {
    const body = await client.open(object, access.signal);
    let size = 0;
    for await (const chunk of unstalled(body, access.signal)) {
      access.signal.throwIfAborted();
      size += chunk.length;
      await take(chunk);
    }
    if (size !== object.size)
      throw new TransientError(`${size} of ${object.size} bytes of ${object.key} arrived`);
  }

  return {
    origin,
    async *pages() {
      let token: string | undefined;
      do {
        const from = token;
        const page = await withRetry(() =>
          attempt(location.shown, () => client.page(location.prefix, from, access.signal)),
        );
        yield page.objects;
        if (page.next !== undefined && page.next === token)
          throw new AppError('UPSTREAM', `${client.vendor} gives the same page again and again.`);
        token = page.next;
      } while (token !== undefined);
    },
    download: (object, path) =>
      withRetry(() =>
        attempt(origin(object.key), async () => {
          const file = await openFile(path, 'w');
          try {
            await read(object, async (chunk) => void (await file.write(chunk)));
          } finally {
            await file.close();
          }
        }),
      ),
    async text(object) {
      if (object.size > LARGEST_TEXT)
        throw new AppError('INVALID', `${origin(object.key)} is too large to be a manifest.`);
      return withRetry(() =>
        attempt(origin(object.key), async () => {
          const chunks: Buffer[] = [];
          await read(object, async (chunk) => void chunks.push(chunk));
          return Buffer.concat(chunks).toString('utf8');
        }),
      );
    },
  };
}

/** Not every SDK lets go of a request when it is told to. */
async function orAborted<T>(sent: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([sent, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Chunks of a body; it is given up when nothing comes for a minute, or when the poll is stopped. */
async function* unstalled(body: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const give = () => body.destroy(new TransientError('nothing came for a minute'));
  const stop = () => body.destroy(new Error('stopped'));
  signal.addEventListener('abort', stop, { once: true });
  let timer = setTimeout(give, STALLED);
  try {
    for await (const chunk of body) {
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(give, STALLED);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    body.destroy();
  }
}

/** Vendors repeat addresses in their messages, and those may hold a signature. */
function said(message: string): string {
  const text = message
    .replace(/([?&;]?\b(?:sig|signature|token|x-amz-[a-z-]+|x-goog-[a-z-]+)=)[^&\s"']+/gi, '$1…')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function inWords(client: BucketClient, what: string, error: unknown): Error {
  const { status, code, message, retryAfter, hint, ours } = client.refusal(error);
  if (ours !== undefined) return new AppError('CONFIG', ours, { ...(hint !== undefined && { hint }) });
  // A code that the message says again, or that is only the name of a class, says nothing.
  const words = [code, said(message)]
    .filter((word, index) => word !== '' && !(index === 0 && (message.includes(word) || NAMES.test(word))))
    .join(': ');
  if (status === 412 || /^(NoSuchKey|BlobNotFound|ConditionNotMet)$/.test(code))
    return new ChangedError(`${what} was written anew or removed meanwhile`);
  if (status === 404 && /no such object/i.test(message))
    return new ChangedError(`${what} was removed meanwhile`);
  if (status === undefined || TRANSIENT.includes(status))
    return new TransientError(status === undefined ? words : `HTTP ${status} ${words}`, { retryAfter });
  return new AppError('UPSTREAM', `${client.vendor} refused to read ${what}: HTTP ${status} ${words}`, {
    hint: hint ?? mend(status),
  });
}

function mend(status: number): string {
  if (status === 401)
    return 'The credentials are wrong, expired or revoked: set new ones in the environment.';
  if (status === 403)
    return 'The credentials may not read this: `pennywatch permissions focus-bucket` prints what they need.';
  if (status === 404) return 'Check location in pennywatch.yaml: the bucket does not exist.';
  return 'Check location, endpoint and region of this source in pennywatch.yaml.';
}

/** A short name for a set of objects and their contents. */
export function fingerprint(objects: readonly BucketObject[]): string {
  const lines = objects.map(({ key, content, size }) => JSON.stringify([key, content, size])).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
}
