/** Leaves an endpoint of SageMaker as few instances as it may have, and gives it back what it had. */
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { nameOf, placeOf, type SagemakerApi, withSagemaker } from './sagemaker-api.ts';
import {
  ENDPOINT_EXAMPLE,
  ENDPOINT_KIND,
  type Endpoint,
  lookAt,
  readEndpoint,
  toLookAtEndpoints,
  type Variant,
} from './sagemaker-endpoint.ts';
import { sagemakerInput, toChange } from './sagemaker-input.ts';
import { refused, verified } from './sagemaker-words.ts';

/** How many instances which variant had and will have: what is remembered. */
const change = z.object({ variant: z.string(), from: z.number(), to: z.number() });
type Change = z.infer<typeof change>;

/** The parameter `instances` says how many are left; 1 unless told, which is the least SageMaker takes. */
/** How many instances are left; 1 unless told. */
const Chosen = z
  .record(z.string(), z.string())
  .refine((given) => Object.keys(given).every((name) => name === 'instances'), {
    error: 'instances, and nothing else',
  });
const input = sagemakerInput(ENDPOINT_KIND, Chosen).refine(
  ({ parameters: { instances } }) => instances === undefined || /^[1-9]\d{0,2}$/.test(instances),
  { path: ['parameters', 'instances'], error: 'a number of instances, at least 1' },
);

export const sagemakerEndpointScale: ProviderAction = {
  id: 'aws.sagemaker-endpoint-scale',
  about: {
    provider: 'aws',
    kinds: [ENDPOINT_KIND],
    title: 'Scale SageMaker endpoint down',
    verb: 'scale down',
    past: 'scaled down',
    consequence:
      'The endpoint goes on answering with one instance, which goes on costing; under much traffic it will be slow or refuse requests.',
    risk: 'medium',
    validStates: ['InService'],
    permissions: [
      ...toLookAtEndpoints,
      toChange('UpdateEndpointWeightsAndCapacities', 'endpoint'),
      toChange('UpdateEndpointWeightsAndCapacities', 'endpoint', 'undo'),
    ],
    example: ENDPOINT_EXAMPLE,
    // From two instances to one; from more it is more.
    savesPercent: 50,
  },
  input,
  plan: (access, input) => withSagemaker(access, input, (api) => plan(api, input)),
  run: (access, planned) =>
    withSagemaker(access, planned.input, (api) => resize(api, planned.input, changeOf(planned))),
  verify: (access, planned) =>
    withSagemaker(access, planned.input, (api) => verify(api, planned.input, changeOf(planned))),
  undo: {
    title: 'Scale back',
    past: 'scaled back',
    hours: 168,
    run: (access, planned) =>
      withSagemaker(access, planned.input, (api) => resize(api, planned.input, back(changeOf(planned)))),
    verify: (access, planned) =>
      withSagemaker(access, planned.input, (api) => verify(api, planned.input, back(changeOf(planned)))),
  },
};

async function plan(api: SagemakerApi, input: ActionInput): Promise<Planned> {
  const endpoint = await lookAt(api, input);
  if (!('variants' in endpoint)) return endpoint;
  const to = Number(input.parameters.instances ?? 1);
  const refusal = whyNot(endpoint) ?? tooFew(endpoint, to);
  const [larger] = endpoint.variants.filter(({ instances }) => (instances ?? 0) > to);
  if (refusal !== undefined || !larger) return refused(input, refusal ?? '', endpoint.live);
  const { name: variant, instances: from = 0, type = 'instances' } = larger;
  const share = Math.round(((from - to) / from) * 100);
  return {
    input,
    live: endpoint.live,
    calls: [
      `UpdateEndpointWeightsAndCapacities ${placeOf(input)}: ${variant} from ${from} to ${to} instances`,
    ],
    effect: `${endpoint.name} goes from ${from} to ${to} × ${type}, which saves ${share} % of variant ${variant}, and goes on answering with what is left. If Application Auto Scaling manages it, it may add instances again: lower its minimum too.`,
    before: { variant, from, to } satisfies Change,
  };
}

function whyNot({ name, state, variants, hasComponents }: Endpoint): string | undefined {
  if (state !== 'InService')
    return `${name} is ${state}: its instances can be changed only when it is InService.`;
  if (hasComponents)
    return `${name} runs inference components, each with copies of its own: change the number of copies in SageMaker instead.`;
  if (variants.every(({ instances }) => instances === undefined))
    return `${name} is serverless: it has no instances and costs next to nothing when nobody asks it.`;
  const managed = variants.find(({ summary }) => summary.ManagedInstanceScaling?.Status === 'ENABLED');
  if (managed)
    return `SageMaker itself scales variant ${managed.name} of ${name} (managed instance scaling) and would undo it: change its minimum instead.`;
  return undefined;
}

function tooFew({ name, variants }: Endpoint, to: number): string | undefined {
  const larger = variants.filter(({ instances }) => (instances ?? 0) > to);
  if (larger.length === 1) return undefined;
  if (larger.length > 1)
    return `SageMaker changes the instances of one variant at a time, and ${name} has ${larger.length} with more than ${to} (${larger.map(named).join(', ')}): scale them in SageMaker, or delete the endpoint (aws.sagemaker-endpoint-delete).`;
  const most = Math.max(...variants.map(({ instances }) => instances ?? 0));
  if (most <= 1)
    return `${name} has only ${most === 1 ? '1 instance, the least SageMaker allows' : 'no instance'}: to end its cost delete the endpoint (aws.sagemaker-endpoint-delete).`;
  return `${name} has no more than ${most} instances in a variant: there is nothing to scale down to ${to}.`;
}

function named({ name, instances }: Variant): string {
  return `${name}: ${instances}`;
}

async function resize(api: SagemakerApi, input: ActionInput, { variant, to }: Change): Promise<void> {
  const EndpointName = nameOf(input);
  const wantedOf = async () => {
    const endpoint = await readEndpoint(api, EndpointName);
    const found = endpoint?.ProductionVariants?.find(({ VariantName }) => VariantName === variant);
    return { state: endpoint?.EndpointStatus ?? 'gone', wanted: found?.DesiredInstanceCount };
  };
  const now = await wantedOf();
  if (now.wanted === to) return;
  if (now.state !== 'InService' || now.wanted === undefined)
    throw new AppError('CONFLICT', `AWS was not asked to scale ${EndpointName}: ${whyNow(now, variant)}.`, {
      hint: 'Another change of it is under way, or it was changed since: look at it again in a few minutes.',
    });
  const { sdk, write } = api;
  try {
    await write('UpdateEndpointWeightsAndCapacities', `scale ${EndpointName} to ${to}`, (client, options) =>
      client.send(
        new sdk.UpdateEndpointWeightsAndCapacitiesCommand({
          EndpointName,
          DesiredWeightsAndCapacities: [{ VariantName: variant, DesiredInstanceCount: to }],
        }),
        options,
      ),
    );
  } catch (error) {
    if (error instanceof AppError && error.uncertain) throw error;
    if ((await wantedOf()).wanted !== to) throw error;
  }
}

function whyNow({ state, wanted }: { state: string; wanted: number | undefined }, variant: string): string {
  return state === 'InService' && wanted === undefined ? `it has no variant ${variant}` : `it is ${state}`;
}

async function verify(
  api: SagemakerApi,
  input: ActionInput,
  { variant, from, to }: Change,
): Promise<Verified> {
  const name = nameOf(input);
  const endpoint = await readEndpoint(api, name);
  if (!endpoint) return verified('elsewhere', 'gone', `${name} does not exist any more.`);
  const state = endpoint.EndpointStatus ?? 'Unknown';
  const now = endpoint.ProductionVariants?.find(({ VariantName }) => VariantName === variant);
  const count = now?.CurrentInstanceCount;
  if (state === 'Updating' || state === 'SystemUpdating' || state === 'RollingBack')
    return verified(
      'moving',
      state,
      `${name} is ${state}: ${count ?? 'an unknown number'} of ${to} instances.`,
    );
  if (state === 'InService' && count === to)
    return verified('reached', state, `${name} has ${to} ${to === 1 ? 'instance' : 'instances'}.`);
  if (state === 'InService' && count === from)
    return verified(
      'unchanged',
      state,
      `${name} still has ${from} ${from === 1 ? 'instance' : 'instances'}.`,
    );
  return verified(
    'elsewhere',
    state,
    `${name} is ${state} with ${count ?? 'an unknown number of'} instances: somebody, or auto scaling, changed it.`,
  );
}

function back({ variant, from, to }: Change): Change {
  return { variant, from: to, to: from };
}

function changeOf({ before, input }: Planned): Change {
  const found = change.safeParse(before);
  if (found.success) return found.data;
  throw new AppError('CONFLICT', `How many instances ${nameOf(input)} had is not remembered.`);
}
