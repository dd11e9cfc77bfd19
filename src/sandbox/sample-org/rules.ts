/** Allocation rules of the sample config: what tags cannot tell. */
import { awsResourceId } from './aws-row.ts';
import { linesOf } from './lines.ts';
import { SOURCES } from './sources.ts';
import type { Line } from './types.ts';

export interface SampleRule {
  readonly name: string;
  readonly match: Readonly<Record<string, string | readonly string[]>>;
  readonly set: Readonly<Record<string, string>>;
}

const VENDORS = ['openai', 'anthropic'] as const;
const VENDOR_NAMES = VENDORS.map((vendor) => SOURCES[vendor].provider);

export function sampleRules(): SampleRule[] {
  return [...tokenRules(), ...projectRules(), ...awsRules()];
}

/** LLM vendors know no tags: a project or workspace per product and environment carries the meaning. */
function tokenRules(): SampleRule[] {
  return [
    {
      name: 'Labelling with LLMs makes training data',
      match: { ProviderName: VENDOR_NAMES, SubAccountName: '*-labelling' },
      set: { stage: 'data', environment: 'prod' },
    },
    {
      name: 'Other tokens are inference',
      match: { ProviderName: VENDOR_NAMES },
      set: { stage: 'inference' },
    },
    {
      name: 'Production projects',
      match: { ProviderName: VENDOR_NAMES, SubAccountName: '*-prod' },
      set: { environment: 'prod' },
    },
    {
      name: 'Development projects',
      match: {
        ProviderName: VENDOR_NAMES,
        SubAccountName: ['*-dev', '*-playground', '*-sandbox', 'hackweek'],
      },
      set: { environment: 'dev' },
    },
  ];
}

function projectRules(): SampleRule[] {
  return VENDORS.flatMap((vendor) => {
    const { provider, accountType } = SOURCES[vendor];
    const owners = new Map<string, { set: Record<string, string>; projects: Set<string> }>();
    for (const line of linesOf(vendor)) {
      const owner = line.model ?? line.team;
      if (owner === undefined) continue;
      const set: Record<string, string> = line.model ? { model: line.model } : { team: owner };
      const known = owners.get(owner) ?? { set, projects: new Set<string>() };
      known.projects.add(line.use.resource);
      owners.set(owner, known);
    }
    return [...owners].map(([owner, { set, projects }]) => ({
      name: `${provider} ${accountType.toLowerCase()}s of ${set.model ? '' : 'team '}${owner}`,
      match: { ProviderName: provider, SubAccountName: [...projects] },
      set,
    }));
  });
}

function awsRules(): SampleRule[] {
  return [
    {
      name: 'SageMaker endpoints named after their model',
      match: { ServiceName: 'Amazon SageMaker', ResourceId: '*:endpoint/bert*' },
      set: { model: 'bert', stage: 'inference' },
    },
    ...profileRules(),
    {
      name: 'Shared cluster, network and logs',
      match: { 'tags.shared': 'true' },
      set: { team: 'platform', stage: 'other' },
    },
    {
      name: 'Training data lake',
      match: { ServiceName: 'Amazon Simple Storage Service', ResourceId: 'wrenfield-training-data*' },
      set: { team: 'platform', stage: 'data' },
    },
    {
      name: 'Unused savings plan',
      match: { ProviderName: 'AWS', CommitmentDiscountStatus: 'Unused' },
      set: { team: 'platform', stage: 'other' },
    },
    {
      name: 'AWS support',
      match: { ServiceName: 'AWS Support*' },
      set: { team: 'platform', stage: 'other' },
    },
  ];
}

/** Marketplace models arrive under their maker's name and untagged; the inference profile tells whose they are. */
function profileRules(): SampleRule[] {
  const claimed = linesOf('aws').filter(
    ({ use, model }) => use.meter.startsWith('aws-claude') && model !== undefined,
  );
  const profiles = new Map(claimed.map((line): [string, Line] => [line.use.resource, line]));
  return [...profiles.values()].map((line) => ({
    name: `Bedrock inference profile of ${line.model}`,
    match: { ResourceId: awsResourceId(SOURCES.aws, line, line.use.resource) },
    set: { model: line.model ?? '', stage: line.use.stage, environment: line.use.environment },
  }));
}
