/** Undeploys every model of an endpoint of Vertex AI, remembers them, and deploys them again. */
import type { ActionAccess, LiveResource, Planned, ProviderAction, Verified } from '../types.ts';
import {
  awaitChange,
  awaitQuiet,
  type Changes,
  changeEndpoint,
  type DeployedModel,
  type Endpoint,
  endpointInput,
  readChanges,
  readEndpoint,
} from './vertex-endpoint.ts';
import { redeploy, stateOf } from './vertex-endpoint-redeploy.ts';
import { count, goneNow, gonePlan, lastPart, times } from './words.ts';

const LIMIT = 10 * 60_000;
const WHERE = ['projects whose endpoints may be undeployed'];

export const vertexEndpointUndeploy: ProviderAction = {
  id: 'gcp.vertex-endpoint-undeploy',
  about: {
    provider: 'gcp',
    kinds: ['gcp.vertex.endpoint'],
    title: 'Undeploy Vertex AI endpoint',
    verb: 'undeploy',
    past: 'undeployed',
    consequence:
      'It answers no more requests and its machines are given back; the endpoint and its address stay. Deploying the same models again takes some minutes.',
    risk: 'medium',
    validStates: ['deployed'],
    permissions: [
      { permission: 'aiplatform.endpoints.get', for: 'plan', resources: WHERE },
      { permission: 'aiplatform.operations.list', for: 'plan' },
      { permission: 'aiplatform.endpoints.undeploy', for: 'run', resources: WHERE },
      { permission: 'aiplatform.endpoints.deploy', for: 'undo', resources: WHERE },
      {
        permission: 'iam.serviceAccounts.actAs',
        for: 'undo',
        resources: ['service accounts that deployed models run as, if they have one'],
      },
    ],
    example:
      '//aiplatform.googleapis.com/projects/acme-ml-dev/locations/europe-west4/endpoints/7391046285530218496',
    savesPercent: 100,
  },
  input: endpointInput,
  async plan(access, input) {
    const what = input.ref.name;
    const endpoint = await readEndpoint(access, input);
    if (!endpoint) return gonePlan(input, `The endpoint ${what}`);
    const live = liveOf(endpoint);
    const { deployedModels, trafficSplit } = endpoint;
    const before = { deployedModels, trafficSplit };
    if (deployedModels.length === 0) {
      const effect = `Nothing: ${what} has no model deployed.`;
      return { input, live, calls: [], effect, already: true, before };
    }
    const { pending } = await readChanges(access, input);
    if (pending !== undefined) {
      const refusal = `${what} is being ${pending === 'deployModel' ? 'deployed' : 'undeployed'} at this moment: try again when that is over.`;
      return { input, live, calls: [], effect: 'Nothing.', refusal, before };
    }
    const { project, location } = input.ref.parts;
    return {
      input,
      live,
      calls: inOrder(endpoint).map(
        ({ id }) =>
          `aiplatform.endpoints.undeployModel ${id} of ${input.ref.parts.endpoint} in ${location} (${project})`,
      ),
      effect: `${what} answers no more requests: ${count(deployedModels.length, 'model')} (${deployedModels.map(machinesOf).join('; ')}) undeployed.`,
      before,
    };
  },
  run: undeployAll,
  async verify(access, planned) {
    const endpoint = await readEndpoint(access, planned.input);
    if (!endpoint) return goneNow(planned.input.ref.name);
    const none = endpoint.deployedModels.length === 0;
    return verified(planned, endpoint, none ? { failure: '' } : await readChanges(access, planned.input));
  },
  undo: redeploy,
};

/** One after the other, as an endpoint takes one change at a time; the last is not waited for. */
async function undeployAll(access: ActionAccess, { input }: Planned): Promise<void> {
  const left = async () => {
    const endpoint = await readEndpoint(access, input);
    return endpoint && inOrder(endpoint).length > 0 ? endpoint : undefined;
  };
  for (let endpoint = await left(); endpoint; endpoint = await left()) {
    const models = inOrder(endpoint);
    const [first, ...others] = models;
    if (!first) return;
    if ((await readChanges(access, input)).pending === 'undeployModel') {
      if (others.length === 0) return;
      await awaitQuiet(access, input, LIMIT);
      continue;
    }
    const heir = others.at(-1);
    const operation = await changeEndpoint(access, input, 'undeployModel', {
      deployedModelId: first.id,
      // A model with traffic is not undeployed: the biggest takes it over until its own turn comes.
      ...(heir && (endpoint.trafficSplit[first.id] ?? 0) > 0 && { trafficSplit: { [heir.id]: 100 } }),
    });
    if (!heir) return;
    await awaitChange(access, input, operation, LIMIT);
  }
}

/** The one with the least traffic first. */
function inOrder({ deployedModels, trafficSplit }: Endpoint): readonly DeployedModel[] {
  return deployedModels.toSorted((a, b) => (trafficSplit[a.id] ?? 0) - (trafficSplit[b.id] ?? 0));
}

function verified({ input, before }: Planned, endpoint: Endpoint, { pending, failure }: Changes): Verified {
  const what = input.ref.name;
  const state = stateOf(endpoint);
  const ids = endpoint.deployedModels.map(({ id }) => id);
  if (ids.length === 0) return { state, outcome: 'reached', said: `${what} has no model deployed any more.` };
  if (pending === 'undeployModel') return { state, outcome: 'moving', said: `${what} is being undeployed.` };
  const remembered = (before.deployedModels as readonly { readonly id: string }[] | undefined) ?? [];
  const same = remembered.length === ids.length && remembered.every(({ id }) => ids.includes(id));
  if (same)
    return {
      state,
      outcome: 'unchanged',
      said: `${what} still has ${count(ids.length, 'model')} deployed${failure}.`,
    };
  return {
    state,
    outcome: 'elsewhere',
    said: `${what} has ${count(ids.length, 'model')} deployed, others than the ${remembered.length} of before${failure}.`,
  };
}

function liveOf(endpoint: Endpoint): LiveResource {
  const { displayName, createTime, labels, deployedModels, trafficSplit } = endpoint;
  return {
    state: stateOf(endpoint),
    ...(createTime !== undefined && { createdAt: new Date(createTime) }),
    tags: labels,
    details: [
      ...(displayName === '' ? [] : [{ label: 'Display name', value: displayName }]),
      ...deployedModels.map((model) => ({
        label: model.displayName ?? lastPart(model.model),
        value: `${machinesOf(model)}, ${trafficSplit[model.id] ?? 0} % of the traffic`,
      })),
    ],
  };
}

/** "bert-v3 on 1 to 4 × g2-standard-12 with 1 × NVIDIA_L4" */
function machinesOf({ model, displayName, dedicatedResources }: DeployedModel): string {
  const named = displayName ?? lastPart(model);
  if (!dedicatedResources) return `${named} on machines that Google chooses`;
  const { machineSpec, minReplicaCount: least = 1, maxReplicaCount: most = least } = dedicatedResources;
  const number = least === most ? String(least) : `${least} to ${most}`;
  const chips =
    machineSpec?.acceleratorType === undefined
      ? ''
      : ` with ${times(machineSpec.acceleratorCount ?? 1, machineSpec.acceleratorType)}`;
  return `${named} on ${times(number, machineSpec?.machineType ?? 'machine')}${chips}`;
}
