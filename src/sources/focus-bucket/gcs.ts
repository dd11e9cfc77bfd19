/** Google Cloud Storage through Google's own SDK. */
import type { Storage } from '@google-cloud/storage';
import { checkKeyFile } from '../google-key-file.ts';
import type { Access } from '../types.ts';
import { GcsPage, listing } from './schema.ts';
import type { FocusBucketSettings } from './settings.ts';
import type { BucketClient, Refusal } from './types.ts';

/** Retries and the counting of requests are the caller's: the SDK sends each request once. */
export async function openGcs(settings: FocusBucketSettings, access: Access): Promise<BucketClient> {
  const { Storage: Client } = await import('@google-cloud/storage');
  const emulator = access.variable('STORAGE_EMULATOR_HOST');
  const apiEndpoint = settings.endpoint ?? (emulator && withScheme(emulator));
  const token = access.variable(settings.tokenVariable);
  const keyFilename = access.variable('GOOGLE_APPLICATION_CREDENTIALS');
  if (token === undefined && keyFilename !== undefined) await checkKeyFile(keyFilename);
  const storage: Storage = new Client({
    ...(apiEndpoint !== undefined && {
      apiEndpoint,
      useAuthWithCustomEndpoint: token !== undefined || keyFilename !== undefined,
    }),
    ...(token === undefined && keyFilename !== undefined && { keyFilename }),
    // Only named in addresses of projects, which are not used.
    projectId: access.variable('GOOGLE_CLOUD_PROJECT') ?? 'none',
    retryOptions: { autoRetry: false, maxRetries: 0 },
    timeout: 60_000,
  });
  if (token !== undefined) carryToken(storage, token);
  const bucket = storage.bucket(settings.location.bucket);
  return {
    vendor: 'Google Cloud Storage',
    async page(prefix, pageToken) {
      const [, , answer] = await bucket.getFiles({
        prefix,
        autoPaginate: false,
        fields: 'nextPageToken,items(name,size,generation,updated,md5Hash,crc32c)',
        ...(pageToken !== undefined && { pageToken }),
      });
      const page = listing(GcsPage, answer);
      return {
        objects: page.items.map(({ name, size, generation, updated, md5Hash, crc32c }) => ({
          key: name,
          size,
          content: md5Hash ?? crc32c ?? generation,
          version: generation,
          modified: updated.getTime(),
        })),
        next: page.nextPageToken,
      };
    },
    async open({ key, version }) {
      // As it is stored: the importer unpacks by itself, and the size is that of the listing.
      return bucket.file(key, { generation: version }).createReadStream({ decompress: false });
    },
    refusal,
  };
}

/** The SDK has no setting for a token that somebody else made. */
function carryToken(storage: Storage, token: string): void {
  storage.authClient.authorizeRequest = async (options) => ({
    ...options,
    headers: { ...options?.headers, Authorization: `Bearer ${token}` },
  });
}

function withScheme(host: string): string {
  return /^https?:\/\//.test(host) ? host : `http://${host}`;
}

function refusal(error: unknown): Refusal {
  const {
    code,
    message = '',
    errors,
  } = (error ?? {}) as {
    code?: number | string;
    message?: string;
    errors?: readonly { reason?: string }[];
  };
  const status = typeof code === 'number' ? code : undefined;
  const reason = errors?.[0]?.reason ?? (typeof code === 'string' ? code : '');
  if (/Could not load the default credentials/.test(message))
    return {
      status: 401,
      code: 'credentials',
      message,
      hint: NO_CREDENTIALS,
      ours: 'There are no Google Cloud credentials.',
    };
  if (/invalid_grant|invalid_rapt/.test(message))
    return { status: 401, code: 'credentials', message, hint: NO_CREDENTIALS };
  return { status: status === 200 ? undefined : status, code: reason, message: plain(message) };
}

const NO_CREDENTIALS =
  'Set GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account, or sign in with `gcloud auth application-default login`.';

/** Errors of downloads carry the whole body, those of the connection the address of the request. */
function plain(message: string): string {
  try {
    const { error } = JSON.parse(message) as { error?: { message?: string } };
    return error?.message ?? message;
  } catch {
    return message.replace(/^request to \S+ failed, reason: /, '');
  }
}
