/** Stand-in of Google Cloud Storage's JSON API: objects.list and objects.get with alt=media. */
import { CRC32C } from '@google-cloud/storage';
import type { Objects } from './focus-bucket-objects.ts';
import type { StandInAnswer, Vendor } from './server.ts';

export const GCS_TOKEN = 'ya29.stand-in-token';

export function gcsVendor(objects: Objects, bucket: string): Vendor {
  return {
    answer({ url, headers }) {
      const [, name, path] =
        /^(?:\/(?:download\/)?storage\/v1)?\/b\/([^/]+)\/o(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
      if (objects.revoked || headers.authorization !== `Bearer ${GCS_TOKEN}`)
        return refused(401, 'authError', 'Invalid Credentials');
      if (name !== bucket) return refused(404, 'notFound', 'The specified bucket does not exist.');
      return path === undefined
        ? listObjects(objects, url.searchParams)
        : getObject(objects, decodeURIComponent(path), url.searchParams);
    },
    refuse: (status) =>
      status === 429
        ? refused(429, 'rateLimitExceeded', 'The object exceeded the rate limit.')
        : refused(status, 'backendError', 'Backend Error'),
  };
}

function listObjects(objects: Objects, query: URLSearchParams): StandInAnswer {
  const prefix = query.get('prefix') ?? '';
  if (prefix.startsWith('forbidden/'))
    return refused(
      403,
      'forbidden',
      'x@y.iam.gserviceaccount.com does not have storage.objects.list access.',
    );
  const token = query.get('pageToken');
  const { page, more } = objects.list(
    prefix,
    token === null ? undefined : Buffer.from(token, 'base64').toString(),
  );
  return {
    body: {
      kind: 'storage#objects',
      ...(more && { nextPageToken: Buffer.from(page.at(-1)?.key ?? '').toString('base64') }),
      ...(page.length > 0 && {
        items: page.map(({ key, body, md5, generation, modified }) => ({
          kind: 'storage#object',
          name: key,
          size: `${body.length}`,
          generation: `${generation}`,
          md5Hash: md5.toString('base64'),
          updated: modified.toISOString(),
        })),
      }),
    },
  };
}

function getObject(objects: Objects, key: string, query: URLSearchParams): StandInAnswer {
  const object = objects.get(key);
  if (!object || query.get('generation') !== `${object.generation}`)
    return refused(404, 'notFound', `No such object: ${key}`);
  if (query.get('alt') !== 'media') return refused(400, 'invalid', 'Only alt=media');
  objects.served += object.body.length;
  return {
    headers: {
      'content-type': 'application/octet-stream',
      'x-goog-hash': `crc32c=${crc32c(object.body)},md5=${object.md5.toString('base64')}`,
      'x-goog-stored-content-encoding': 'identity',
    },
    body: object.body,
  };
}

function crc32c(body: Buffer): string {
  const sum = new CRC32C();
  sum.update(body);
  return sum.toString();
}

function refused(status: number, reason: string, message: string): StandInAnswer {
  return {
    status,
    body: { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } },
  };
}
