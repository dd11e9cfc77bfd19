/** The way back for a deleted endpoint of SageMaker: the same name, configuration and tags. */
import type { CreateEndpointConfigInput } from '@aws-sdk/client-sagemaker';
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import type { PermissionNeed, Planned, Undo, Verified } from '../types.ts';
import { nameOf, type SagemakerApi, withSagemaker } from './sagemaker-api.ts';
import { type Endpoint, readConfig, readEndpoint } from './sagemaker-endpoint.ts';
import { toMake } from './sagemaker-input.ts';
import { because, verified } from './sagemaker-words.ts';

/** Where the model runs and how much of it; no secrets are in it. */
const remembered = z.object({
  config: z.string(),
  definition: z.custom<Omit<CreateEndpointConfigInput, 'EndpointConfigName' | 'Tags'>>(
    (value) => typeof value === 'object' && value !== null && 'ProductionVariants' in value,
  ),
  tags: z.record(z.string(), z.string()),
});
type Remembered = z.infer<typeof remembered>;

export const createPermissions: readonly PermissionNeed[] = [
  toMake('CreateEndpoint', ['endpoint', 'endpoint-config']),
  // Only when somebody has deleted the configuration meanwhile.
  toMake('CreateEndpointConfig', ['endpoint-config']),
  toMake('AddTags', ['endpoint']),
];

export const undoDelete: Undo = {
  title: 'Create again',
  past: 'created again',
  hours: 168,
  run: (access, planned) => withSagemaker(access, planned.input, (api) => create(api, planned)),
  verify: (access, planned) => withSagemaker(access, planned.input, (api) => verify(api, planned)),
};

/** Empty when the configuration is gone and there is no way back. */
export function rememberedOf({ config, live }: Endpoint): Record<string, unknown> {
  const { EndpointConfigName: name, ProductionVariants } = config ?? {};
  if (name === undefined || ProductionVariants === undefined) return {};
  const {
    EndpointConfigName: _name,
    EndpointConfigArn: _arn,
    CreationTime: _created,
    $metadata: _metadata,
    ...definition
  } = { $metadata: undefined, ...config };
  const own = Object.entries(live.tags).filter(([key]) => !/^aws:/i.test(key));
  return {
    config: name,
    definition: { ...definition, ProductionVariants },
    tags: Object.fromEntries(own),
  } satisfies Remembered;
}

async function create(api: SagemakerApi, planned: Planned): Promise<void> {
  const EndpointName = nameOf(planned.input);
  const { config, definition, tags } = read(planned);
  const isThere = async () => {
    const now = await readEndpoint(api, EndpointName);
    const state = now?.EndpointStatus ?? 'gone';
    if (now && now.EndpointConfigName === config && state !== 'Deleting') return true;
    if (!now) return false;
    throw new AppError(
      'CONFLICT',
      `${EndpointName} was not created again: there is one that is ${state} with the configuration ${now.EndpointConfigName}.`,
      { hint: 'Try again when it is deleted, or leave it as it is.' },
    );
  };
  if (await isThere()) return;
  const { sdk, write } = api;
  if (!(await readConfig(api, config)))
    await write('CreateEndpointConfig', `create the configuration ${config} again`, (client, options) =>
      client.send(
        new sdk.CreateEndpointConfigCommand({ ...definition, EndpointConfigName: config }),
        options,
      ),
    );
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  try {
    await write('CreateEndpoint', `create ${EndpointName} again`, (client, options) =>
      client.send(
        new sdk.CreateEndpointCommand({
          EndpointName,
          EndpointConfigName: config,
          ...(Tags.length > 0 && { Tags }),
        }),
        options,
      ),
    );
  } catch (error) {
    if (error instanceof AppError && error.uncertain) throw error;
    if (!(await isThere())) throw error;
  }
}

async function verify(api: SagemakerApi, planned: Planned): Promise<Verified> {
  const name = nameOf(planned.input);
  const { config } = read(planned);
  const now = await readEndpoint(api, name);
  if (!now) return verified('unchanged', 'deleted', `${name} is still deleted.`);
  const state = now.EndpointStatus ?? 'Unknown';
  if (state === 'Deleting') return verified('unchanged', state, `${name} is still being deleted.`);
  if (now.EndpointConfigName !== config)
    return verified('elsewhere', state, `${name} is ${state} with another configuration than it had.`);
  if (state === 'InService') return verified('reached', state, `${name} answers again.`);
  if (state === 'Creating') return verified('moving', state, `${name} is being created.`);
  return verified('elsewhere', state, `${name} is ${state}${because(now.FailureReason)}.`);
}

function read({ before, input }: Planned): Remembered {
  const found = remembered.safeParse(before);
  if (found.success) return found.data;
  throw new AppError('CONFLICT', `The configuration of ${nameOf(input)} is not remembered.`, {
    hint: 'Create the endpoint again the way it was created at first.',
  });
}
