/** Doctor goes the way an action would, to the vendor's own SDK, and changes nothing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { actionsToCheck } from '../../src/cli/doctor-actions.ts';
import type { ActionAccount } from '../../src/core/action.ts';
import { AppError } from '../../src/core/errors.ts';
import { type AwsStandIn, createAwsStandIn } from '../../src/sandbox/cloud/aws/server.ts';

const ROLE = 'arn:aws:iam::123456789012:role/pennywatch-actions';
const now = () => Date.parse('2026-11-21T09:00:00Z');
let cloud: AwsStandIn;
beforeEach(async () => {
  cloud = await createAwsStandIn({ now, lag: 0 }, {});
  for (const name of ['AWS_SESSION_TOKEN', 'LITELLM_MASTER_KEY', 'OPENAI_ADMIN_KEY']) vi.stubEnv(name, '');
  vi.stubEnv('AWS_ENDPOINT_URL', cloud.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-example');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await cloud.close();
});

function entry(more: Partial<ActionAccount> & Pick<ActionAccount, 'provider'>): ActionAccount {
  return { account: '*', regions: [], namespaces: [], match: [], ...more };
}

async function reach(account: ActionAccount, offline = false): Promise<string> {
  const error = await actionsToCheck({ now, offline })
    .reach(account, new AbortController().signal)
    .catch((reason: unknown) => reason);
  if (error instanceof AppError) return `${error.message} → ${error.hint}`;
  if (typeof error === 'string') return error;
  throw error;
}

test('AWS: a role is really assumed, and nothing else is asked', async () => {
  const aws = entry({ provider: 'aws', account: '123456789012', role: ROLE });
  expect(await reach(aws)).toBe(`${ROLE} can be assumed.`);
  expect(cloud.calls.map(({ operation }) => operation)).toEqual(['AssumeRole']);
});

test('AWS: a role that does not trust us', async () => {
  cloud.fail({ kind: 'denied', operation: 'AssumeRole', times: 10 });
  const said = await reach(entry({ provider: 'aws', account: '123456789012', role: ROLE }));
  expect(said).toContain(`The role ${ROLE} cannot be assumed`);
  expect(said).toContain('trust policy');
  expect(said).not.toContain('secret-example');
});

test('AWS: half a key pair, and --offline asks nobody', async () => {
  const aws = entry({ provider: 'aws', account: '123456789012', role: ROLE });
  expect(await reach(aws, true)).toContain('was not asked');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
  expect(await reach(aws, true)).toContain('Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set');
  expect(cloud.calls).toEqual([]);
});

test.each([
  ['litellm', { endpoint: 'http://127.0.0.1:4000' }, 'LITELLM_MASTER_KEY is not set.'],
  ['openai', {}, 'OPENAI_ADMIN_KEY is not set.'],
  ['azure', { endpoint: 'http://azure.example' }, 'neither https nor on this machine'],
  ['gcp', { endpoint: 'no address' }, 'The end point for compute is not an address.'],
  [
    'kubernetes',
    { account: 'ml', context: 'ml', endpoint: 'http://k8s.example' },
    'neither https nor on this',
  ],
  [
    'webhook',
    { endpoint: 'https://x.example', keyVariable: 'OPENAI_ADMIN_KEY' },
    'OPENAI_ADMIN_KEY is not set.',
  ],
] as const)('%s: what is wrong is said in the words of an action', async (provider, more, words) => {
  expect(await reach(entry({ provider, ...more }), true)).toContain(words);
});

test('Kubernetes: the context must be in the kubeconfig', async () => {
  vi.stubEnv('KUBECONFIG', '/nowhere/config');
  expect(await reach(entry({ provider: 'kubernetes', account: 'ml', context: 'ml-west' }))).toContain(
    'KUBECONFIG',
  );
});

test('keys and addresses that are set', async () => {
  vi.stubEnv('LITELLM_MASTER_KEY', 'sk-1234');
  const litellm = entry({ provider: 'litellm', endpoint: 'http://127.0.0.1:4000' });
  expect(await reach(litellm)).toBe('The address and the key are set.');
});
