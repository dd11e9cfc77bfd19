/** Scales the deployments of an online endpoint down to their least, and back to what they had. */
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, LiveResource, Planned, ProviderAction } from '../types.ts';
import {
  type Autoscale,
  type Deployment,
  type Endpoint,
  endpointRequest,
  readAutoscale,
  readEndpoint,
} from './aml-endpoint.ts';
import { verifyInstances } from './aml-instances.ts';
import { changeArm } from './arm.ts';
import { azureInput } from './input.ts';
import { gonePlan, listed, plural } from './words.ts';

const PERMISSIONS = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints';
const WHERE = ['workspaces whose online endpoints may be scaled'];
const count = z.string().regex(/^([1-9]|[1-9]\d)$/, { error: 'a whole number of instances from 1 to 99' });
const counts = z.record(z.string(), z.number().int().positive());

export const amlDeploymentScale: ProviderAction = {
  id: 'azure.aml-deployment-scale',
  about: {
    provider: 'azure',
    kinds: ['azure.aml.endpoint', 'azure.aml.deployment'],
    title: 'Scale online endpoint down',
    verb: 'scale down',
    past: 'scaled down',
    consequence:
      'Each deployment keeps one instance (Azure allows no fewer), which still answers and still costs; requests may wait or fail under load. To end the cost altogether the deployment has to be deleted.',
    risk: 'medium',
    validStates: ['Succeeded'],
    permissions: [
      { permission: `${PERMISSIONS}/read`, for: 'plan', resources: WHERE },
      { permission: `${PERMISSIONS}/deployments/read`, for: 'plan', resources: WHERE },
      { permission: 'Microsoft.Insights/autoscaleSettings/read', for: 'plan' },
      { permission: `${PERMISSIONS}/deployments/write`, for: 'run', resources: WHERE },
      { permission: `${PERMISSIONS}/deployments/write`, for: 'undo', resources: WHERE },
    ],
    example:
      '/subscriptions/5b0f6c1e-7d32-4a19-9c84-2e61f0a7d358/resourceGroups/rg-search/providers/Microsoft.MachineLearningServices/workspaces/wrenfield-ml/onlineEndpoints/ranker-v3',
    savesPercent: 50,
  },
  input: azureInput(
    ['azure.aml.endpoint', 'azure.aml.deployment'],
    ['subscription', 'resourceGroup', 'workspace', 'endpoint'],
    z
      .strictObject({ instances: count.optional() })
      .transform(({ instances }): Record<string, string> => (instances === undefined ? {} : { instances })),
  ),
  async plan(access, input) {
    const what = nameOf(input);
    const endpoint = await readEndpoint(access, input);
    if (!endpoint) return gonePlan(input, what);
    const live = liveOf(endpoint);
    const wanted = Number(input.parameters.instances ?? 1);
    const above = endpoint.deployments.filter(({ instances = 0 }) => instances > wanted);
    const before = { wanted, instances: Object.fromEntries(above.map((one) => [one.name, one.instances])) };
    const refused = refusalOf(endpoint, await readAutoscale(access, input), wanted, what);
    if (refused) return { input, live, calls: [], effect: 'Nothing.', refusal: refused, before };
    if (above.length === 0) {
      const effect = `${what} has ${instancesOf(endpoint)} already, and Azure allows no fewer than 1 for each deployment: what is left can only be deleted.`;
      return { input, live, calls: [], effect, already: true, before };
    }
    return {
      input,
      live,
      calls: above.map(
        ({ name }) =>
          `PATCH onlineEndpoints/${input.ref.parts.endpoint}/deployments/${name} sku.capacity=${wanted}`,
      ),
      effect: effectOf(above, wanted),
      before,
    };
  },
  async run(access, planned, key) {
    const { wanted, instances } = rememberedOf(planned);
    const target = Object.fromEntries(Object.keys(instances).map((name) => [name, wanted]));
    await setInstances(access, planned.input, { target, from: instances }, key);
  },
  async verify(access, planned) {
    const { wanted, instances } = rememberedOf(planned);
    const target = Object.fromEntries(Object.keys(instances).map((name) => [name, wanted]));
    const endpoint = await readEndpoint(access, planned.input);
    return verifyInstances(endpoint, nameOf(planned.input), { target, from: instances });
  },
  undo: {
    title: 'Scale back',
    past: 'scaled back',
    hours: 72,
    async run(access, planned, key) {
      const { wanted, instances } = rememberedOf(planned);
      const from = Object.fromEntries(Object.keys(instances).map((name) => [name, wanted]));
      await setInstances(access, planned.input, { target: instances, from }, key);
    },
    async verify(access, planned) {
      const { wanted, instances } = rememberedOf(planned);
      const from = Object.fromEntries(Object.keys(instances).map((name) => [name, wanted]));
      const endpoint = await readEndpoint(access, planned.input);
      return verifyInstances(endpoint, nameOf(planned.input), { target: instances, from });
    },
  },
};

/** Only what is still as it was left is changed: a second call finds nothing to do. */
async function setInstances(
  access: ActionAccess,
  input: ActionInput,
  { target, from }: { target: Readonly<Record<string, number>>; from: Readonly<Record<string, number>> },
  key: string,
): Promise<void> {
  const endpoint = await readEndpoint(access, input);
  if (!endpoint)
    throw new AppError('NOT_FOUND', `${nameOf(input)} is gone.`, { hint: 'Nothing is left to be done.' });
  const due = endpoint.deployments.filter(
    ({ name, instances }) => target[name] !== undefined && instances !== target[name],
  );
  const moved = due.find(({ name, instances }) => instances !== from[name]);
  if (moved)
    throw new AppError(
      'CONFLICT',
      `Deployment ${moved.name} has ${plural(moved.instances ?? 0, 'instance')} now instead of ${from[moved.name]}: somebody changed it.`,
      { hint: 'Look at it again and propose it anew.' },
    );
  const done: string[] = [];
  for (const { name } of due) {
    const capacity = target[name] ?? 1;
    const doing = `scale deployment ${name} to ${plural(capacity, 'instance')}`;
    await changeArm(access, {
      ...endpointRequest(input, doing, 'deployments/write', 'deployments', name),
      method: 'PATCH',
      body: { sku: { name: 'Default', capacity } },
      key,
    }).catch((error: unknown) => {
      throw partly(error, done);
    });
    done.push(name);
  }
}

/** Where some deployments were changed already, nobody may say that nothing happened. */
function partly(error: unknown, done: readonly string[]): unknown {
  if (!(error instanceof AppError) || done.length === 0) return error;
  return new AppError(error.code, `${error.message} Before that, ${listed(done)} was scaled.`, {
    ...(error.hint !== undefined && { hint: error.hint }),
    cause: error,
    uncertain: true,
  });
}

function rememberedOf({ before }: Planned): { wanted: number; instances: Record<string, number> } {
  return { wanted: Number(before.wanted), instances: counts.parse(before.instances) };
}

function refusalOf(
  { deployments }: Endpoint,
  autoscale: readonly Autoscale[],
  wanted: number,
  what: string,
): string | undefined {
  if (deployments.length === 0) return `${what} has no deployments: there is nothing that runs.`;
  const busy = deployments.find(({ state }) => state !== 'Succeeded');
  if (busy) return `Deployment ${busy.name} is ${busy.state}: it can be scaled when it is Succeeded.`;
  const own = deployments.find(({ scalesItself }) => scalesItself);
  if (own)
    return `Deployment ${own.name} scales by its own target utilisation: change its scale settings instead.`;
  const names = deployments.map(({ name }) => name.toLowerCase());
  const raised = autoscale.find(({ deployment, least }) => names.includes(deployment) && least > wanted);
  if (!raised) return undefined;
  return `The autoscale setting ${raised.name} keeps deployment ${raised.deployment} at ${raised.least} instances or more and would scale it back: lower its minimum instead.`;
}

function effectOf(above: readonly Deployment[], wanted: number): string {
  const each = above.map(({ name, instances }) => `${name} goes from ${instances} to ${wanted}`);
  return `${listed(each)} ${wanted === 1 ? 'instance' : 'instances'}: it still answers, with less room, and what is left still costs.`;
}

function liveOf({ deployments, tags, createdAt, location, traffic }: Endpoint): LiveResource {
  const busy = deployments.find(({ state }) => state !== 'Succeeded');
  return {
    state: busy?.state ?? 'Succeeded',
    ...(createdAt && { createdAt }),
    tags,
    details: [
      ...deployments.map(({ name, instances, instanceType, state }) => ({
        label: `Deployment ${name}`,
        value: `${instances ?? 'unknown'} × ${instanceType}, ${traffic[name] ?? 0} % of requests, ${state}`,
      })),
      { label: 'Region', value: location },
    ],
  };
}

function instancesOf({ deployments }: Endpoint): string {
  return plural(
    deployments.reduce((sum, { instances = 0 }) => sum + instances, 0),
    'instance',
  );
}

function nameOf({ ref }: ActionInput): string {
  const { endpoint = ref.name, deployment } = ref.parts;
  return deployment ? `Deployment ${deployment} of endpoint ${endpoint}` : `Endpoint ${endpoint}`;
}
