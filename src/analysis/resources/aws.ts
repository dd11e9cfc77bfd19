/** Recognises ids of AWS: ARNs of every partition, and EC2's bare "i-0abc…" whose account and region the bill says beside. */
import type { Recognised, ResourceHints, ResourceRef } from '../../core/action.ts';
import { explainAwsArn, explainAwsId } from './aws-untouchable.ts';

interface Arn {
  readonly text: string;
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the account. */
  readonly rest: string;
}

type Found = Pick<ResourceRef, 'kind' | 'name' | 'parts'>;
type Form = readonly [service: string, rest: RegExp, found: (...groups: string[]) => Found];

const ARN = /^arn:(aws|aws-cn|aws-us-gov):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws)?:(.+)$/s;
const NAME = '([^/:\\s]{1,255})';

const FORMS: readonly Form[] = [
  ['ec2', /^instance\/(i-[0-9a-f]{8,17})$/, instance],
  [
    'autoscaling',
    // A group may be called anything, slashes and spaces included.
    /^autoScalingGroup:[0-9a-f-]{1,64}:autoScalingGroupName\/([^:]{1,255})$/,
    (group = '') => ({ kind: 'aws.autoscaling.group', name: group, parts: { group } }),
  ],
  // The form of before 2018 does not say the cluster: it has to be looked for.
  ['ecs', new RegExp(`^service/${NAME}$`), (service = '') => ecsService(undefined, service)],
  ['ecs', new RegExp(`^service/${NAME}/${NAME}$`), ecsService],
  [
    'eks',
    new RegExp(`^nodegroup/${NAME}/${NAME}/[0-9a-f-]{1,64}$`),
    (cluster = '', nodegroup = '') => ({
      kind: 'aws.eks.nodegroup',
      name: nodegroup,
      parts: { cluster, nodegroup },
    }),
  ],
  ['sagemaker', new RegExp(`^training-job/${NAME}$`), sageMaker('training-job')],
  ['sagemaker', new RegExp(`^processing-job/${NAME}$`), sageMaker('processing-job')],
  ['sagemaker', new RegExp(`^hyper-parameter-tuning-job/${NAME}$`), sageMaker('tuning-job')],
  ['sagemaker', new RegExp(`^notebook-instance/${NAME}$`), sageMaker('notebook')],
  ['sagemaker', new RegExp(`^endpoint/${NAME}$`), sageMaker('endpoint')],
];

/** Undefined for an id that is not of AWS. Never throws. */
export function recogniseAws(resourceId: string, hints: ResourceHints): Recognised | undefined {
  const id = resourceId.trim();
  const match = ARN.exec(id);
  if (match) {
    const [text, partition = '', service = '', region = '', account = '', rest = ''] = match;
    return recogniseArn({ text, partition, service, region, account, rest }, resourceId, hints);
  }
  if (/^arn:/.test(id))
    return unknown(
      `"${id.slice(0, 120)}" is no complete ARN of a partition that I know, so it cannot be found at AWS.`,
    );
  if (/^i-[0-9a-f]{8}([0-9a-f]{9})?$/.test(id) && ofAws(hints)) return recogniseBare(id, resourceId, hints);
  const why = ofAws(hints) ? explainAwsId(id, hints) : undefined;
  return why === undefined ? undefined : unknown(why);
}

function recogniseArn(arn: Arn, resourceId: string, hints: ResourceHints): Recognised {
  for (const [service, form, found] of FORMS) {
    const match = service === arn.service ? form.exec(arn.rest) : null;
    if (!match) continue;
    const { region, partition } = arn;
    const account = /^\d{12}$/.test(arn.account) ? arn.account : accountOf(hints);
    if (account === undefined || region === '')
      return unknown(
        `${found(...match.slice(1)).name} cannot be found: its ARN says no account or no region.`,
      );
    const { kind, name, parts } = found(...match.slice(1));
    return {
      known: true,
      ref: {
        resourceId,
        provider: 'aws',
        kind,
        name,
        account,
        region,
        parts: { partition, region, ...parts },
      },
    };
  }
  return unknown(explainAwsArn(arn.service, arn.rest));
}

/** Bills of AWS name instances without account and region. */
function recogniseBare(id: string, resourceId: string, hints: ResourceHints): Recognised {
  const account = accountOf(hints);
  const region = regionOf(hints);
  if (account === undefined || region === undefined)
    return unknown(
      `${id} is an EC2 instance, but the bill does not say its ${account === undefined ? 'account' : 'region'}, so it cannot be found.`,
    );
  const { kind, name, parts } = instance(id);
  const partition = partitionOf(region);
  return {
    known: true,
    ref: {
      resourceId,
      provider: 'aws',
      kind,
      name: hints.name?.trim() || name,
      account,
      region,
      parts: { partition, region, ...parts },
    },
  };
}

function instance(instanceId = ''): Found {
  return { kind: 'aws.ec2.instance', name: instanceId, parts: { instanceId } };
}

function ecsService(cluster: string | undefined, service = ''): Found {
  const parts = { ...(cluster !== undefined && { cluster }), service };
  return { kind: 'aws.ecs.service', name: service, parts };
}

function sageMaker(kind: string) {
  return (name = ''): Found => ({ kind: `aws.sagemaker.${kind}`, name, parts: { name } });
}

/** A charge that names another provider is not AWS's, whatever its id looks like. */
function ofAws({ provider }: ResourceHints): boolean {
  return provider === undefined || provider === '' || /aws|amazon/i.test(provider);
}

function accountOf({ account }: ResourceHints): string | undefined {
  const digits = account?.replace(/^.*:/, '').trim();
  return digits !== undefined && /^\d{12}$/.test(digits) ? digits : undefined;
}

/** Of an availability zone, its region. */
function regionOf({ region }: ResourceHints): string | undefined {
  return /^([a-z]{2}(?:-[a-z]+)+-\d+)[a-z]?$/.exec(region?.trim() ?? '')?.[1];
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function unknown(why: string): Recognised {
  return { known: false, why };
}
