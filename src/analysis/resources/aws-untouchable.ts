/** What of AWS is on bills but cannot be acted on here: what it is, why not, and what to do instead. */
import type { ResourceHints } from '../../core/action.ts';

type Sentence = readonly [service: string, rest: RegExp, sentence: string];

const KEEPS_DATA = 'it holds data, and Pennywatch deletes none. Delete or shrink it at AWS.';

/** First match wins. */
const SENTENCES: readonly Sentence[] = [
  ['ec2', /^volume\//, `This is an EBS volume: ${KEEPS_DATA}`],
  ['ec2', /^snapshot\//, `This is an EBS snapshot: ${KEEPS_DATA}`],
  [
    'ec2',
    /^natgateway\//,
    'This is a NAT gateway: it can only be deleted, and what routes through it would lose its way out.',
  ],
  [
    'ec2',
    /^elastic-ip\//,
    'This is an Elastic IP address: it can only be given back, for good. Release it at AWS if nothing uses it.',
  ],
  [
    'ec2',
    /^(spot-instances-request|spot-fleet-request|fleet)\//,
    'This is a request for spot capacity, not an instance: cancel it at AWS, or stop what asked for it.',
  ],
  [
    'ec2',
    /^(capacity-reservation|reserved-instances|dedicated-host|host-reservation)\b/,
    'This is reserved capacity: it is paid for whether it is used or not, and stopping something does not end it.',
  ],
  [
    'ec2',
    /^(vpc-endpoint|transit-gateway|transit-gateway-attachment|vpn-connection|client-vpn-endpoint)\//,
    'This is a part of the network: it can only be deleted, and what goes through it would be cut off.',
  ],
  ['ec2', /./, 'This is no EC2 instance, and of EC2 only instances can be stopped and started here.'],
  [
    'elasticloadbalancing',
    /./,
    'This is a load balancer: it can only be deleted, and what is behind it would not be reached any more.',
  ],
  ['s3', /./, `This is an S3 bucket: ${KEEPS_DATA}`],
  [
    'bedrock',
    /^(application-)?inference-profile\//,
    'This is an inference profile of Bedrock: it costs nothing by itself, the calls made through it do. Stop the program that calls it.',
  ],
  [
    'bedrock',
    /^provisioned-model\//,
    'This is provisioned throughput of Bedrock: it is committed for a term, and ends by deleting it at AWS when the term is over.',
  ],
  [
    'bedrock',
    /./,
    'This is a part of Bedrock that is paid by the call: there is nothing that runs and could be stopped.',
  ],
  ['savingsplans', /./, 'This is a Savings Plan: a commitment that is paid until its term ends.'],
  [
    'logs',
    /./,
    'This is a log group: what costs is what is written into it. Set its retention or the log level of what writes.',
  ],
  [
    'eks',
    /^cluster\//,
    'This is an EKS cluster itself: its control plane costs as long as it exists. Its node groups can be scaled to zero.',
  ],
  [
    'eks',
    /^(fargateprofile|addon|pod)\//,
    'This is a part of an EKS cluster that follows its pods: scale the deployment in Kubernetes.',
  ],
  [
    'ecs',
    /^task\//,
    'This is one task of ECS: a stopped task is started again by its service. Scale the service.',
  ],
  [
    'ecs',
    /^(cluster|container-instance|capacity-provider)\b/,
    'This is no ECS service: the services in the cluster, or the Auto Scaling group below it, can be scaled to zero.',
  ],
  ['rds', /./, 'This is a database: Pennywatch stops no databases. Stop it at AWS if nothing needs it.'],
  ['lambda', /./, 'This is a Lambda function: it costs only when it is called. Find what calls it.'],
  ['dynamodb', /./, `This is a DynamoDB table: ${KEEPS_DATA}`],
  ['elasticfilesystem', /./, `This is an EFS file system: ${KEEPS_DATA}`],
  ['fsx', /./, `This is an FSx file system: ${KEEPS_DATA}`],
  ['ecr', /./, `This is a registry of container images: ${KEEPS_DATA}`],
  [
    'sagemaker',
    /^(app|space|user-profile|domain)\//,
    'This is a part of SageMaker Studio: close the app in Studio, or let its idle time-out do so.',
  ],
  [
    'sagemaker',
    /^transform-job\//,
    'This is a batch transform job: Pennywatch does not stop those; stop it in the SageMaker console.',
  ],
  [
    'sagemaker',
    /^(cluster|training-plan)\//,
    'This is HyperPod or a training plan: capacity that is shared or paid in advance, so Pennywatch does not change it.',
  ],
  [
    'sagemaker',
    /^(model|endpoint-config|model-package|experiment|pipeline|feature-group)\b/,
    'This is a definition of SageMaker that runs nothing by itself: look for its endpoint or its jobs.',
  ],
  ['autoscaling', /./, 'This is no Auto Scaling group but a part of one: scale the group.'],
];

/** A whole sentence for an ARN of this service that has no action. */
export function explainAwsArn(service: string, rest: string): string {
  const known = SENTENCES.find(([its, form]) => its === service && form.test(rest));
  if (known) return known[2];
  const what = /^([A-Za-z][A-Za-z-]{0,40})[/:]/.exec(rest)?.[1];
  return `This is ${what ? `a resource of the kind "${what}"` : 'a resource'} of the AWS service "${service}", with which nothing can be done here.`;
}

const IDS: readonly (readonly [id: RegExp, type: string])[] = [
  [/^vol-[0-9a-f]{8,17}$/, 'volume/'],
  [/^snap-[0-9a-f]{8,17}$/, 'snapshot/'],
  [/^nat-[0-9a-f]{8,17}$/, 'natgateway/'],
  [/^eipalloc-[0-9a-f]{8,17}$/, 'elastic-ip/'],
  [/^(sir|sfr|fleet)-[0-9a-f-]{8,40}$/, 'spot-instances-request/'],
  [/^(cr|h)-[0-9a-f]{8,17}$/, 'capacity-reservation/'],
  [/^(vpce|tgw|tgw-attach|vpn)-[0-9a-f]{8,17}$/, 'vpc-endpoint/'],
  [/^(eni|ami|subnet|vpc|sg)-[0-9a-f]{8,17}$/, 'other/'],
];

/** The same for ids of EC2 without an ARN, and buckets, which bills name plainly; undefined for anything else. */
export function explainAwsId(id: string, { provider, service }: ResourceHints): string | undefined {
  const known = IDS.find(([form]) => form.test(id));
  if (known) return explainAwsArn('ec2', known[1]);
  // A bare name is AWS's only when the bill says so.
  if (!provider || !/aws|amazon/i.test(provider)) return undefined;
  if (/simple storage|\bs3\b/i.test(service ?? '') && /^[a-z0-9.-]{3,63}$/.test(id))
    return explainAwsArn('s3', id);
  return undefined;
}
