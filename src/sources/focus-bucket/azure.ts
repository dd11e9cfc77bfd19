/** Azure Blob Storage through Microsoft's own SDK. */
import { Readable } from 'node:stream';
import type { ContainerClient, StoragePipelineOptions } from '@azure/storage-blob';
import { AppError } from '../../core/errors.ts';
import type { Access } from '../types.ts';
import { AzurePage, listing } from './schema.ts';
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
      const page = listing(AzurePage, await nextOf(pages));
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

/** The SDK stumbles over an answer that is no listing: what is left of it is nothing. */
async function nextOf(pages: AsyncIterator<unknown>): Promise<unknown> {
  try {
    return (await pages.next()).value;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
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
    return byConnectionString(() =>
      BlobServiceClient.fromConnectionString(connection, options).getContainerClient(bucket),
    );
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new BlobServiceClient(url, new DefaultAzureCredential(), options).getContainerClient(bucket);
}

/** The SDK only says "Invalid URL", or which part is missing; the text itself is a secret. */
function byConnectionString(open: () => ContainerClient): ContainerClient {
  try {
    return open();
  } catch {
    throw new AppError('CONFIG', 'AZURE_STORAGE_CONNECTION_STRING holds no connection string.', {
      hint: 'Copy it from the storage account under "Access keys": DefaultEndpointsProtocol=https;AccountName=…',
    });
  }
}

const SIGN_IN =
  'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, sign in with `az login`, or set a shared access signature.';
const HINTS: Readonly<Record<string, string>> = {
  ContainerNotFound: 'Check the name of the container in location.',
  AuthenticationFailed: 'The shared access signature or key is wrong or has expired: make a new one.',
  AuthorizationPermissionMismatch:
    'Grant the role "Storage Blob Data Reader" on the container; it takes up to ten minutes to work.',
  AuthorizationFailure: "The storage account's firewall may keep this machine out, or the key may not read.",
  CredentialUnavailableError: SIGN_IN,
  AggregateAuthenticationError: SIGN_IN,
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
  return {
    status: name === 'AuthenticationError' ? 401 : statusCode === 200 ? undefined : statusCode,
    ...(HINTS[name] === SIGN_IN && { ours: 'There is nothing to sign in to Azure with.' }),
    code: known,
    message,
    hint: HINTS[known],
  };
}
