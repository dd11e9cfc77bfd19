/** Recognises ids of Azure: what can be acted on, and why the rest cannot. */
import type { Recognised, ResourceHints } from '../../core/action.ts';

interface AzureId {
  readonly resourceId: string;
  readonly subscription: string;
  readonly resourceGroup: string;
  /** "microsoft.compute/virtualmachines", in lower case. */
  readonly type: string;
  /** Names of the resource and of what it is in, the outermost first. */
  readonly names: readonly string[];
  readonly region: string | undefined;
}

const ID = /^\/?subscriptions\/([^/]+)\/resource-?groups\/([^/]+)\/providers\/([^/]+)\/(.+?)\/?$/i;
const ANY = /^\/?subscriptions\/[^/]+(\/|$)/i;
const SCALE_SET = 'microsoft.compute/virtualmachinescalesets';
const WORKSPACE = 'microsoft.machinelearningservices/workspaces';
const CLUSTER = 'microsoft.containerservice/managedclusters';

/** Undefined for an id that is not of Azure. Ids are compared without regard to case; names stay as they are written. */
export function recogniseAzure(resourceId: string, hints: ResourceHints): Recognised | undefined {
  if (!ANY.test(resourceId)) return undefined;
  const id = parse(resourceId, hints);
  if (!id) return unknown(`${shown(resourceId)} is not a single resource of Azure.`);
  return actable(id) ?? unknown(whyNot(id));
}

function parse(resourceId: string, { region }: ResourceHints): AzureId | undefined {
  const [, subscription, resourceGroup, provider, rest] = ID.exec(resourceId) ?? [];
  if (!subscription || !resourceGroup || !provider || !rest) return undefined;
  const segments = rest.split('/');
  if (segments.length % 2 !== 0 || segments.some((segment) => segment === '')) return undefined;
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  const type = [provider, ...types].join('/').toLowerCase();
  return { resourceId, subscription, resourceGroup, type, names, region };
}

function actable(id: AzureId): Recognised | undefined {
  const { subscription, resourceGroup, type, names } = id;
  const [first = '', second = '', third = ''] = names;
  const place = { subscription, resourceGroup };
  switch (type) {
    case 'microsoft.compute/virtualmachines':
      if (isNodeGroup(resourceGroup)) return undefined;
      return known(id, 'azure.vm', first, { ...place, name: first });
    case `${WORKSPACE}/computes`:
      return known(id, 'azure.aml.compute', second, { ...place, workspace: first, name: second });
    case `${WORKSPACE}/onlineendpoints`:
      return known(id, 'azure.aml.endpoint', second, { ...place, workspace: first, endpoint: second });
    case `${WORKSPACE}/onlineendpoints/deployments`:
      return known(id, 'azure.aml.deployment', `${second}/${third}`, {
        ...place,
        workspace: first,
        endpoint: second,
        deployment: third,
      });
    case `${CLUSTER}/agentpools`:
      return known(id, 'azure.aks.agent-pool', second, { ...place, cluster: first, pool: second });
    case SCALE_SET:
    case `${SCALE_SET}/virtualmachines`: {
      const pool = poolOf(resourceGroup, first);
      if (!pool) return undefined;
      return known(id, 'azure.aks.agent-pool', pool, {
        subscription,
        nodeResourceGroup: resourceGroup,
        pool,
        ...clusterOf(resourceGroup),
      });
    }
    default:
      return undefined;
  }
}

/**
 * Node pools are billed as scale sets: "aks-gpu-31415926-vmss", for Windows "aksnpwin". A pool's name has at most
 * twelve small letters and digits.
 */
function poolOf(resourceGroup: string, scaleSet: string): string | undefined {
  const linux = /^aks-([a-z][a-z0-9]{0,11})-\d{5,}-vmss$/i.exec(scaleSet)?.[1];
  const windows = isNodeGroup(resourceGroup) ? /^aks([a-z][a-z0-9]{0,5})$/i.exec(scaleSet)?.[1] : undefined;
  return (linux ?? windows)?.toLowerCase();
}

/** "MC_group_cluster_region" tells the cluster only when neither name has an underscore. */
function clusterOf(nodeGroup: string): { resourceGroup: string; cluster: string } | Record<string, never> {
  const [prefix, resourceGroup, cluster, region, ...more] = nodeGroup.split('_');
  if (prefix?.toLowerCase() !== 'mc' || !resourceGroup || !cluster || !region || more.length > 0) return {};
  return { resourceGroup, cluster };
}

function isNodeGroup(resourceGroup: string): boolean {
  return /^mc_/i.test(resourceGroup);
}

function known(
  { resourceId, subscription, region }: AzureId,
  kind: string,
  name: string,
  parts: Readonly<Record<string, string>>,
): Recognised {
  return {
    known: true,
    ref: {
      resourceId,
      provider: 'azure',
      kind,
      name,
      account: subscription,
      ...(region && { region }),
      parts,
    },
  };
}

/** What it is and why nothing is done with it, by the beginning of its type; the longest that fits counts. */
const WHY: readonly (readonly [type: string, why: (name: string) => string])[] = [
  [
    SCALE_SET,
    (name) =>
      `${name} is a scale set of virtual machines that belongs to no AKS node pool by its name: scale it down in Azure, or through whatever made it (Databricks, Batch, Terraform).`,
  ],
  [
    'microsoft.compute/virtualmachines',
    (name) =>
      `${name} is a node of an AKS cluster without scale sets: a single node is replaced by the cluster, so scale its pool in Azure.`,
  ],
  [
    'microsoft.compute/disks',
    (name) =>
      `${name} is a disk: it costs until it is deleted, and deleting data is not done from here. Delete it in Azure when no VM needs it.`,
  ],
  [
    'microsoft.compute/snapshots',
    (name) => `${name} is a snapshot: it costs until it is deleted, and deleting data is not done from here.`,
  ],
  [
    CLUSTER,
    (name) =>
      `${name} is an AKS cluster as a whole (its control plane): act on its node pools, or stop it with "az aks stop".`,
  ],
  [
    `${WORKSPACE}/batchendpoints`,
    (name) =>
      `${name} is a batch endpoint: it costs only while its jobs run on a compute cluster; cancel the job in the studio.`,
  ],
  [`${WORKSPACE}/jobs`, (name) => `${name} is a job: cancel it in the studio.`],
  [
    WORKSPACE,
    (name) =>
      `${name} is a Machine Learning workspace as a whole: the bill does not say which compute or endpoint in it costs; look in the studio.`,
  ],
  [
    'microsoft.cognitiveservices/accounts',
    (name) =>
      `${name} is an Azure OpenAI or AI services account, billed for what is asked of it: there is nothing to stop. Lower the quota of its deployments, or delete provisioned ones, in Azure AI Foundry.`,
  ],
  [
    'microsoft.databricks/workspaces',
    (name) => `${name} is a Databricks workspace: terminate its clusters in Databricks.`,
  ],
  [
    'microsoft.storage/',
    (name) =>
      `${name} is storage: it costs while data is kept in it, and deleting data is not done from here.`,
  ],
  [
    'microsoft.operationalinsights/',
    (name) =>
      `${name} is a Log Analytics workspace, billed for what is sent to it: set a daily cap, or send it less.`,
  ],
  [
    'microsoft.network/',
    (name) => `${name} is part of a network: it costs while it exists, and removing it may cut others off.`,
  ],
  [
    'microsoft.containerregistry/',
    (name) => `${name} is a container registry: it costs while images are kept in it.`,
  ],
];

function whyNot({ type, names }: AzureId): string {
  const name = shown(names.at(-1) ?? '');
  const why = WHY.find(([beginning]) => type.startsWith(beginning))?.[1];
  return why?.(name) ?? `${name} is of the type ${type.slice(0, 100)}, which Pennywatch has no action for.`;
}

function unknown(why: string): Recognised {
  return { known: false, why };
}

function shown(text: string): string {
  return `"${text.slice(0, 120)}"`;
}
