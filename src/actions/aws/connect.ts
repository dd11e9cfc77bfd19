/** Clients of AWS's own SDK for one entry under actions.accounts: credentials, role, endpoint, time-outs. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';

/** As in the SDK's standard variables AWS_ENDPOINT_URL_<SERVICE>. */
export type AwsServiceName = 'EC2' | 'AUTO_SCALING' | 'ECS' | 'EKS' | 'SAGEMAKER' | 'STS';

const CONNECT_TIMEOUT = 5_000;
const TIMEOUT = 20_000;
/** Sessions that end within this many milliseconds are not used any more. */
const RENEW_BEFORE = 5 * 60_000;

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Roles are assumed once for all resources of an account, not once for each call. */
const sessions = new WeakMap<object, Keys>();

/** Each is loaded on first use: `{ sdk, client }`, to be sent through callAws and destroyed afterwards. */
export async function connectEc2(access: ActionAccess, region: string) {
  const sdk = await import('@aws-sdk/client-ec2');
  return { sdk, client: new sdk.EC2Client(await clientSettings(access, 'EC2', region)) };
}

export async function connectAutoScaling(access: ActionAccess, region: string) {
  const sdk = await import('@aws-sdk/client-auto-scaling');
  return { sdk, client: new sdk.AutoScalingClient(await clientSettings(access, 'AUTO_SCALING', region)) };
}

export async function connectEcs(access: ActionAccess, region: string) {
  const sdk = await import('@aws-sdk/client-ecs');
  return { sdk, client: new sdk.ECSClient(await clientSettings(access, 'ECS', region)) };
}

export async function connectEks(access: ActionAccess, region: string) {
  const sdk = await import('@aws-sdk/client-eks');
  return { sdk, client: new sdk.EKSClient(await clientSettings(access, 'EKS', region)) };
}

export async function connectSageMaker(access: ActionAccess, region: string) {
  const sdk = await import('@aws-sdk/client-sagemaker');
  return { sdk, client: new sdk.SageMakerClient(await clientSettings(access, 'SAGEMAKER', region)) };
}

/** Where calls to a service go; undefined for AWS itself. An entry's own `endpoint` wins over the variables. */
export function endpointOf(access: ActionAccess, service: AwsServiceName): string | undefined {
  return (
    access.connection.endpoint ??
    access.variable(`AWS_ENDPOINT_URL_${service}`) ??
    access.variable('AWS_ENDPOINT_URL')
  );
}

async function clientSettings(access: ActionAccess, service: AwsServiceName, region: string) {
  const endpoint = endpointOf(access, service);
  const credentials = await credentialsOf(access, region);
  return {
    region,
    // Attempts are counted and spaced by callAws.
    maxAttempts: 1,
    requestHandler: limits(),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
  };
}

function limits() {
  return { connectionTimeout: CONNECT_TIMEOUT, requestTimeout: TIMEOUT, throwOnRequestTimeout: true };
}

/** Undefined for the SDK's default chain: profile, web identity, the machine's own role. */
async function credentialsOf(access: ActionAccess, region: string) {
  const own = ownKeys(access);
  const { role } = access.connection;
  if (role === undefined) return own;
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const endpoint = endpointOf(access, 'STS');
  const assume = fromTemporaryCredentials({
    ...(own && { masterCredentials: own }),
    params: { RoleArn: role, RoleSessionName: 'pennywatch-actions' },
    clientConfig: { region, requestHandler: limits(), ...(endpoint !== undefined && { endpoint }) },
  });
  return async (): Promise<Keys> => {
    const known = sessions.get(access.connection);
    if (known?.expiration && known.expiration.getTime() - access.now() > RENEW_BEFORE) return known;
    const keys = await assume();
    sessions.set(access.connection, keys);
    return keys;
  };
}

function ownKeys(access: ActionAccess): Keys | undefined {
  const accessKeyId = access.variable('AWS_ACCESS_KEY_ID');
  const secretAccessKey = access.variable('AWS_SECRET_ACCESS_KEY');
  const sessionToken = access.variable('AWS_SESSION_TOKEN');
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw new AppError('CONFIG', 'Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set.', {
      hint: 'Set both, or neither to use the role of the machine.',
    });
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}
