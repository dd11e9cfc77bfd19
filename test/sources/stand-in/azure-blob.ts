/** Stand-in of Azure Blob Storage's REST API: List Blobs and Get Blob, by shared access signature. */
import { type Objects, type StoredObject, xml } from './focus-bucket-objects.ts';
import type { StandInAnswer, Vendor } from './server.ts';

export const SAS = 'sv=2024-08-04&ss=b&srt=co&sp=rl&se=2027-01-01T00:00:00Z&sig=stand%2Din%2Fsignature%3D';

export function azureBlobVendor(objects: Objects, account: string, container: string): Vendor {
  return {
    answer({ url, headers }) {
      const [, owner, name, path = ''] = /^\/([^/]+)\/([^/]+)\/?(.*)$/.exec(url.pathname) ?? [];
      if (objects.revoked || url.searchParams.get('sig') !== 'stand-in/signature=')
        return refused(403, 'AuthenticationFailed', 'Server failed to authenticate the request.');
      if (owner !== account || name !== container)
        return refused(404, 'ContainerNotFound', 'The specified container does not exist.');
      if (path === '') return listBlobs(objects, url.searchParams);
      const object = objects.get(decodeURIComponent(path));
      if (!object) return refused(404, 'BlobNotFound', 'The specified blob does not exist.');
      const match = headers['if-match'];
      if (match !== undefined && match.replaceAll('"', '') !== etagOf(object))
        return refused(
          412,
          'ConditionNotMet',
          'The condition specified using HTTP conditional header(s) is not met.',
        );
      objects.served += object.body.length;
      return {
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': `${object.body.length}`,
          etag: `"${etagOf(object)}"`,
          'last-modified': object.modified.toUTCString(),
          'x-ms-blob-type': 'BlockBlob',
          'x-ms-version': '2024-08-04',
        },
        body: object.body,
      };
    },
    refuse: (status) =>
      status === 500
        ? refused(500, 'InternalError', 'The server encountered an internal error.')
        : refused(status, 'ServerBusy', 'The server is currently unable to receive requests.'),
  };
}

function listBlobs(objects: Objects, query: URLSearchParams): StandInAnswer {
  if (query.get('comp') !== 'list' || query.get('restype') !== 'container')
    return refused(400, 'InvalidQueryParameterValue', 'comp=list and restype=container are wanted');
  const prefix = query.get('prefix') ?? '';
  if (prefix.startsWith('forbidden/'))
    return refused(
      403,
      'AuthorizationPermissionMismatch',
      'This request is not authorized to perform this operation.',
    );
  const marker = query.get('marker');
  const { page, more } = objects.list(
    prefix,
    marker === null ? undefined : Buffer.from(marker, 'base64').toString(),
  );
  const blobs = page.map(
    (object) =>
      `<Blob><Name>${xml(object.key)}</Name><Properties><Last-Modified>${object.modified.toUTCString()}</Last-Modified><Etag>${etagOf(object)}</Etag><Content-Length>${object.body.length}</Content-Length><Content-MD5>${object.md5.toString('base64')}</Content-MD5><BlobType>BlockBlob</BlobType></Properties></Blob>`,
  );
  const next = more ? Buffer.from(page.at(-1)?.key ?? '').toString('base64') : '';
  return {
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://stand-in/" ContainerName="x"><Prefix>${xml(prefix)}</Prefix><Blobs>${blobs.join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`,
  };
}

function etagOf({ generation }: StoredObject): string {
  return `0x8D${generation.toString(16).toUpperCase()}`;
}

function refused(status: number, code: string, message: string): StandInAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
