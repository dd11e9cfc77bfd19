/** Stand-ins of every vendor, holding what the bills of the sample organisation say is running. */
import { randomBytes } from 'node:crypto';
import type { ActionAccount, ActionProvider } from '../../../core/action.ts';
import type { SourceName } from '../../sample-org/meter.ts';
import { SOURCES } from '../../sample-org/sources.ts';
import { createAnthropicStandIn } from '../anthropic/index.ts';
import { createAwsStandIn } from '../aws/server.ts';
import { createAzureStandIn } from '../azure/index.ts';
import { createGcpStandIn } from '../gcp/index.ts';
import { createKubernetesStandIn } from '../kubernetes/index.ts';
import { createLiteLlmStandIn } from '../litellm/index.ts';
import { createOpenAiStandIn } from '../openai/index.ts';
import type { StandIn, StandInOptions } from '../types.ts';
import { sampleAws } from './aws.ts';
import { sampleAzure } from './azure.ts';
import { billedNow } from './billed.ts';
import { sampleGcp } from './gcp.ts';
import { sampleAnthropic, sampleLiteLlm, sampleOpenAi } from './keys.ts';
import { CLUSTER, sampleKubernetes } from './kubernetes.ts';

export type SampleProvider = Exclude<ActionProvider, 'webhook'>;

export interface SampleCloud {
  readonly standIns: Readonly<Record<SampleProvider, StandIn>>;
  /** Where they are, and keys that they take: in front of the environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** For `actions.accounts`. */
  readonly accounts: readonly ActionAccount[];
  close(): Promise<void>;
}

export interface SampleCloudOptions extends Omit<StandInOptions, 'port'> {
  /** Of the bills. */
  readonly seed?: number;
}

/** Each on a free port of this machine. Those that started are closed again when one cannot. */
export async function startSampleCloud({ seed = 7, ...options }: SampleCloudOptions): Promise<SampleCloud> {
  const now = options.now();
  const billed = (source: SourceName) => billedNow(source, { now, seed });
  const [openai, anthropic] = [billed('openai'), billed('anthropic')];
  const keys = {
    openai: `sk-admin-${secret()}`,
    anthropic: `sk-ant-admin01-${secret()}`,
    litellm: `sk-${secret()}`,
    kubernetes: secret(),
  };
  const started: StandIn[] = [];
  const keep = async <T extends StandIn>(starting: Promise<T>): Promise<T> => {
    const standIn = await starting;
    started.push(standIn);
    return standIn;
  };
  const close = async () => void (await Promise.all(started.map((standIn) => standIn.close())));
  try {
    const standIns = {
      aws: await keep(createAwsStandIn(options, sampleAws(billed('aws')))),
      gcp: await keep(createGcpStandIn(options, sampleGcp(billed('gcp')))),
      azure: await keep(createAzureStandIn(options, sampleAzure(billed('azure')))),
      kubernetes: await keep(
        createKubernetesStandIn(options, { ...sampleKubernetes(now), token: keys.kubernetes }),
      ),
      litellm: await keep(
        createLiteLlmStandIn(options, {
          ...sampleLiteLlm([...openai, ...anthropic]),
          masterKey: keys.litellm,
        }),
      ),
      openai: await keep(createOpenAiStandIn(options, { ...sampleOpenAi(openai), adminKey: keys.openai })),
      anthropic: await keep(
        createAnthropicStandIn(options, { ...sampleAnthropic(anthropic), adminKey: keys.anthropic }),
      ),
    };
    return { standIns, variables: variablesOf(standIns, keys), accounts: accountsOf(standIns), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type StandIns = SampleCloud['standIns'];

function variablesOf(
  { aws, gcp, azure, litellm, openai, anthropic }: StandIns,
  keys: Readonly<Record<'openai' | 'anthropic' | 'litellm' | 'kubernetes', string>>,
): Record<string, string> {
  const google = ['COMPUTE', 'AIPLATFORM', 'NOTEBOOKS', 'CONTAINER'].map((service): [string, string] => [
    `CLOUDSDK_API_ENDPOINT_OVERRIDES_${service}`,
    gcp.url,
  ]);
  return {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: `AKIA${secret().slice(0, 16).toUpperCase()}`,
    AWS_SECRET_ACCESS_KEY: secret(),
    ...Object.fromEntries(google),
    AZURE_RESOURCE_MANAGER_ENDPOINT: azure.url,
    LITELLM_BASE_URL: litellm.url,
    LITELLM_MASTER_KEY: keys.litellm,
    OPENAI_BASE_URL: openai.url,
    OPENAI_ADMIN_KEY: keys.openai,
    ANTHROPIC_BASE_URL: anthropic.url,
    ANTHROPIC_ADMIN_KEY: keys.anthropic,
    [KUBERNETES_TOKEN]: keys.kubernetes,
  };
}

const KUBERNETES_TOKEN = 'DEMO_KUBERNETES_TOKEN';

function accountsOf({ kubernetes, litellm }: StandIns): ActionAccount[] {
  const entry = (provider: ActionProvider, account: string, more: Partial<ActionAccount> = {}) => ({
    provider,
    account,
    regions: [],
    namespaces: [],
    match: [],
    ...more,
  });
  const { aws, gcp, azure } = SOURCES;
  return [
    ...Object.values(aws.accounts).map(({ id }) =>
      entry('aws', id, { role: `arn:aws:iam::${id}:role/pennywatch-actions` }),
    ),
    // Vertex AI's charges name a project by its number, Compute Engine's by its id.
    ...Object.values(gcp.accounts).flatMap(({ id, name }) => [entry('gcp', name), entry('gcp', id)]),
    ...Object.values(azure.accounts).map(({ id }) => entry('azure', id.replace('/subscriptions/', ''))),
    entry('kubernetes', CLUSTER, { endpoint: kubernetes.url, keyVariable: KUBERNETES_TOKEN }),
    entry('litellm', '*', { endpoint: litellm.url }),
    entry('openai', '*'),
    entry('anthropic', '*'),
  ];
}

function secret(): string {
  return randomBytes(20).toString('hex');
}
