/** Azure Blob Storage through Microsoft's own SDK. */
import { Readable } from 'node:stream';
import type { ContainerClient, StoragePipelineOptions } from '@azure/storage-blob';
import { AppError } from '../../core/errors.ts';
import type { Access } from '../types.ts';
import { AzurePage } from './schema.ts';
import type { FocusBucketSettings } from './settings.ts';
import type { BucketClient, Refusal } from './types.ts';

/** Retries and the counting of requests are the caller's: the SDK sends each request once. */
export async function openAzure(settings: FocusBucketSettings, access: Access): Promise<BucketClient> {
  const container = await containerOf(settings, access);
  return {
    vendor: 'Azure Blob Storage',
    async page(prefix, token, abortSignal) {
      const pages = container
        .listBlobsFlat({ abortSignal, ...(prefix !== '' && { prefix }) })
        .byPage(token === undefined ? {} : { continuationToken: token });
      const page = AzurePage.parse((await pages.next()).value);
      return {
        objects: page.segment.blobItems.map(({ name, properties }) => ({
          key: name,
          size: properties.contentLength,
          content: properties.contentMD5
            ? Buffer.from(properties.contentMD5).toString('base64')
            : properties.etag,
          version: properties.etag,
          modified: properties.lastModified.getTime(),
        })),
        next: page.continuationToken === '' ? undefined : page.continuationToken,
      };
    },
    async open({ key, version }, abortSignal) {
      const { readableStreamBody } = await container
        .getBlobClient(key)
        .download(0, undefined, { abortSignal, maxRetryRequests: 0, conditions: { ifMatch: version } });
      if (readableStreamBody instanceof Readable) return readableStreamBody;
      throw new AppError('UPSTREAM', `Azure Blob Storage answered without a body for ${key}.`);
    },
    refusal,
  };
}

/** By shared access signature, else connection string, else the signed-in identity. */
async function containerOf(settings: FocusBucketSettings, access: Access): Promise<ContainerClient> {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const { account, bucket } = settings.location;
  const options: StoragePipelineOptions = {
    retryOptions: { maxTries: 1, tryTimeoutInMs: 600_000 },
    userAgentOptions: { userAgentPrefix: 'pennywatch' },
  };
  const url = (settings.endpoint ?? account).replace(/\/+$/, '');
  const sas = access.variable(settings.sasVariable)?.replace(/^\?/, '');
  if (sas !== undefined)
    return new BlobServiceClient(`${url}?${sas}`, undefined, options).getContainerClient(bucket);
  const connection = access.variable('AZURE_STORAGE_CONNECTION_STRING');
  if (connection !== undefined)
    return BlobServiceClient.fromConnectionString(connection, options).getContainerClient(bucket);
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new BlobServiceClient(url, new DefaultAzureCredential(), options).getContainerClient(bucket);
}

const HINTS: Readonly<Record<string, string>> = {
  ContainerNotFound: 'Check the name of the container in location.',
  AuthenticationFailed: 'The shared access signature or key is wrong or has expired: make a new one.',
  AuthorizationPermissionMismatch:
    'Grant the role "Storage Blob Data Reader" on the container; it takes up to ten minutes to work.',
  AuthorizationFailure: "The storage account's firewall may keep this machine out, or the key may not read.",
  CredentialUnavailableError:
    'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, sign in with `az login`, or set a shared access signature.',
  AuthenticationError: 'Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
};

function refusal(error: unknown): Refusal {
  const {
    name = '',
    message = '',
    statusCode,
    code,
    details,
  } = (error ?? {}) as {
    name?: string;
    message?: string;
    statusCode?: number;
    code?: string;
    details?: { errorCode?: string };
  };
  const known = details?.errorCode ?? (code === undefined || HINTS[name] ? name : code);
  const identity = name === 'CredentialUnavailableError' || name === 'AuthenticationError';
  return {
    status: identity ? 401 : statusCode === 200 ? undefined : statusCode,
    code: known,
    message,
    hint: HINTS[known],
  };
}
