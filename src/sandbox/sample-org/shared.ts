/** What belongs to no single model: clusters, networks, logs, and spend that nobody tagged. */
import type { Use } from './types.ts';
import { data, experiments, serve, tokens } from './uses.ts';

export interface SharedUse {
  /** What tags and rules can tell about it. */
  readonly team?: string;
  readonly model?: string;
  readonly use: Use;
}

const platform = (use: Use): SharedUse => ({ team: 'platform', use });
const nobody = (use: Use): SharedUse => ({ use });

const SHARED = { stage: 'other', shape: 'steady', tagging: 'shared' } as const;
const OWNED = { stage: 'other', shape: 'steady' } as const;
const UNKNOWN = { stage: 'other', tagging: 'none' } as const;

export const SHARED_USES: readonly SharedUse[] = [
  platform(serve('aws-eks', 'ml-platform', 146, OWNED)),
  platform(serve('aws-ec2-m6i', 'ml-platform-nodes-a', 2900, { ...OWNED, instances: 5 })),
  platform(serve('aws-ec2-m6i', 'ml-platform-nodes-b', 1400, { ...SHARED, instances: 4, shape: 'traffic' })),
  platform(serve('aws-nat', 'ml-platform-egress', 1150, { ...SHARED, shape: 'traffic' })),
  platform(serve('aws-logs', '/aws/sagemaker', 980, { ...SHARED, shape: 'traffic' })),
  platform(serve('aws-ebs', 'ml-platform-volumes', 720, { ...OWNED, instances: 5 })),
  platform(data('aws-s3', 'wrenfield-training-data', 1900, { tagging: 'rule' })),
  platform(serve('gcp-logging', 'wrenfield-ml-prod', 430, OWNED)),
  platform(serve('gcp-n2', 'vertex-pipelines', 610, { ...OWNED, instances: 3 })),
  platform(serve('azure-monitor', 'wrenfield-ml', 340, OWNED)),
  // Projects of a whole team: a rule knows the team, nobody knows the model.
  ...tokens(
    'gpt-4.1',
    'assistant-playground',
    { in: 130, out: 31 },
    { tagging: 'rule', environment: 'dev', shape: 'burst' },
  ).map((use) => ({ team: 'assistant', use })),
  ...tokens(
    'claude-sonnet',
    'search-sandbox',
    { in: 48, out: 11 },
    { tagging: 'rule', environment: 'dev', shape: 'burst' },
  ).map((use) => ({ team: 'search', use })),
  // A tag value that would ping a whole channel, were it ever posted as it is.
  { team: 'growth', model: '<!channel>', use: experiments('aws-notebook', 'growth-scratch', 38) },
  // Nobody tagged these.
  nobody(serve('aws-ec2-g5-12x', 'gpu-box-legacy', 4100, { ...UNKNOWN, shape: 'steady' })),
  nobody(
    serve('aws-notebook', 'scratch-notebooks', 1250, { ...UNKNOWN, shape: 'nightly', environment: 'dev' }),
  ),
  nobody(data('aws-s3', 'tmp-exports-2023', 930, UNKNOWN)),
  nobody(serve('aws-transfer', 'tmp-exports-2023', 480, { ...UNKNOWN, shape: 'traffic' })),
  nobody(serve('gcp-a2', 'colab-a100-0', 2400, { ...UNKNOWN, shape: 'nightly', environment: 'dev' })),
  nobody(data('gcp-gcs', 'wrenfield-old-checkpoints', 620, UNKNOWN)),
  nobody(serve('azure-vm-nc4', 'vm-test-gpu', 900, { ...UNKNOWN, shape: 'steady', environment: 'dev' })),
  nobody(data('azure-blob', 'wrenfieldtemp', 310, UNKNOWN)),
  ...tokens(
    'gpt-4.1-mini',
    'hackweek',
    { in: 260, out: 60 },
    { ...UNKNOWN, shape: 'burst', environment: 'dev' },
  ).map(nobody),
];
