/** Amazon S3 and what speaks its API, through AWS's own SDK. */
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { AppError } from '../../core/errors.ts';
import type { Access } from '../types.ts';
import { listing, S3Page } from './schema.ts';
import type { FocusBucketSettings } from './settings.ts';
import type { BucketClient, Refusal } from './types.ts';

const TIMEOUT = 60_000;

/** Retries and the counting of requests are the caller's: the SDK sends each request once. */
export async function openS3(settings: FocusBucketSettings, access: Access): Promise<BucketClient> {
  const { S3Client, ListObjectsV2Command, GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { bucket } = settings.location;
  const endpoint =
    settings.endpoint ?? access.variable('AWS_ENDPOINT_URL_S3') ?? access.variable('AWS_ENDPOINT_URL');
  const client: S3Client = new S3Client({
    region: regionOf(settings, access),
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: settings.pathStyle ?? endpoint !== undefined,
    followRegionRedirects: true,
    maxAttempts: 1,
    // Stores that only speak S3 do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 10_000, requestTimeout: TIMEOUT, throwOnRequestTimeout: true },
    ...(await credentialsOf(settings, access)),
  });
  return {
    vendor: 'Amazon S3',
    async page(prefix, token, abortSignal) {
      const answer = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          EncodingType: 'url',
          ...(token !== undefined && { ContinuationToken: token }),
        }),
        { abortSignal },
      );
      const page = listing(S3Page, answer);
      const decode = (key: string) =>
        page.EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key;
      return {
        objects: page.Contents.map(({ Key, Size, ETag, LastModified }) => ({
          key: decode(Key),
          size: Size,
          content: ETag,
          version: ETag,
          modified: LastModified.getTime(),
        })),
        next: page.IsTruncated ? page.NextContinuationToken : undefined,
      };
    },
    async open({ key, version }, abortSignal) {
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: version }),
        { abortSignal },
      );
      if (Body instanceof Readable) return Body;
      throw new AppError('UPSTREAM', `Amazon S3 answered without a body for ${key}.`);
    },
    refusal,
  };
}

function regionOf(settings: FocusBucketSettings, access: Access): string {
  return (
    settings.region ?? access.variable('AWS_REGION') ?? access.variable('AWS_DEFAULT_REGION') ?? 'us-east-1'
  );
}

/** Keys from the named variables, else the SDK's own chain (profile, SSO, instance role …); then the role. */
async function credentialsOf(settings: FocusBucketSettings, access: Access) {
  const accessKeyId = access.variable(settings.accessKeyVariable);
  const secretAccessKey = access.variable(settings.secretKeyVariable);
  const sessionToken = access.variable('AWS_SESSION_TOKEN');
  const usual = settings.accessKeyVariable === 'AWS_ACCESS_KEY_ID';
  const keys = accessKeyId !== undefined &&
    secretAccessKey !== undefined && {
      accessKeyId,
      secretAccessKey,
      ...(usual && sessionToken !== undefined && { sessionToken }),
    };
  if (!keys && !usual)
    throw new AppError(
      'CONFIG',
      `${settings.accessKeyVariable} or ${settings.secretKeyVariable} is not set.`,
      {
        hint: 'Set both in the environment, or leave accessKeyVariable and secretKeyVariable out.',
      },
    );
  if (settings.roleArn === undefined) return keys ? { credentials: keys } : {};
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const sts = access.variable('AWS_ENDPOINT_URL_STS') ?? access.variable('AWS_ENDPOINT_URL');
  return {
    credentials: fromTemporaryCredentials({
      ...(keys && { masterCredentials: keys }),
      params: {
        RoleArn: settings.roleArn,
        RoleSessionName: 'pennywatch',
        ...(settings.externalId !== undefined && { ExternalId: settings.externalId }),
      },
      clientConfig: { region: regionOf(settings, access), ...(sts !== undefined && { endpoint: sts }) },
    }),
  };
}

const HINTS: Readonly<Record<string, string>> = {
  NoSuchBucket: 'Check the name of the bucket in location, and its region.',
  InvalidAccessKeyId:
    'The access key does not exist (any more): make a new one and set it in the environment.',
  SignatureDoesNotMatch: 'The secret access key does not belong to the access key id: set both again.',
  ExpiredToken: 'The session has expired: sign in again, or use a role that renews itself.',
  RequestTimeTooSkewed: "This machine's clock is wrong: set it by the network.",
  CredentialsProviderError:
    'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run under a role.',
};

/** The SDK's own words are about itself. */
const NOT_S3 = 'the answer is not of an S3 store';

function refusal(error: unknown): Refusal {
  const {
    name = '',
    message = '',
    $metadata,
  } = (error ?? {}) as {
    name?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  return {
    status: status === 200 ? undefined : status,
    code: name,
    message: /Deserialization error|^UnknownError$/.test(message) ? NOT_S3 : message,
    hint: HINTS[name],
    // Missing credentials of this machine are no trouble of the network.
    ...(name === 'CredentialsProviderError' && { ours: 'No AWS credentials were found.' }),
  };
}
