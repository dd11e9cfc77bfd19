/** Recognises workloads of Kubernetes as allocators bill them, and says why pods and nodes are not acted on. */
import type { Recognised, ResourceHints } from '../../core/action.ts';

const ACTABLE = ['deployment', 'statefulset', 'job', 'cronjob'];
/** Other kinds that allocations name, with what to do instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  pod: 'a pod, which its controller would start again at once: act on its Deployment, StatefulSet or Job instead',
  replicaset:
    'a ReplicaSet, which its Deployment would put back to its own number: act on the Deployment instead',
  replicationcontroller: 'a replication controller, an old kind that is not acted on here: use kubectl scale',
  daemonset:
    'a DaemonSet, which runs a pod on every node and has no number to set to zero: scale the node pool, or give it a node selector',
  node: 'a node: act on its node pool at the cloud that bills it, or on the workloads that run there',
  rollout: 'a Rollout of Argo, which its own controller scales: use kubectl argo rollouts',
  namespace: 'a namespace as a whole: act on the workloads in it',
  service: 'a service, which runs nothing by itself: act on the workload behind it',
};
const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

interface Workload {
  readonly cluster: string;
  readonly namespace: string;
  /** In lower case and singular. */
  readonly kind: string;
  readonly name: string;
}

/**
 * Takes "k8s://CLUSTER/NAMESPACE/deployment/NAME", "CLUSTER/NAMESPACE/deployment/NAME" and
 * "CLUSTER/NAMESPACE/deployment:NAME". A cluster in the first form may have slashes (ARNs). Undefined for an id that
 * is not of Kubernetes.
 */
export function recogniseKubernetes(resourceId: string, hints: ResourceHints): Recognised | undefined {
  const scheme = /^k8s:\/\//i.test(resourceId);
  const path = resourceId.replace(/^k8s:\/\//i, '').replace(/\/$/, '');
  const workload = parse(path, scheme);
  if (!workload)
    return scheme ? no(`"${resourceId.slice(0, 120)}" names no workload of Kubernetes.`) : idle(path);
  const { cluster, namespace, kind, name } = workload;
  const instead = INSTEAD[kind];
  if (instead) return no(`${name.slice(0, 120)} in ${cluster.slice(0, 120)} is ${instead}.`);
  if (!NAME.test(name) || !NAME.test(namespace))
    return no(`"${resourceId.slice(0, 120)}" has a name that Kubernetes does not allow.`);
  return {
    known: true,
    ref: {
      resourceId,
      provider: 'kubernetes',
      kind: `kubernetes.${kind}`,
      name,
      account: cluster,
      ...(hints.region && { region: hints.region }),
      parts: { cluster, namespace, name },
    },
  };
}

function parse(path: string, scheme: boolean): Workload | undefined {
  const segments = path.split('/');
  const joined = /^([a-z]+):([^:]+)$/i.exec(segments.at(-1) ?? '');
  const [type, name] = joined ? [joined[1], joined[2]] : segments.slice(-2);
  const [namespace, ...clusters] = segments.slice(0, joined ? -1 : -2).reverse();
  const cluster = clusters.reverse().join('/');
  const kind = kindOf(type ?? '');
  if (!kind || !name || !namespace || cluster === '') return undefined;
  // Without the scheme, anything with more slashes is somebody else's path.
  if (!scheme && (cluster.includes('/') || cluster.includes(':'))) return undefined;
  return { cluster, namespace, kind, name };
}

/** "Deployments" and "deployment" are one; undefined for words that are no kind. */
function kindOf(word: string): string | undefined {
  const kind = word.toLowerCase().replace(/s$/, '');
  return ACTABLE.includes(kind) || kind in INSTEAD ? kind : undefined;
}

/** Shares of a cluster that OpenCost gives to nothing that runs. */
function idle(path: string): Recognised | undefined {
  const [cluster, rest] = path.split('/');
  if (!rest || !/^__(idle|unallocated|unmounted)__$/.test(rest)) return undefined;
  return no(
    `"${path.slice(0, 120)}" is the share of cluster ${cluster?.slice(0, 120)} that no workload uses: scale its node pools down to save it.`,
  );
}

function no(why: string): Recognised {
  return { known: false, why };
}
