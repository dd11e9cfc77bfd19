/** Requests to BigQuery through Google's client: credentials, end point, time-outs; retries are ours alone. */
import { AppError } from '../../core/errors.ts';
import { checkKeyFile } from '../google-key-file.ts';
import { createRetry, TransientError } from '../retry.ts';
import type { Access } from '../types.ts';
import { explainUnreachable } from '../unreachable.ts';
import { googleError } from './errors.ts';
import { type BigQuerySettings, fullName } from './settings.ts';

export interface GoogleRequest {
  readonly method: 'GET' | 'POST';
  /** Below the project, e.g. "/jobs". */
  readonly path: string;
  /** Project asked; unless given, the one that runs the queries. */
  readonly project?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** HTTP errors that count as an answer: resolves to undefined. */
  readonly except?: number;
}

/** Resolves to the parsed JSON object. */
export type Google = (request: GoogleRequest) => Promise<unknown>;

/** Longer than BigQuery itself waits for a query (10 s) before it says that it still runs. */
const TIMEOUT = 60_000;
const GOOGLE = 'https://bigquery.googleapis.com';

/** A function that asks BigQuery. Throws CONFIG when credentials would go to a host that is not Google's. */
export async function connect(settings: BigQuerySettings, access: Access): Promise<Google> {
  const project = settings.project ?? settings.table.project;
  const endpoint = endpointOf(settings, access);
  const client = await createClient(settings, access, { project, apiEndpoint: endpoint });
  const withRetry = createRetry({ access, vendor: 'BigQuery' });
  const asked = () => ({ project, table: fullName(settings.table), now: access.now() });

  async function send(request: GoogleRequest): Promise<unknown> {
    await access.meter.request();
    let body: unknown;
    try {
      body = await within(access.signal, (done) =>
        client.request(
          {
            method: request.method,
            uri: request.path,
            ...(request.project !== undefined && { projectId: request.project }),
            ...(request.query && { qs: request.query }),
            ...(request.body && { json: request.body }),
          },
          done,
        ),
      );
    } catch (error) {
      access.meter.failed();
      access.signal.throwIfAborted();
      if (request.except !== undefined && (error as { code?: unknown }).code === request.except)
        return undefined;
      throw googleError(error, asked());
    }
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
    access.meter.failed();
    throw new TransientError('the answer was cut off or is not JSON');
  }
  return (request) =>
    withRetry(() => send(request)).catch((error: unknown) => {
      throw explainUnreachable(error, endpoint);
    });
}

function endpointOf(settings: BigQuerySettings, access: Access): string {
  return (settings.apiEndpoint ?? access.variable('BIGQUERY_API_ENDPOINT') ?? GOOGLE).replace(/\/+$/, '');
}

async function createClient(
  settings: BigQuerySettings,
  access: Access,
  { project, apiEndpoint }: { readonly project: string; readonly apiEndpoint: string },
) {
  const token = access.variable(settings.accessTokenVariable);
  if (token === undefined && !isGoogle(apiEndpoint))
    throw new AppError(
      'CONFIG',
      `The API end point of BigQuery is ${hostOf(apiEndpoint)}, which is not Google's.`,
      {
        hint: `Google Cloud credentials are not sent there. Set ${settings.accessTokenVariable} to the token it takes (an emulator takes any).`,
      },
    );
  const { BigQuery } = await import('@google-cloud/bigquery');
  const keyFilename = access.variable('GOOGLE_APPLICATION_CREDENTIALS');
  if (token === undefined && keyFilename !== undefined) await checkKeyFile(keyFilename);
  return new BigQuery({
    projectId: project,
    apiEndpoint,
    // One mechanism retries: ours.
    autoRetry: false,
    ...(token !== undefined && { authClient: await tokenClient(token) }),
    ...(token === undefined && keyFilename !== undefined && { keyFilename }),
  });
}

async function tokenClient(token: string) {
  const { OAuth2Client } = await import('google-auth-library');
  const client = new OAuth2Client();
  client.setCredentials({ access_token: token });
  return client;
}

/** The client has no time-out and cannot be stopped: it is left behind when it takes too long. */
function within(
  signal: AbortSignal,
  start: (done: (error: unknown, body?: unknown) => void) => void,
): Promise<unknown> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = (error: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
      reject(error);
    };
    const aborted = () => stop(signal.reason);
    const timer = setTimeout(() => stop(new TransientError('no answer in time')), TIMEOUT);
    signal.addEventListener('abort', aborted, { once: true });
    start((error, body) => {
      if (error) return stop(error);
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
      resolve(body);
    });
  });
}

/** Also private end points such as bigquery-acme.p.googleapis.com. */
function isGoogle(endpoint: string): boolean {
  return /^https:\/\/([a-z0-9-]+\.)*googleapis\.com(:443)?$/i.test(endpoint);
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : 'not a URL';
}
