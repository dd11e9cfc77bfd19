/** No answer, or one of somebody else: every source says what to mend, in words and without a raw error. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, describeError } from '../../src/core/errors.ts';
import { sources } from '../../src/sources/registry.ts';
import { explainUnreachable, reachMend } from '../../src/sources/unreachable.ts';
import { testAccess } from './stand-in/access.ts';
import { S3_KEYS } from './stand-in/s3.ts';

const TABLE = 'acme-billing.billing.gcp_billing_export_v1_01ABCD_234567_89EFAB';
const SCOPE = '/subscriptions/00000000-0000-0000-0000-000000000000';

interface Member {
  readonly kind: string;
  readonly settings: (address: string) => object;
  readonly variables: Readonly<Record<string, string>>;
}

const MEMBERS: readonly Member[] = [
  {
    kind: 'anthropic',
    settings: (baseUrl) => ({ baseUrl }),
    variables: { ANTHROPIC_ADMIN_KEY: 'sk-ant-admin-s3cret' },
  },
  {
    kind: 'azure-cost-management',
    settings: (baseUrl) => ({ scopes: [SCOPE], baseUrl }),
    variables: { AZURE_ACCESS_TOKEN: 's3cret' },
  },
  {
    kind: 'focus-bucket',
    settings: (endpoint) => ({ location: 's3://exports/focus', endpoint }),
    variables: S3_KEYS,
  },
  {
    kind: 'focus-bucket',
    settings: (endpoint) => ({ location: 'gs://exports/focus', endpoint }),
    variables: { CLOUDSDK_AUTH_ACCESS_TOKEN: 's3cret' },
  },
  {
    kind: 'focus-bucket',
    settings: (endpoint) => ({ location: 'https://acme.blob.core.windows.net/exports/focus', endpoint }),
    variables: { AZURE_STORAGE_SAS_TOKEN: 'sv=1&sig=s3cret' },
  },
  {
    kind: 'gcp-bigquery',
    settings: (apiEndpoint) => ({ table: TABLE, apiEndpoint }),
    variables: { GCP_ACCESS_TOKEN: 's3cret' },
  },
  {
    kind: 'litellm',
    settings: (baseUrl) => ({ baseUrl }),
    variables: { LITELLM_MASTER_KEY: 'sk-s3cret' },
  },
  {
    kind: 'openai',
    settings: (baseUrl) => ({ baseUrl }),
    variables: { OPENAI_ADMIN_KEY: 'sk-admin-s3cret' },
  },
];

/** Names of classes, codes of libraries, stacks, JSON of validators. */
const RAW = /\w+(Error|Exception)\b|\bat .*:\d+:\d+|"code"|expected object|msal|undefined|\bNaN\b|Unknown/;

let page: Server;
let address = '';
beforeAll(async () => {
  page = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end('<html><title>Sign in</title></html>');
  });
  await new Promise<void>((ready) => page.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
});
afterAll(() => page.close());

/** What a check says; it never throws. */
async function check({ kind, settings, variables }: Member, at: string) {
  const source = sources.find(({ id }) => id === kind);
  const access = { ...testAccess(variables), pace: 0.0001 };
  const checks = await source?.check(settings(at), access);
  return checks?.at(-1);
}

describe.each(
  MEMBERS.map((member) => [`${member.kind} ${Object.keys(member.variables)[0]}`, member] as const),
)('%s', (_, member) => {
  it.each([
    ['a page of somebody else', () => address, /Something else than the API may answer at 127\.0\.0\.1/],
    ['a port without anybody', () => 'http://127.0.0.1:9', /Nothing listens at 127\.0\.0\.1:9/],
    [
      'a port that speaks no https',
      () => address.replace('http:', 'https:'),
      /does not speak https there|Nothing listens|cannot be reached/,
    ],
  ])('%s', async (_name, at, mend) => {
    const found = await check(member, at());
    expect(found).toMatchObject({ ok: false, hint: expect.stringMatching(mend) });
    expect(found?.said).not.toMatch(RAW);
    expect(JSON.stringify(found)).not.toMatch(/s3cret|s3\+secret/);
  });
});

describe('words of the network', () => {
  it.each([
    ['no connection: getaddrinfo ENOTFOUND nope.invalid', /name of api\.example is not known.*DNS/],
    ['no connection: self-signed certificate', /certificate of api\.example .*NODE_EXTRA_CA_CERTS/],
    ['unable to verify the first certificate', /NODE_EXTRA_CA_CERTS/],
    ["Hostname/IP does not match certificate's altnames", /NODE_EXTRA_CA_CERTS/],
    ['connect ETIMEDOUT 10.0.0.1:443', /cannot be reached from here/],
  ])('%s', (words, mend) => {
    expect(reachMend(words, 'https://api.example/v1')).toMatch(mend);
  });

  it('say nothing about a service that fails by itself, or about refusals', () => {
    expect(reachMend('HTTP 503 (overloaded)', 'https://api.example')).toBeUndefined();
    const refusal = new AppError('UPSTREAM', 'X refused: HTTP 403 (certificate)', { hint: 'Ask.' });
    expect(explainUnreachable(refusal, 'https://api.example')).toBe(refusal);
    const failed = new AppError('UPSTREAM', 'socket hang up, ECONNREFUSED', { cause: new Error() });
    expect(describeError(explainUnreachable(failed, 'https://api.example'))).toContain('Nothing listens');
  });
});
