/** Deletes an endpoint of SageMaker, whose configuration is remembered, and creates it again. */
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
} from './sagemaker-endpoint.ts';
import { createPermissions, rememberedOf, undoDelete } from './sagemaker-endpoint-create.ts';
import { sagemakerInput, toChange } from './sagemaker-input.ts';
import { already, refused, verified } from './sagemaker-words.ts';

const VALID = ['InService', 'OutOfService', 'Failed', 'UpdateRollbackFailed'];

export const sagemakerEndpointDelete: ProviderAction = {
  id: 'aws.sagemaker-endpoint-delete',
  about: {
    provider: 'aws',
    kinds: [ENDPOINT_KIND],
    title: 'Delete SageMaker endpoint',
    verb: 'delete',
    past: 'deleted',
    consequence:
      'The endpoint answers nobody any more and costs nothing more; its configuration and models are kept, from which it can be created again in some minutes.',
    risk: 'high',
    validStates: VALID,
    permissions: [
      ...toLookAtEndpoints,
      { permission: 'sagemaker:ListInferenceComponents', for: 'plan' },
      toChange('DeleteEndpoint', 'endpoint'),
      ...createPermissions,
    ],
    example: ENDPOINT_EXAMPLE,
    savesPercent: 100,
  },
  input: sagemakerInput(ENDPOINT_KIND),
  plan: (access, input) => withSagemaker(access, input, (api) => plan(api, input)),
  run: (access, { input }) => withSagemaker(access, input, (api) => run(api, nameOf(input))),
  verify: (access, { input }) => withSagemaker(access, input, (api) => verify(api, nameOf(input))),
  undo: undoDelete,
};

async function plan(api: SagemakerApi, input: ActionInput): Promise<Planned> {
  const endpoint = await lookAt(api, input);
  if (!('variants' in endpoint)) return endpoint;
  const { name, state, live } = endpoint;
  if (state === 'Deleting') return already(input, live, `${name} is being deleted already.`);
  if (!VALID.includes(state))
    return refused(input, `${name} is ${state}: it can be deleted when that is over.`, live);
  const components = endpoint.hasComponents ? await componentsOn(api, name) : [];
  if (components.length > 0)
    return refused(
      input,
      `${name} runs ${components.length === 1 ? 'the inference component' : `${components.length} inference components,`} ${components.slice(0, 3).join(', ')}${components.length > 3 ? ' …' : ''}: delete what runs on it first.`,
      live,
    );
  const before = rememberedOf(endpoint);
  return {
    input,
    live,
    calls: [`DeleteEndpoint ${placeOf(input)}`],
    effect: `${name} stops answering at once. ${wayBack(endpoint)}`,
    before,
  };
}

function wayBack({ name, config, variants }: Endpoint): string {
  if (!config)
    return 'Its configuration was deleted before, so it cannot be created again from here: there is no way back.';
  const first = config.ProductionVariants ?? [];
  const differs = variants.some(
    ({ name: one, instances }) =>
      instances !== undefined &&
      first.find(({ VariantName }) => VariantName === one)?.InitialInstanceCount !== instances,
  );
  const counts = differs ? ' with as many instances as that says, not as many as it has now' : '';
  return `Its configuration ${config.EndpointConfigName} is kept, and ${name} can be created again from it${counts}; auto scaling has to be registered anew.`;
}

async function componentsOn({ sdk, read }: SagemakerApi, name: string): Promise<readonly string[]> {
  const page = await read(
    'ListInferenceComponents',
    `read the inference components on ${name}`,
    (client, options) =>
      client.send(new sdk.ListInferenceComponentsCommand({ EndpointNameEquals: name }), options),
  );
  return (page?.InferenceComponents ?? []).map((one) => one.InferenceComponentName ?? 'unnamed');
}

async function run(api: SagemakerApi, EndpointName: string): Promise<void> {
  const { sdk, write } = api;
  const stateOf = async () => (await readEndpoint(api, EndpointName))?.EndpointStatus ?? 'gone';
  const isDone = (state: string) => state === 'Deleting' || state === 'gone';
  const state = await stateOf();
  if (isDone(state)) return;
  if (!VALID.includes(state))
    throw new AppError('CONFLICT', `AWS was not asked to delete ${EndpointName}: it is ${state}.`, {
      hint: 'Another change of it is under way: try again when that is over.',
    });
  try {
    await write('DeleteEndpoint', `delete ${EndpointName}`, (client, options) =>
      client.send(new sdk.DeleteEndpointCommand({ EndpointName }), options),
    );
  } catch (error) {
    if (error instanceof AppError && error.uncertain) throw error;
    if (!isDone(await stateOf())) throw error;
  }
}

async function verify(api: SagemakerApi, name: string): Promise<Verified> {
  const endpoint = await readEndpoint(api, name);
  if (!endpoint) return verified('reached', 'deleted', `${name} is deleted.`);
  const state = endpoint.EndpointStatus ?? 'Unknown';
  if (state === 'Deleting') return verified('moving', state, `${name} is being deleted.`);
  return verified('unchanged', state, `${name} still exists and is ${state}.`);
}
