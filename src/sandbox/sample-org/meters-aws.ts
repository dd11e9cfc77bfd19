/** AWS meters, USD. */
import type { Meter } from './meter.ts';

const ML = {
  source: 'aws',
  service: 'Amazon SageMaker',
  category: 'AI and Machine Learning',
  subcategory: 'Machine Learning',
  unit: 'Hours',
} as const;
const EC2 = {
  source: 'aws',
  service: 'Amazon Elastic Compute Cloud',
  category: 'Compute',
  subcategory: 'Virtual Machines',
  unit: 'Hours',
  resource: 'instance',
} as const;
const TOKENS = {
  unit: '1000000 Tokens',
  consumed: { unit: 'Tokens', perUnit: 1_000_000 },
  resource: 'inference-profile',
} as const;
const BEDROCK = {
  source: 'aws',
  service: 'Amazon Bedrock',
  category: 'AI and Machine Learning',
  subcategory: 'Generative AI',
  ...TOKENS,
} as const;
/** Models of other makers come through the marketplace, under the model's name. */
const CLAUDE = {
  ...BEDROCK,
  service: 'Claude Sonnet 4.5 (Amazon Bedrock Edition)',
  publisher: 'Anthropic, PBC',
} as const;

function training(instance: string, price: string) {
  return { ...ML, item: `${instance} training`, price, resource: 'training-job' } as const;
}
function hosting(instance: string, price: string) {
  return { ...ML, item: `${instance} hosting`, price, resource: 'endpoint' } as const;
}
function machine(instance: string, price: string) {
  return { ...EC2, item: `${instance} Linux on-demand`, price } as const;
}

export const AWS_METERS = {
  'aws-train-p4d': training('ml.p4d.24xlarge', '37.688'),
  'aws-train-g5-48x': training('ml.g5.48xlarge', '20.36'),
  'aws-train-g5-12x': training('ml.g5.12xlarge', '7.09'),
  'aws-train-m5': training('ml.m5.4xlarge', '0.9216'),
  'aws-process-m5': { ...ML, item: 'ml.m5.12xlarge processing', price: '2.765', resource: 'processing-job' },
  'aws-notebook': { ...ML, item: 'ml.g5.xlarge notebook', price: '1.408', resource: 'notebook' },
  'aws-host-g5-2x': hosting('ml.g5.2xlarge', '1.515'),
  'aws-host-g5-xl': hosting('ml.g5.xlarge', '1.408'),
  'aws-host-inf2': hosting('ml.inf2.xlarge', '0.9905'),
  'aws-host-c6i': hosting('ml.c6i.2xlarge', '0.408'),
  'aws-ec2-p4d': machine('p4d.24xlarge', '32.7726'),
  'aws-ec2-g5-12x': machine('g5.12xlarge', '5.672'),
  'aws-ec2-g5-2x': machine('g5.2xlarge', '1.212'),
  'aws-ec2-m6i': machine('m6i.4xlarge', '0.768'),
  'aws-ebs': {
    ...EC2,
    item: 'gp3 storage',
    category: 'Storage',
    subcategory: 'Block Storage',
    unit: 'GB-Month',
    price: '0.08',
    resource: 'volume',
  },
  'aws-nat': {
    ...EC2,
    item: 'NAT gateway data',
    category: 'Networking',
    subcategory: 'Network Routing',
    unit: 'GB',
    price: '0.045',
    resource: 'nat',
  },
  'aws-s3': {
    source: 'aws',
    service: 'Amazon Simple Storage Service',
    category: 'Storage',
    subcategory: 'Object Storage',
    item: 'Standard storage',
    unit: 'GB-Month',
    price: '0.023',
    resource: 'bucket',
  },
  'aws-s3-requests': {
    source: 'aws',
    service: 'Amazon Simple Storage Service',
    category: 'Storage',
    subcategory: 'Object Storage',
    item: 'GET requests',
    unit: '1000 Requests',
    price: '0.0004',
    resource: 'bucket',
    consumed: { unit: 'Requests', perUnit: 1000 },
  },
  'aws-transfer': {
    source: 'aws',
    service: 'AWS Data Transfer',
    category: 'Networking',
    subcategory: 'Network Connectivity',
    item: 'data out to internet',
    unit: 'GB',
    price: '0.09',
    resource: 'bucket',
  },
  'aws-eks': {
    source: 'aws',
    service: 'Amazon Elastic Kubernetes Service',
    category: 'Compute',
    subcategory: 'Containers',
    item: 'cluster hours',
    unit: 'Hours',
    price: '0.1',
    resource: 'cluster',
  },
  'aws-logs': {
    source: 'aws',
    service: 'AmazonCloudWatch',
    category: 'Management and Governance',
    subcategory: 'Observability',
    item: 'log ingestion',
    unit: 'GB',
    price: '0.5',
    resource: 'log-group',
  },
  'aws-titan-embed': { ...BEDROCK, item: 'Titan Text Embeddings V2 input tokens', price: '0.02' },
  'aws-nova-pro:in': { ...BEDROCK, item: 'Nova Pro input tokens', price: '0.8' },
  'aws-nova-pro:out': { ...BEDROCK, item: 'Nova Pro output tokens', price: '3.2' },
  'aws-claude-sonnet:in': { ...CLAUDE, item: 'Claude Sonnet 4.5 input tokens', price: '3' },
  'aws-claude-sonnet:out': { ...CLAUDE, item: 'Claude Sonnet 4.5 output tokens', price: '15' },
  'aws-claude-sonnet:cached': { ...CLAUDE, item: 'Claude Sonnet 4.5 cache read tokens', price: '0.3' },
  'aws-savings-plan': {
    ...ML,
    service: 'Savings Plans for AWS Machine Learning',
    item: '1 year No Upfront SageMaker Savings Plan',
    price: '18.5',
    resource: 'savings-plan',
  },
  'aws-support': {
    source: 'aws',
    service: 'AWS Support (Business)',
    category: 'Management and Governance',
    subcategory: 'Support',
    item: 'AWS Support (Business)',
    unit: 'Months',
    price: '0',
    resource: 'none',
  },
  'aws-tax': {
    source: 'aws',
    service: 'Tax',
    category: 'Other',
    subcategory: 'Other (Other)',
    item: 'US sales tax',
    unit: 'Months',
    price: '0',
    resource: 'none',
  },
  'aws-credit': { ...ML, item: 'Migration Acceleration Program credit', price: '0', resource: 'none' },
} as const satisfies Record<string, Meter>;
