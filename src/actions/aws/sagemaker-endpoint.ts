/** An endpoint of SageMaker with its configuration, as its two actions look at it. */
import type {
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  ProductionVariant,
  ProductionVariantSummary,
} from '@aws-sdk/client-sagemaker';
import type { ActionInput, LiveResource, PermissionNeed, Planned } from '../types.ts';
import { otherAccount } from './account.ts';
import { nameOf, type SagemakerApi } from './sagemaker-api.ts';
import { toLook } from './sagemaker-input.ts';
import { detailsOf, gone, machines, refused } from './sagemaker-words.ts';

export const ENDPOINT_KIND = 'aws.sagemaker.endpoint';
export const ENDPOINT_EXAMPLE = 'arn:aws:sagemaker:us-east-1:123456789012:endpoint/bert-staging';

export const toLookAtEndpoints: readonly PermissionNeed[] = [
  ...toLook('DescribeEndpoint', 'endpoint'),
  {
    permission: 'sagemaker:DescribeEndpointConfig',
    for: 'plan',
    resources: ['arn:aws:sagemaker:*:*:endpoint-config/*'],
  },
];

/** A variant as it runs, with what its configuration says of it. */
export interface Variant {
  readonly name: string;
  /** Undefined for a serverless one. */
  readonly instances: number | undefined;
  readonly type: string | undefined;
  readonly summary: ProductionVariantSummary;
}

export interface Endpoint {
  readonly name: string;
  readonly state: string;
  readonly live: LiveResource;
  readonly variants: readonly Variant[];
  readonly itself: DescribeEndpointOutput;
  /** Undefined when it was deleted under a running endpoint, as SageMaker warns not to. */
  readonly config: DescribeEndpointConfigOutput | undefined;
  /** Its models are inference components, which have copies of their own. */
  readonly hasComponents: boolean;
}

/** Undefined when there is none of that name. */
export function readEndpoint({ sdk, read }: SagemakerApi, EndpointName: string) {
  return read('DescribeEndpoint', `read the state of ${EndpointName}`, (client, options) =>
    client.send(new sdk.DescribeEndpointCommand({ EndpointName }), options),
  );
}

export function readConfig({ sdk, read }: SagemakerApi, EndpointConfigName: string) {
  return read('DescribeEndpointConfig', `read the configuration ${EndpointConfigName}`, (client, options) =>
    client.send(new sdk.DescribeEndpointConfigCommand({ EndpointConfigName }), options),
  );
}

/** Everything a plan needs, or the plan that says why there is nothing to plan. */
export async function lookAt(api: SagemakerApi, input: ActionInput): Promise<Endpoint | Planned> {
  const name = nameOf(input);
  const itself = await readEndpoint(api, name);
  if (!itself) return gone(input, 'endpoint');
  const foreign = otherAccount(input.ref, itself.EndpointArn);
  if (foreign !== undefined) return refused(input, foreign);
  const tags = await api.tags(itself.EndpointArn, name);
  const config =
    itself.EndpointConfigName === undefined ? undefined : await readConfig(api, itself.EndpointConfigName);
  const configured = config?.ProductionVariants ?? [];
  const variants = (itself.ProductionVariants ?? []).map((summary) => variantOf(summary, configured));
  const state = itself.EndpointStatus ?? 'Unknown';
  return {
    name,
    state,
    variants,
    itself,
    config,
    hasComponents: configured.some(({ ModelName }) => ModelName === undefined),
    live: {
      state,
      ...(itself.CreationTime && { createdAt: itself.CreationTime }),
      tags,
      details: detailsOf([
        ['Instances', variants.map(shown).join(', ')],
        ['Models', configured.flatMap(({ ModelName }) => ModelName ?? []).join(', ')],
        ['Configuration', itself.EndpointConfigName],
      ]),
    },
  };
}

function variantOf(summary: ProductionVariantSummary, configured: readonly ProductionVariant[]): Variant {
  const config = configured.find(({ VariantName }) => VariantName === summary.VariantName);
  const serverless = summary.CurrentServerlessConfig ?? config?.ServerlessConfig;
  return {
    name: summary.VariantName ?? '',
    instances: serverless ? undefined : (summary.CurrentInstanceCount ?? 0),
    type: config?.InstanceType,
    summary,
  };
}

function shown({ name, instances, type }: Variant): string {
  return `${instances === undefined ? 'serverless' : machines(instances, type)} (${name})`;
}
