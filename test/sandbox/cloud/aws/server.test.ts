/** The stand-in of AWS on the wire: signatures, protocols, errors, clock and log. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsStandIn, createAwsStandIn } from '../../../../src/sandbox/cloud/aws/server.ts';

const LAG = 5_000;
let now = Date.UTC(2026, 10, 21);
let cloud: AwsStandIn;

beforeEach(async () => {
  const place = { account: '111122223333', region: 'us-east-1', created: new Date(now - 1e9) };
  cloud = await createAwsStandIn(
    { now: () => now, lag: LAG },
    {
      instances: [
        { ...place, id: 'i-0a1b2c3d', type: 'g5.xlarge', launched: place.created, tags: { n: 'a<b>&c' } },
      ],
      ecsServices: [{ ...place, cluster: 'ml', name: 'api', desired: 2 }],
      nodegroups: [{ ...place, cluster: 'ml', name: 'gpu', min: 1, max: 3, desired: 2 }],
    },
  );
});
afterEach(() => cloud.close());

function send(
  service: string,
  options: { path?: string; target?: string; body?: string; method?: string; region?: string },
) {
  const { path = '/', target, body, method = 'POST', region = 'us-east-1' } = options;
  return fetch(`${cloud.url}${path}`, {
    method,
    ...(body !== undefined && { body }),
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=AKIATEST/20261121/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      ...(target !== undefined && { 'x-amz-target': target }),
    },
  });
}

describe('stand-in of AWS', () => {
  it('refuses what is not signed, and services it has not', async () => {
    const unsigned = await fetch(cloud.url, { method: 'POST', body: 'Action=DescribeInstances' });
    expect([unsigned.status, await unsigned.text()]).toEqual([
      403,
      expect.stringContaining('Missing Authentication'),
    ]);
    expect((await send('route53', {})).status).toBe(404);
    expect(cloud.calls).toEqual([]);
  });

  it('speaks EC2, with names escaped', async () => {
    const answer = await send('ec2', { body: 'Action=DescribeInstances&InstanceId.1=i-0a1b2c3d' });
    expect(await answer.text()).toContain('<value>a&lt;b&gt;&amp;c</value>');
    const stop = await send('ec2', { body: 'Action=StopInstances&InstanceId.1=i-0a1b2c3d' });
    expect(await stop.text()).toMatch(/<currentState><code>64<\/code><name>stopping</);
    expect(cloud.calls.at(-1)).toEqual({
      at: now,
      operation: 'StopInstances',
      write: true,
      target: 'i-0a1b2c3d',
      status: 200,
    });
    now += LAG;
    expect(cloud.snapshot()).toMatchObject({ ec2: [{ state: 'stopped' }] });
  });

  it('holds what is in another region apart', async () => {
    const answer = await send('ec2', {
      body: 'Action=DescribeInstances&InstanceId.1=i-0a1b2c3d',
      region: 'eu-west-1',
    });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('<Code>InvalidInstanceID.NotFound</Code>'),
    ]);
  });

  it('speaks JSON and REST, each with its own errors', async () => {
    const target = 'AmazonEC2ContainerServiceV20141113.UpdateService';
    const body = (service: string) => JSON.stringify({ cluster: 'ml', service, desiredCount: 0 });
    const ecs = await send('ecs', { target, body: body('api') });
    expect(await ecs.json()).toMatchObject({ service: { desiredCount: 0, runningCount: 2 } });
    const missing = await send('ecs', { target, body: body('nobody') });
    expect(await missing.json()).toMatchObject({ __type: 'ServiceNotFoundException' });
    const broken = await send('ecs', { target, body: '{' });
    expect(await broken.json()).toMatchObject({ __type: 'SerializationException' });

    const eks = await send('eks', { method: 'GET', path: '/clusters/ml/node-groups/gpu' });
    expect(await eks.json()).toMatchObject({
      nodegroup: { status: 'ACTIVE', scalingConfig: { desiredSize: 2 } },
    });
    const none = await send('eks', { method: 'GET', path: '/clusters/ml/node-groups/none' });
    expect([none.status, none.headers.get('x-amzn-errortype')]).toEqual([404, 'ResourceNotFoundException']);
  });

  it('terminates the nodes below a node group', async () => {
    const path = '/clusters/ml/node-groups/gpu/update-config';
    const body = JSON.stringify({ clientRequestToken: 'one', scalingConfig: { minSize: 0, desiredSize: 0 } });
    const first = await (await send('eks', { path, body })).json();
    expect(await (await send('eks', { path, body })).json()).toEqual(first);
    expect(cloud.snapshot()).toMatchObject({ eks: [{ status: 'UPDATING' }], autoscaling: [{ running: 2 }] });
    now += LAG;
    expect(cloud.snapshot()).toMatchObject({ eks: [{ status: 'ACTIVE' }], autoscaling: [{ running: 0 }] });
  });

  it('goes wrong as it is told, as often as it is told', async () => {
    const stop = () => send('ec2', { body: 'Action=StopInstances&InstanceId.1=i-0a1b2c3d' });
    cloud.fail({ kind: 'throttled', times: 2 });
    expect([(await stop()).status, (await stop()).status]).toEqual([503, 503]);
    cloud.fail({ kind: 'denied' });
    expect(await (await stop()).text()).toContain('UnauthorizedOperation');
    expect(cloud.snapshot()).toMatchObject({ ec2: [{ state: 'running' }] });
    cloud.fail({ kind: 'lost' });
    await expect(stop()).rejects.toThrow();
    expect(cloud.snapshot()).toMatchObject({ ec2: [{ state: 'stopping' }] });
    expect(cloud.calls.map(({ status }) => status)).toEqual([503, 503, 403, 200]);
  });
});
