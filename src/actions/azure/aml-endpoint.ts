/** An online endpoint of an Azure Machine Learning workspace with its deployments, and what scales them. */
import { z } from 'zod';
import type { ActionAccess, ActionInput } from '../types.ts';
import { listArm, pathOf, readArm } from './arm.ts';
import { partOf } from './input.ts';
import type { ArmRequest } from './send.ts';
import { dateOf } from './words.ts';

const ENDPOINTS = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints';
const VERSION = '2024-10-01';

const created = z.object({ createdAt: z.string().optional() }).nullish().catch(undefined);
const endpointSchema = z.object({
  location: z.string().catch(''),
  tags: z.record(z.string(), z.string()).nullish().catch({}),
  systemData: created,
  properties: z.object({ traffic: z.record(z.string(), z.number()).nullish().catch({}) }),
});
const deploymentSchema = z.object({
  name: z.string(),
  sku: z.object({ name: z.string().catch('Default'), capacity: z.number().optional() }).nullish(),
  properties: z.object({
    endpointComputeType: z.string().catch('Managed'),
    instanceType: z.string().nullish(),
    provisioningState: z.string().catch('Unknown'),
    scaleSettings: z.object({ scaleType: z.string() }).nullish().catch(undefined),
  }),
});
const autoscaleSchema = z.object({
  name: z.string().catch('autoscale'),
  properties: z.object({
    enabled: z.boolean().catch(true),
    targetResourceUri: z.string().nullish(),
    profiles: z.array(z.object({ capacity: z.object({ minimum: z.coerce.number() }) })).catch([]),
  }),
});

export interface Deployment {
  readonly name: string;
  /** Undefined where Azure does not say. */
  readonly instances: number | undefined;
  readonly instanceType: string;
  /** "Succeeded", "Updating", "Failed" … */
  readonly state: string;
  /** Scales by its own target utilisation (only on Kubernetes). */
  readonly scalesItself: boolean;
}
export interface Endpoint {
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt?: Date;
  /** Share of the requests by deployment, in percent. */
  readonly traffic: Readonly<Record<string, number>>;
  /** Those that the input is about: all of the endpoint, or the one that is named. */
  readonly deployments: readonly Deployment[];
}
/** An autoscale setting of Azure Monitor. */
export interface Autoscale {
  readonly name: string;
  /** Name of the deployment in lower case. */
  readonly deployment: string;
  readonly least: number;
}

export function endpointRequest(
  input: ActionInput,
  doing: string,
  permission: string,
  ...rest: string[]
): ArmRequest {
  const path = pathOf(
    partOf(input, 'subscription'),
    partOf(input, 'resourceGroup'),
    'Microsoft.MachineLearningServices',
    'workspaces',
    partOf(input, 'workspace'),
    'onlineEndpoints',
    partOf(input, 'endpoint'),
    ...rest,
  );
  return { path, version: VERSION, doing, permission: `${ENDPOINTS}/${permission}` };
}

/** Undefined when the endpoint, or the deployment that is named, is gone. Throws UPSTREAM. */
export async function readEndpoint(access: ActionAccess, input: ActionInput): Promise<Endpoint | undefined> {
  const doing = `look at endpoint ${partOf(input, 'endpoint')}`;
  const body = await readArm(access, endpointRequest(input, doing, 'read'));
  const list = await listArm(access, endpointRequest(input, doing, 'deployments/read', 'deployments'));
  if (body === undefined || list === undefined) return undefined;
  const wanted = partOf(input, 'deployment').toLowerCase();
  const deployments = list
    .map((one) => deploymentOf(deploymentSchema.parse(one)))
    .filter(({ name }) => wanted === '' || name.toLowerCase() === wanted);
  if (wanted !== '' && deployments.length === 0) return undefined;
  const { location, tags, systemData, properties } = endpointSchema.parse(body);
  const createdAt = dateOf(systemData?.createdAt);
  return {
    location,
    tags: tags ?? {},
    ...(createdAt && { createdAt }),
    traffic: properties.traffic ?? {},
    deployments,
  };
}

/** Autoscale settings that are on for deployments of this endpoint. Throws UPSTREAM. */
export async function readAutoscale(access: ActionAccess, input: ActionInput): Promise<Autoscale[]> {
  const list = await listArm(access, {
    path: pathOf(
      partOf(input, 'subscription'),
      partOf(input, 'resourceGroup'),
      'Microsoft.Insights',
      'autoscaleSettings',
    ),
    version: '2022-10-01',
    doing: 'look at the autoscale settings of its resource group',
    permission: 'Microsoft.Insights/autoscaleSettings/read',
  });
  const under = `${endpointRequest(input, '', '').path}/deployments/`.toLowerCase();
  return (list ?? []).flatMap((one) => {
    const { name, properties } = autoscaleSchema.parse(one);
    const target = properties.targetResourceUri?.toLowerCase() ?? '';
    if (!properties.enabled || !target.startsWith(under)) return [];
    const least = Math.max(0, ...properties.profiles.map(({ capacity }) => capacity.minimum));
    return [{ name, deployment: target.slice(under.length), least }];
  });
}

function deploymentOf({ name, sku, properties }: z.output<typeof deploymentSchema>): Deployment {
  return {
    name,
    instances: sku?.capacity,
    instanceType: properties.instanceType ?? properties.endpointComputeType,
    state: properties.provisioningState,
    scalesItself: properties.scaleSettings?.scaleType === 'TargetUtilization',
  };
}
