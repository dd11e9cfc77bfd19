/** The cluster that an entry under actions.accounts names: by its address, its context, or the pod we run in. */
import type { AppsV1Api, AutoscalingV2Api, BatchV1Api, KubeConfig } from '@kubernetes/client-node';
import type { ActionAccount } from '../../core/action.ts';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';

export interface Cluster {
  readonly apps: AppsV1Api;
  readonly batch: BatchV1Api;
  readonly autoscaling: AutoscalingV2Api;
}

const TIMEOUT = 30_000;

/** Read once: credentials that a command makes (EKS, GKE) are kept in it until they expire. */
const opened = new WeakMap<ActionAccount, Promise<KubeConfig>>();

/** Throws CONFIG when there is no way to the cluster. */
export async function connect(access: ActionAccess): Promise<Cluster> {
  const { AppsV1Api, AutoscalingV2Api, BatchV1Api, createConfiguration, PatchStrategy, ServerConfiguration } =
    await import('@kubernetes/client-node');
  const kubeConfig = await configOf(access);
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) throw noWay(access.connection);
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(cluster.server, {}),
    authMethods: { default: kubeConfig },
    promiseMiddleware: [
      {
        async pre(request) {
          request.setSignal(AbortSignal.any([access.signal, AbortSignal.timeout(TIMEOUT)]));
          if (request.getHttpMethod().toString() === 'PATCH')
            request.setHeaderParam('Content-Type', PatchStrategy.MergePatch);
          return request;
        },
        post: async (response) => response,
      },
    ],
  });
  return {
    apps: new AppsV1Api(configuration),
    batch: new BatchV1Api(configuration),
    autoscaling: new AutoscalingV2Api(configuration),
  };
}

/** The next call reads the kubeconfig anew: its credentials were not taken. */
export function forget({ connection }: ActionAccess): void {
  opened.delete(connection);
}

function configOf(access: ActionAccess): Promise<KubeConfig> {
  const kept = opened.get(access.connection);
  if (kept) return kept;
  const made = load(access);
  opened.set(access.connection, made);
  // What could not be opened may be there next time.
  made.catch(() => opened.delete(access.connection));
  return made;
}

async function load(access: ActionAccess): Promise<KubeConfig> {
  const { connection } = access;
  const { endpoint, context, keyVariable } = connection;
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const config = new Config();
  const token = keyVariable === undefined ? undefined : access.variable(keyVariable);
  if (endpoint !== undefined) {
    const server = safe(endpoint);
    const user = { name: 'pennywatch', ...(token !== undefined && { token }) };
    // The library asks for this before it speaks plain http, which only goes to this machine.
    config.loadFromClusterAndUser(
      { name: connection.account, server, skipTLSVerify: server.startsWith('http:') },
      user,
    );
    return config;
  }
  try {
    config.loadFromDefault();
  } catch (error) {
    throw noWay(connection, error);
  }
  if (context !== undefined) {
    if (!config.getContextObject(context)) throw noWay(connection);
    config.setCurrentContext(context);
  }
  // What the library makes up when it finds nothing.
  if (config.getCurrentCluster()?.server === 'http://localhost:8080') throw noWay(connection);
  return config;
}

function safe(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const local = url !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url && !url.username && (url.protocol === 'https:' || (url.protocol === 'http:' && local)))
    return url.href.replace(/\/+$/, '');
  throw new AppError('CONFIG', 'The address of the Kubernetes API is neither https nor on this machine.', {
    hint: 'Correct the endpoint of the cluster under actions.accounts, or name a context of the kubeconfig.',
  });
}

function noWay({ account, context }: ActionAccount, cause?: unknown): AppError {
  const message = context
    ? `There is no context ${context} in the kubeconfig for cluster ${account}.`
    : `There is no kubeconfig here for cluster ${account}, and this is no pod of it.`;
  return new AppError('CONFIG', message, {
    hint: 'Set KUBECONFIG, correct the context of the cluster under actions.accounts, or give its endpoint.',
    cause,
  });
}
