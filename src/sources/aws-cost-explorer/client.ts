/** Cost Explorer by AWS's own SDK: endpoint and credentials, one counted attempt per request, retries around it. */
import type {
  CostExplorerClient,
  CostExplorerClientConfig,
  GetAnomaliesRequest,
  GetCostAndUsageRequest,
  GetCostForecastRequest,
} from '@aws-sdk/client-cost-explorer';
import { AppError } from '../../core/errors.ts';
import { createRetry, TransientError } from '../retry.ts';
import type { Access } from '../types.ts';
import { explainUnreachable } from '../unreachable.ts';
import { toOwnError, VENDOR } from './errors.ts';
import type { AwsSettings, Payer } from './settings.ts';

export interface CostExplorer {
  getCostAndUsage(input: GetCostAndUsageRequest): Promise<unknown>;
  getCostForecast(input: GetCostForecastRequest): Promise<unknown>;
  getAnomalies(input: GetAnomaliesRequest): Promise<unknown>;
  /** Account of the credentials, when they say it; asks nobody. */
  accountId(): Promise<string | undefined>;
  close(): void;
}

const ATTEMPTS = 12;
/** When somebody waits for it. */
export const FEW_ATTEMPTS = 3;
const CONNECT_TIMEOUT = 10_000;
const TIMEOUT = 60_000;

/** Every attempt that is sent counts in the meter. Throws UPSTREAM in words, PagesChanged, or what the meter throws. */
export async function createClient(
  settings: AwsSettings,
  payer: Payer,
  access: Access,
  attempts = ATTEMPTS,
): Promise<CostExplorer> {
  const sdk = await import('@aws-sdk/client-cost-explorer');
  const endpoint = access.variable('AWS_ENDPOINT_URL_COST_EXPLORER') ?? access.variable('AWS_ENDPOINT_URL');
  const credentials = await credentialsOf(settings, payer, access);
  const client = new sdk.CostExplorerClient({
    region: settings.region,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT,
      requestTimeout: TIMEOUT,
      throwOnRequestTimeout: true,
    },
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
  });
  // It would walk through every answer, for a log that nobody reads.
  client.middlewareStack.remove('loggerMiddleware');
  count(client, access);
  const withRetry = createRetry({ access, vendor: VENDOR, attempts });
  const secrets = [
    settings.accessKeyVariable,
    settings.secretKeyVariable,
    settings.sessionTokenVariable,
  ].flatMap((variable) => access.variable(variable) ?? []);
  const address = endpoint ?? `https://ce.${settings.region}.amazonaws.com`;
  const send = (operation: string, attempt: (abortSignal: AbortSignal) => Promise<unknown>) =>
    withRetry(async () => {
      // The SDK's time-out ends with the first byte; this one covers the whole answer.
      const limit = AbortSignal.timeout(TIMEOUT + CONNECT_TIMEOUT);
      try {
        return await Promise.race([attempt(AbortSignal.any([access.signal, limit])), rejectOn(limit)]);
      } catch (error) {
        access.signal.throwIfAborted();
        if (limit.aborted) throw new TransientError('no answer in time', { cause: error });
        throw toOwnError(error, { operation, secrets, roleArn: payer.roleArn, now: access.now() });
      }
    }).catch((error: unknown) => {
      throw explainUnreachable(error, address);
    });
  return {
    getCostAndUsage: (input) =>
      send('GetCostAndUsage', (abortSignal) =>
        client.send(new sdk.GetCostAndUsageCommand(input), { abortSignal }),
      ),
    getCostForecast: (input) =>
      send('GetCostForecast', (abortSignal) =>
        client.send(new sdk.GetCostForecastCommand(input), { abortSignal }),
      ),
    getAnomalies: (input) =>
      send('GetAnomalies', (abortSignal) => client.send(new sdk.GetAnomaliesCommand(input), { abortSignal })),
    async accountId() {
      const { accountId } = await client.config.credentials();
      return accountId;
    },
    close: () => client.destroy(),
  };
}

/** Counts right before an attempt leaves, so that failing to get credentials costs nothing. */
function count(client: CostExplorerClient, access: Access): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      await access.meter.request();
      try {
        return await next(args);
      } catch (error) {
        access.meter.failed();
        throw error;
      }
    },
    // After everything else of the step, so that a request that cannot be signed is not counted.
    { step: 'finalizeRequest', priority: 'low', name: 'countRequests' },
  );
}

function rejectOn(limit: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason));
  });
}

type Credentials = NonNullable<CostExplorerClientConfig['credentials']>;

async function credentialsOf(
  settings: AwsSettings,
  payer: Payer,
  access: Access,
): Promise<Credentials | undefined> {
  const accessKeyId = access.variable(settings.accessKeyVariable);
  const secretAccessKey = access.variable(settings.secretKeyVariable);
  const sessionToken = access.variable(settings.sessionTokenVariable);
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw new AppError(
      'CONFIG',
      `Only one of ${settings.accessKeyVariable} and ${settings.secretKeyVariable} is set.`,
      { hint: 'Set both, or neither to use the role of the machine.' },
    );
  const own =
    accessKeyId !== undefined && secretAccessKey !== undefined
      ? { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
      : undefined;
  if (payer.roleArn === undefined) return own;
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const endpoint = access.variable('AWS_ENDPOINT_URL_STS') ?? access.variable('AWS_ENDPOINT_URL');
  return fromTemporaryCredentials({
    ...(own && { masterCredentials: own }),
    params: {
      RoleArn: payer.roleArn,
      RoleSessionName: 'pennywatch',
      ...(payer.externalId !== undefined && { ExternalId: payer.externalId }),
    },
    clientConfig: { region: settings.region, ...(endpoint !== undefined && { endpoint }) },
  });
}
