/** How AWS is reached and what its refusals become, with AWS's own SDK against the stand-in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStopProtected, readInstance, turn } from '../../../src/actions/aws/ec2-instance.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';
import { type AwsStandIn, createAwsStandIn } from '../../../src/sandbox/cloud/aws/server.ts';
import { ACCOUNT, accessTo, CREATED, REGION } from './stage.ts';

const ID = 'i-0a1b2c3d4e5f60718';
const OTHER = '444455556666';
const ROLE = `arn:aws:iam::${OTHER}:role/pennywatch`;

let cloud: AwsStandIn;
let now: number;
beforeEach(async () => {
  now = CREATED.getTime();
  const instance = { id: ID, region: REGION, type: 'g5.xlarge', launched: CREATED };
  cloud = await createAwsStandIn(
    { now: () => now, lag: 1000 },
    { account: ACCOUNT, instances: [{ ...instance, account: OTHER }] },
  );
});
afterEach(() => cloud.close());

function input() {
  const found = recognise(ID, { provider: 'AWS', account: OTHER, region: REGION });
  if (!found.known) throw new Error(found.why);
  return { ref: found.ref, parameters: {} };
}

describe('reaching AWS', () => {
  it('sees only the account of its credentials; assumes the role of another, once', async () => {
    expect(await readInstance(accessTo(cloud.url), input())).toBeUndefined();
    const access = accessTo(cloud.url, { account: { role: ROLE }, now: () => now });
    expect(await readInstance(access, input())).toMatchObject({ id: ID, owner: OTHER });
    expect(await isStopProtected(access, input())).toBe(false);
    expect(cloud.calls.filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(1);
  });

  it('renews the session before it ends', async () => {
    const access = accessTo(cloud.url, { account: { role: ROLE }, now: () => now });
    await readInstance(access, input());
    now += 56 * 60_000;
    await readInstance(access, input());
    expect(cloud.calls.filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(2);
  });

  it('prefers the endpoint of the entry, then that of the service, to AWS_ENDPOINT_URL', async () => {
    const nowhere = 'http://127.0.0.1:9';
    const variables = (more: Record<string, string>) => ({
      variable: (name: string) => more[name] ?? accessTo(nowhere).variable(name),
    });
    const ofService = accessTo(nowhere, variables({ AWS_ENDPOINT_URL_EC2: cloud.url }));
    await readInstance(ofService, input());
    const ofEntry = accessTo(nowhere, {
      ...variables({ AWS_ENDPOINT_URL_EC2: nowhere }),
      account: { endpoint: cloud.url },
    });
    await readInstance(ofEntry, input());
    expect(cloud.calls.map(({ operation }) => operation)).toEqual(['DescribeInstances', 'DescribeInstances']);
  });

  it('wants both halves of a key', async () => {
    const half = accessTo(cloud.url, {
      variable: (name) => (name === 'AWS_SECRET_ACCESS_KEY' ? undefined : accessTo(cloud.url).variable(name)),
    });
    await expect(readInstance(half, input())).rejects.toMatchObject({ code: 'CONFIG' });
  });
});

describe('what AWS refuses', () => {
  const access = (more = {}) => accessTo(cloud.url, { account: { role: ROLE }, ...more });

  it('names permission and role', async () => {
    cloud.fail({ kind: 'denied', operation: 'StopInstances' });
    await expect(turn(access(), input(), 'stop')).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: `AWS refused to stop ${ID}: the permission ec2:StopInstances is missing.`,
      hint: expect.stringContaining(`Grant it to ${ROLE}`),
      uncertain: false,
    });
  });

  it('says when the role cannot be assumed', async () => {
    cloud.fail({ kind: 'denied', operation: 'AssumeRole', times: 9 });
    await expect(turn(access(), input(), 'stop')).rejects.toMatchObject({
      message: expect.stringMatching(`^The role ${ROLE} cannot be assumed`),
      uncertain: false,
    });
  });

  it('passes on what AWS says of the state', async () => {
    for (const instance of cloud.state.instances) instance.state = 'terminated';
    await expect(turn(access(), input(), 'start')).rejects.toMatchObject({
      message: expect.stringMatching(/refused to start i-\w+: IncorrectInstanceState \(The instance/),
      hint: expect.stringContaining('try again'),
      uncertain: false,
    });
  });

  it('is certain that nothing happened when nobody listens', async () => {
    await expect(turn(accessTo('http://127.0.0.1:9'), input(), 'stop')).rejects.toMatchObject({
      code: 'UPSTREAM',
      uncertain: false,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('reads again when an answer is lost or broken, but does not write again', async () => {
    const patient = access();
    cloud.fail({ kind: 'lost', operation: 'DescribeInstances' });
    cloud.fail({ kind: 'broken', operation: 'DescribeInstances' });
    expect(await readInstance(patient, input())).toMatchObject({ id: ID });
    cloud.fail({ kind: 'broken', operation: 'StopInstances' });
    await expect(turn(patient, input(), 'stop')).rejects.toMatchObject({ uncertain: true });
    expect(cloud.calls.filter(({ operation }) => operation === 'StopInstances')).toHaveLength(1);
  });

  it('is uncertain when it is stopped while a writing call is under way', async () => {
    const stopped = new AbortController();
    const patient = access({ signal: stopped.signal });
    await readInstance(patient, input());
    const turning = turn(patient, input(), 'stop');
    const watched = expect(turning).rejects.toMatchObject({ uncertain: true });
    // As soon as it is there; its answer is on its way then.
    while (!cloud.calls.some(({ write }) => write)) await new Promise((resolve) => setImmediate(resolve));
    stopped.abort();
    await watched;
  });

  it('shows no secrets', async () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    cloud.fail({ kind: 'denied', operation: 'StopInstances' });
    const error = await turn(access(), input(), 'stop').catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error) + String(error)).not.toContain(secret);
  });
});
