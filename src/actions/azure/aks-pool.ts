/** A node pool of an AKS cluster, found by its own id or by the scale set that its nodes are billed as. */
import { z } from 'zod';
import type { ActionAccess, ActionInput, LiveResource } from '../types.ts';
import { listArm, pathOf, readArm } from './arm.ts';
import { partOf } from './input.ts';
import type { ArmRequest } from './send.ts';

const CLUSTERS = 'Microsoft.ContainerService/managedClusters';
const VERSION = '2025-03-01';

const clusterSchema = z.object({
  id: z.string(),
  name: z.string(),
  location: z.string().catch(''),
  tags: z.record(z.string(), z.string()).nullish().catch({}),
  properties: z.object({
    nodeResourceGroup: z.string().catch(''),
    powerState: z.object({ code: z.string() }).optional(),
  }),
});
const poolSchema = z.object({
  name: z.string(),
  // Sent back as it came, but for the count.
  properties: z.looseObject({
    count: z.number(),
    mode: z.string().catch('User'),
    vmSize: z.string().catch('unknown'),
    enableAutoScaling: z.boolean().nullish(),
    minCount: z.number().nullish(),
    maxCount: z.number().nullish(),
    scaleSetPriority: z.string().nullish(),
    provisioningState: z.string().catch('Unknown'),
    powerState: z.object({ code: z.string() }).nullish(),
    eTag: z.string().nullish(),
    tags: z.record(z.string(), z.string()).nullish().catch({}),
  }),
});

export interface Cluster {
  readonly name: string;
  readonly resourceGroup: string;
  /** Group of its nodes, in lower case. */
  readonly nodeGroup: string;
  readonly stopped: boolean;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}
export interface Pool {
  readonly cluster: Cluster;
  readonly name: string;
  readonly count: number;
  /** Bounds of the cluster autoscaler; absent when it is off. */
  readonly autoscaler?: { readonly least: number; readonly most: number };
  /** A system pool keeps the cluster itself alive. */
  readonly system: boolean;
  readonly stopped: boolean;
  readonly provisioning: string;
  /** Its whole properties, to be sent back. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly eTag?: string;
  readonly live: LiveResource;
}

/** Made by Azure: they must not be sent back. */
const READ_ONLY = ['provisioningState', 'currentOrchestratorVersion', 'nodeImageVersion', 'eTag', 'status'];

export function poolRequest(
  input: ActionInput,
  { name, resourceGroup }: Cluster,
  doing: string,
  permission: 'read' | 'write',
): ArmRequest {
  return {
    path: pathOf(
      partOf(input, 'subscription'),
      resourceGroup,
      'Microsoft.ContainerService',
      'managedClusters',
      name,
      'agentPools',
      partOf(input, 'pool'),
    ),
    version: VERSION,
    doing,
    permission: `${CLUSTERS}/agentPools/${permission}`,
  };
}

/** Undefined when pool or cluster are gone. Throws UPSTREAM. */
export async function readPool(access: ActionAccess, input: ActionInput): Promise<Pool | undefined> {
  const cluster = await findCluster(access, input);
  if (!cluster) return undefined;
  const doing = `look at node pool ${partOf(input, 'pool')}`;
  const body = await readArm(access, poolRequest(input, cluster, doing, 'read'));
  return body === undefined ? undefined : poolOf(cluster, poolSchema.parse(body));
}

/**
 * A pool that is billed as a scale set says which group its nodes are in: the cluster that has this group is its own.
 * The cluster that the group's name tells is tried first, and believed only when the group is really its.
 */
async function findCluster(access: ActionAccess, input: ActionInput): Promise<Cluster | undefined> {
  const group = partOf(input, 'nodeResourceGroup').toLowerCase();
  const named = partOf(input, 'cluster') === '' ? undefined : await readCluster(access, input);
  if (group === '' || named?.nodeGroup === group) return named;
  const path = `/subscriptions/${encodeURIComponent(partOf(input, 'subscription'))}/providers/${CLUSTERS}`;
  const doing = 'look for the cluster of these nodes';
  const list = await listArm(access, { path, version: VERSION, doing, permission: `${CLUSTERS}/read` });
  return list?.map((one) => clusterOf(clusterSchema.parse(one))).find(({ nodeGroup }) => nodeGroup === group);
}

async function readCluster(access: ActionAccess, input: ActionInput): Promise<Cluster | undefined> {
  const name = partOf(input, 'cluster');
  const body = await readArm(access, {
    path: pathOf(
      partOf(input, 'subscription'),
      partOf(input, 'resourceGroup'),
      'Microsoft.ContainerService',
      'managedClusters',
      name,
    ),
    version: VERSION,
    doing: `look at cluster ${name}`,
    permission: `${CLUSTERS}/read`,
  });
  return body === undefined ? undefined : clusterOf(clusterSchema.parse(body));
}

function clusterOf({ id, name, location, tags, properties }: z.output<typeof clusterSchema>): Cluster {
  return {
    name,
    resourceGroup: /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '',
    nodeGroup: properties.nodeResourceGroup.toLowerCase(),
    stopped: properties.powerState?.code === 'Stopped',
    location,
    tags: tags ?? {},
  };
}

function poolOf(cluster: Cluster, { name, properties }: z.output<typeof poolSchema>): Pool {
  const { count, mode, vmSize, enableAutoScaling, minCount, maxCount, eTag, scaleSetPriority } = properties;
  const autoscaler = enableAutoScaling ? { least: minCount ?? 0, most: maxCount ?? count } : undefined;
  return {
    cluster,
    name,
    count,
    ...(autoscaler && { autoscaler }),
    system: mode === 'System',
    stopped: cluster.stopped || properties.powerState?.code === 'Stopped',
    provisioning: properties.provisioningState,
    properties: Object.fromEntries(Object.entries(properties).filter(([key]) => !READ_ONLY.includes(key))),
    ...(eTag && { eTag }),
    live: {
      state: cluster.stopped ? 'Stopped' : (properties.powerState?.code ?? 'Running'),
      tags: { ...cluster.tags, ...properties.tags },
      details: [
        { label: 'Cluster', value: cluster.name },
        { label: 'Nodes', value: `${count} × ${vmSize}` },
        { label: 'Mode', value: mode },
        {
          label: 'Autoscaler',
          value: autoscaler ? `on, ${autoscaler.least} to ${autoscaler.most} nodes` : 'off',
        },
        { label: 'Region', value: cluster.location },
        ...(scaleSetPriority === 'Spot' ? [{ label: 'Priority', value: 'Spot' }] : []),
      ],
    },
  };
}
