/** Ids of AWS: what can be acted on, by its parts, and a sentence for what cannot. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseAws } from '../../../src/analysis/resources/aws.ts';

const ACCOUNT = '111122223333';
const arn = (service: string, rest: string, partition = 'aws', region = 'us-east-1') =>
  `arn:${partition}:${service}:${region}:${ACCOUNT}:${rest}`;
const UUID = '930d940e-891e-4781-a11a-7b0acd480f03';

function why(id: string, hints = {}): string {
  const found = recogniseAws(id, hints);
  return found && !found.known ? found.why : `known: ${JSON.stringify(found)}`;
}

describe('recogniseAws', () => {
  it.each([
    ['ec2', 'instance/i-0a1b2c3d4e5f60718', 'aws.ec2.instance', { instanceId: 'i-0a1b2c3d4e5f60718' }],
    [
      'autoscaling',
      `autoScalingGroup:${UUID}:autoScalingGroupName/gpu workers/7`,
      'aws.autoscaling.group',
      { group: 'gpu workers/7' },
    ],
    ['ecs', 'service/ml/bert-api', 'aws.ecs.service', { cluster: 'ml', service: 'bert-api' }],
    ['ecs', 'service/bert-api', 'aws.ecs.service', { service: 'bert-api' }],
    ['eks', `nodegroup/ml/gpu/${UUID}`, 'aws.eks.nodegroup', { cluster: 'ml', nodegroup: 'gpu' }],
    ['sagemaker', 'training-job/bert-7', 'aws.sagemaker.training-job', { name: 'bert-7' }],
    ['sagemaker', 'processing-job/clean-7', 'aws.sagemaker.processing-job', { name: 'clean-7' }],
    ['sagemaker', 'hyper-parameter-tuning-job/hpo-7', 'aws.sagemaker.tuning-job', { name: 'hpo-7' }],
    ['sagemaker', 'notebook-instance/mira', 'aws.sagemaker.notebook', { name: 'mira' }],
    ['sagemaker', 'endpoint/bert-prod', 'aws.sagemaker.endpoint', { name: 'bert-prod' }],
  ])('%s %s', (service, rest, kind, parts) => {
    for (const [partition, region] of [
      ['aws', 'us-east-1'],
      ['aws-cn', 'cn-north-1'],
      ['aws-us-gov', 'us-gov-west-1'],
    ] as const) {
      const id = arn(service, rest, partition, region);
      const name = Object.values(parts).at(-1);
      const ref = { resourceId: id, provider: 'aws', kind, name, account: ACCOUNT, region };
      expect(recogniseAws(id, {})).toEqual({
        known: true,
        ref: { ...ref, parts: { partition, region, ...parts } },
      });
    }
  });

  it('takes account, region and name of a bare instance from the bill', () => {
    const hints = { provider: 'AWS', account: ACCOUNT, region: 'eu-central-1', name: 'trainer' };
    expect(recogniseAws('i-0a1b2c3d4e5f60718', hints)).toMatchObject({
      known: true,
      ref: {
        kind: 'aws.ec2.instance',
        name: 'trainer',
        account: ACCOUNT,
        region: 'eu-central-1',
        parts: { partition: 'aws', instanceId: 'i-0a1b2c3d4e5f60718', region: 'eu-central-1' },
      },
    });
    expect(recogniseAws('i-0a1b2c3d', { ...hints, region: 'cn-north-1b' })).toMatchObject({
      ref: { region: 'cn-north-1', parts: { partition: 'aws-cn' } },
    });
  });

  it('says what is missing of a bare instance', () => {
    expect(why('i-0a1b2c3d', { region: 'us-east-1' })).toMatch(/does not say its account/);
    expect(why('i-0a1b2c3d', { account: ACCOUNT })).toMatch(/does not say its region/);
    expect(why('i-0a1b2c3d', { account: ACCOUNT, region: 'Frankfurt' })).toMatch(/does not say its region/);
  });

  it('leaves ids of others alone', () => {
    const google = { provider: 'Google Cloud', account: 'ml-prod', region: 'us-central1' };
    expect(recogniseAws('i-0a1b2c3d', google)).toBeUndefined();
    expect(recogniseAws('//compute.googleapis.com/projects/p/zones/z/instances/i', {})).toBeUndefined();
    expect(recogniseAws('/subscriptions/0/resourceGroups/g', {})).toBeUndefined();
    expect(recogniseAws('sk-1234', {})).toBeUndefined();
    expect(recogniseAws('bert-data', {})).toBeUndefined();
    expect(recogniseAws('', {})).toBeUndefined();
  });

  it.each([
    [arn('ec2', 'volume/vol-0a1b2c3d'), /EBS volume.*deletes none/],
    ['vol-0a1b2c3d4e5f60718', /EBS volume/],
    [arn('ec2', 'natgateway/nat-0a1b2c3d'), /NAT gateway/],
    ['nat-0a1b2c3d4e5f60718', /NAT gateway/],
    ['arn:aws:s3:::bert-data', /S3 bucket/],
    [arn('bedrock', 'application-inference-profile/x1'), /inference profile.*program that calls it/],
    [`arn:aws:savingsplans::${ACCOUNT}:savingsplan/${UUID}`, /Savings Plan/],
    [arn('logs', 'log-group:/aws/lambda/x'), /log group/],
    [arn('eks', 'cluster/ml'), /EKS cluster itself.*node groups can be scaled/],
    [arn('ecs', 'task/ml/0123'), /one task.*Scale the service/],
    [arn('ec2', 'network-interface/eni-0a1b2c3d'), /no EC2 instance/],
    [arn('sagemaker', 'domain/d-1'), /Studio/],
    [arn('kinesis', 'stream/clicks'), /kind "stream" of the AWS service "kinesis"/],
    ['arn:aws:ec2', /no complete ARN/],
    [arn('ec2', 'instance/'), /no EC2 instance/],
    ['arn:aws:sagemaker:us-east-1::endpoint/bert', /no account or no region/],
  ])('says why not: %s', (id, words) => {
    expect(why(id)).toMatch(words);
    expect(why(id)).toMatch(/\.$/);
  });

  it('tells a bucket by its service', () => {
    expect(why('bert-data', { provider: 'AWS', service: 'Amazon Simple Storage Service' })).toMatch(
      /S3 bucket/,
    );
    expect(recogniseAws('bert-data', { provider: 'AWS', service: 'Amazon EC2' })).toBeUndefined();
  });

  it('never throws, and gives no part with a separator in it beside group names', () => {
    const piece = fc.constantFrom(
      'arn:',
      'aws',
      ':',
      '/',
      'sagemaker',
      'endpoint',
      'i-0a1b2c3d',
      '../',
      ' ',
      '\n',
      ACCOUNT,
    );
    const id = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(id, (text) => {
        const found = recogniseAws(text, { account: ACCOUNT, region: 'us-east-1' });
        if (found?.known !== true) return;
        for (const value of Object.values(found.ref.parts)) expect(value).toMatch(/^[^/:\s]+$/);
      }),
      { numRuns: 500, seed: 11 },
    );
  });
});
