/** Endpoints of the stand-in of SageMaker, their configurations and the inference components on them. */
import {
  arnOf,
  type Fields,
  invalid,
  notFound,
  type Operation,
  onThing,
  type SagemakerState,
  type Thing,
  tagsOf,
} from './sagemaker-state.ts';
import { type AwsRequest, textOf } from './types.ts';

const STEADY = ['InService', 'OutOfService', 'Failed', 'UpdateRollbackFailed'];

export const hostingOperations: Readonly<Record<string, Operation>> = {
  DescribeEndpoint: onThing('endpoint', 'EndpointName', described('Endpoint')),
  DescribeEndpointConfig: onThing('endpoint-config', 'EndpointConfigName', described('EndpointConfig')),
  UpdateEndpointWeightsAndCapacities: onThing('endpoint', 'EndpointName', resize),
  DeleteEndpoint: onThing('endpoint', 'EndpointName', deleteEndpoint),
  CreateEndpoint: createEndpoint,
  CreateEndpointConfig: createEndpointConfig,
  ListInferenceComponents: (request, state) => ({
    InferenceComponents: state
      .list(request, 'inference-component')
      .filter(({ fields }) => fields.EndpointName === request.input.EndpointNameEquals)
      .map((thing) => ({
        ...thing.fields,
        InferenceComponentName: thing.name,
        InferenceComponentArn: arnOf(thing),
        InferenceComponentStatus: thing.status,
        CreationTime: thing.created,
        LastModifiedTime: thing.modified,
      })),
  }),
};

/** How many instances of each variant a new endpoint gets. */
export function variantsOf(config: Thing): readonly Fields[] {
  return listOf(config.fields.ProductionVariants).map((variant) => ({
    VariantName: variant.VariantName,
    CurrentWeight: variant.InitialVariantWeight ?? 1,
    DesiredWeight: variant.InitialVariantWeight ?? 1,
    ...(variant.ServerlessConfig
      ? { CurrentServerlessConfig: variant.ServerlessConfig }
      : {
          CurrentInstanceCount: variant.InitialInstanceCount,
          DesiredInstanceCount: variant.InitialInstanceCount,
        }),
    ...(variant.ManagedInstanceScaling !== undefined && {
      ManagedInstanceScaling: variant.ManagedInstanceScaling,
    }),
  }));
}

function described(prefix: 'Endpoint' | 'EndpointConfig') {
  return (thing: Thing): Fields => ({
    ...thing.fields,
    [`${prefix}Name`]: thing.name,
    [`${prefix}Arn`]: arnOf(thing),
    ...(prefix === 'Endpoint' && { EndpointStatus: thing.status, LastModifiedTime: thing.modified }),
    CreationTime: thing.created,
  });
}

function resize(endpoint: Thing, { input, now }: AwsRequest, state: SagemakerState): Fields {
  if (endpoint.status !== 'InService') throw inProgress(endpoint);
  const wanted = listOf(input.DesiredWeightsAndCapacities);
  const variants = listOf(endpoint.fields.ProductionVariants);
  if (wanted.filter((one) => one.DesiredInstanceCount !== undefined).length > 1)
    throw invalid('The capacity of only one variant can be updated in a request.');
  for (const { VariantName, DesiredInstanceCount } of wanted) {
    if (!variants.some((variant) => variant.VariantName === VariantName))
      throw invalid(`Could not find variant "${VariantName}" of endpoint "${arnOf(endpoint)}".`);
    if (typeof DesiredInstanceCount === 'number' && DesiredInstanceCount < 1)
      throw invalid(`DesiredInstanceCount ${DesiredInstanceCount} must be at least 1.`);
  }
  const next = variants.map((variant) => ({
    ...variant,
    ...wanted.find(({ VariantName }) => VariantName === variant.VariantName),
  }));
  const settled = next.map((variant: Fields) => ({
    ...variant,
    CurrentInstanceCount: variant.DesiredInstanceCount,
    CurrentWeight: variant.DesiredWeight,
  }));
  state.put({
    ...endpoint,
    status: 'Updating',
    modified: new Date(now),
    fields: { ...endpoint.fields, ProductionVariants: next },
    turn: { at: now + state.lag, status: 'InService', fields: { ProductionVariants: settled } },
  });
  return { EndpointArn: arnOf(endpoint) };
}

function deleteEndpoint(endpoint: Thing, request: AwsRequest, state: SagemakerState): Fields {
  if (!STEADY.includes(endpoint.status)) throw inProgress(endpoint);
  const components = state
    .list(request, 'inference-component')
    .filter(({ fields }) => fields.EndpointName === endpoint.name);
  if (components.length > 0)
    throw invalid(`Cannot delete endpoint "${arnOf(endpoint)}": it has inference components.`);
  state.put({
    ...endpoint,
    status: 'Deleting',
    modified: new Date(request.now),
    turn: { at: request.now + state.lag },
  });
  return {};
}

function createEndpoint(request: AwsRequest, state: SagemakerState): Fields {
  const name = textOf(request.input, 'EndpointName');
  const configName = textOf(request.input, 'EndpointConfigName');
  const config = state.get(request, 'endpoint-config', configName);
  const taken = state.get(request, 'endpoint', name);
  if (taken) throw invalid(`Cannot create already existing endpoint "${arnOf(taken)}".`);
  if (!config) throw notFound('endpoint-config', configName, request);
  const endpoint: Thing = {
    kind: 'endpoint',
    name,
    region: config.region,
    account: config.account,
    created: new Date(request.now),
    modified: new Date(request.now),
    status: 'Creating',
    tags: tagsOf(request),
    fields: { EndpointConfigName: configName },
    turn: {
      at: request.now + state.lag,
      status: 'InService',
      fields: { ProductionVariants: variantsOf(config) },
    },
  };
  state.put(endpoint);
  return { EndpointArn: arnOf(endpoint) };
}

function createEndpointConfig(request: AwsRequest, state: SagemakerState): Fields {
  const { EndpointConfigName: _name, Tags: _tags, ...fields } = request.input;
  const name = textOf(request.input, 'EndpointConfigName');
  const taken = state.get(request, 'endpoint-config', name);
  if (taken) throw invalid(`Cannot create already existing endpoint configuration "${arnOf(taken)}".`);
  for (const { ModelName } of listOf(fields.ProductionVariants))
    if (typeof ModelName === 'string' && !state.get(request, 'model', ModelName))
      throw notFound('model', ModelName, request);
  const config: Thing = {
    kind: 'endpoint-config',
    name,
    region: request.region,
    account: request.account ?? state.all()[0]?.account ?? '000000000000',
    created: new Date(request.now),
    modified: new Date(request.now),
    status: '',
    tags: tagsOf(request),
    fields,
  };
  state.put(config);
  return { EndpointConfigArn: arnOf(config) };
}

function inProgress(endpoint: Thing) {
  return invalid(`Cannot update in-progress endpoint "${arnOf(endpoint)}".`);
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value : [];
}
