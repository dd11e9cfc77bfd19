/** Stand-in of Amazon S3's REST API, path style: ListObjectsV2 and GetObject. */
import { type Objects, xml } from './focus-bucket-objects.ts';
import type { StandInAnswer, StandInRequest, Vendor } from './server.ts';

export const S3_KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIASTANDIN00000TEST',
  AWS_SECRET_ACCESS_KEY: 'stand-in/s3+secret',
};

/** The role that may read, and the external id that its trust policy asks for. */
export const ROLE = { roleArn: 'arn:aws:iam::222222222222:role/billing', externalId: 'pennywatch-1' };
const ROLE_KEY = 'ASIASTANDIN00000ROLE';
const ROLE_TOKEN = 'stand-in-session';

export function s3Vendor(objects: Objects, bucket: string): Vendor {
  return {
    answer(request) {
      const { url, headers } = request;
      if (request.method === 'POST' && request.body.includes('Action=AssumeRole'))
        return assumeRole(new URLSearchParams(request.body));
      const [, , name = '', path = ''] = /^(\/([^/]*)\/?(.*))$/.exec(url.pathname) ?? [];
      const keyId = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1];
      const known =
        keyId === ROLE_KEY
          ? headers['x-amz-security-token'] === ROLE_TOKEN
          : keyId === S3_KEYS.AWS_ACCESS_KEY_ID;
      if (objects.revoked || !known)
        return refused(
          403,
          'InvalidAccessKeyId',
          'The AWS Access Key Id you provided does not exist in our records.',
        );
      if (name !== bucket) return refused(404, 'NoSuchBucket', 'The specified bucket does not exist');
      if (path !== '') return getObject(objects, decodeURIComponent(path), request);
      if (url.searchParams.get('list-type') !== '2')
        return refused(501, 'NotImplemented', 'Only ListObjectsV2');
      return listObjects(objects, bucket, url.searchParams);
    },
    refuse: (status) =>
      status === 500
        ? refused(500, 'InternalError', 'We encountered an internal error. Please try again.')
        : refused(status, 'SlowDown', 'Please reduce your request rate.'),
  };
}

/** STS, in the same place. */
function assumeRole(query: URLSearchParams): StandInAnswer {
  if (query.get('RoleArn') !== ROLE.roleArn || query.get('ExternalId') !== ROLE.externalId)
    return {
      ...asXml(
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>',
      ),
      status: 403,
    };
  return asXml(
    `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${ROLE_KEY}</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>${ROLE_TOKEN}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  );
}

function listObjects(objects: Objects, bucket: string, query: URLSearchParams): StandInAnswer {
  const prefix = query.get('prefix') ?? '';
  if (prefix.startsWith('forbidden/'))
    return refused(
      403,
      'AccessDenied',
      'User: arn:aws:iam::111111111111:user/x is not authorized to perform: s3:ListBucket',
    );
  const token = query.get('continuation-token');
  const after = token === null ? undefined : Buffer.from(token, 'base64url').toString();
  const { page, more } = objects.list(prefix, after);
  const encoded = query.get('encoding-type') === 'url';
  const shown = (key: string) => (encoded ? encodeURIComponent(key).replaceAll('%2F', '/') : xml(key));
  const next = Buffer.from(page.at(-1)?.key ?? '').toString('base64url');
  const contents = page.map(
    ({ key, body, md5, modified }) =>
      `<Contents><Key>${shown(key)}</Key><LastModified>${modified.toISOString()}</LastModified><ETag>&quot;${md5.toString('hex')}&quot;</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  return asXml(
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${shown(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>1000</MaxKeys>${encoded ? '<EncodingType>url</EncodingType>' : ''}<IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${next}</NextContinuationToken>` : ''}${contents.join('')}</ListBucketResult>`,
  );
}

function getObject(objects: Objects, key: string, { headers }: StandInRequest): StandInAnswer {
  const object = objects.get(key);
  if (!object) return refused(404, 'NoSuchKey', 'The specified key does not exist.');
  const etag = `"${object.md5.toString('hex')}"`;
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag)
    return refused(
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
    );
  objects.served += object.body.length;
  return {
    headers: { 'content-type': 'binary/octet-stream', etag, 'last-modified': object.modified.toUTCString() },
    body: object.body,
  };
}

function refused(status: number, code: string, message: string): StandInAnswer {
  return {
    ...asXml(
      `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`,
    ),
    status,
  };
}

function asXml(body: string): StandInAnswer {
  return {
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
