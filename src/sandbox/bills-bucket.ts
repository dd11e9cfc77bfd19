/** An S3-compatible bucket on this machine with some of the demo's bills in it: what a live source reads in the demo. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';

export const BUCKET = 'lumen-billing';

export interface BillsBucket {
  /** Address of the store, for path-style requests. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  close(): Promise<void>;
}

interface StoredFile {
  readonly key: string;
  readonly bytes: Buffer;
  readonly etag: string;
  readonly modified: Date;
}

/** Serves the files as `prefix/NAME` to whoever signs with the key; listens on this machine only. */
export async function serveBillsBucket(
  files: readonly string[],
  prefix: string,
  key: { readonly accessKeyId: string; readonly secretAccessKey: string },
): Promise<BillsBucket> {
  const objects = await Promise.all(files.map((path) => store(path, prefix)));
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bucket');
    const signer = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
    const [, bucket, path = ''] = /^\/([^/]*)\/?(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
    const object = objects.find((one) => one.key === path);
    const send = (status: number, body: string | Buffer, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body);
    if (signer !== key.accessKeyId) return send(403, failure('InvalidAccessKeyId'));
    if (bucket !== BUCKET) return send(404, failure('NoSuchBucket'));
    if (path === '') return send(200, listing(objects, searchParams.get('prefix') ?? ''));
    if (!object) return send(404, failure('NoSuchKey'));
    return send(200, object.bytes, { 'content-type': 'binary/octet-stream', etag: object.etag });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, ...key, close: () => close(server) };
}

async function store(path: string, prefix: string): Promise<StoredFile> {
  const bytes = await readFile(path);
  return {
    key: `${prefix}/${basename(path)}`,
    bytes,
    etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    modified: (await stat(path)).mtime,
  };
}

function listing(objects: readonly StoredFile[], prefix: string): string {
  const found = objects.filter(({ key }) => key.startsWith(prefix));
  const contents = found.map(
    ({ key, bytes, etag, modified }) =>
      `<Contents><Key>${encodeURIComponent(key).replaceAll('%2F', '/')}</Key><LastModified>${modified.toISOString()}</LastModified><ETag>${etag.replaceAll('"', '&quot;')}</ETag><Size>${bytes.length}</Size></Contents>`,
  );
  return xml(
    `<ListBucketResult><Name>${BUCKET}</Name><EncodingType>url</EncodingType><KeyCount>${found.length}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`,
  );
}

function failure(code: string): string {
  return xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function xml(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
