import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeError } from '../../../src/core/errors.ts';
import { googleError } from '../../../src/sources/gcp-bigquery/errors.ts';
import { gcpBigQuery } from '../../../src/sources/gcp-bigquery/index.ts';
import { settings } from '../../../src/sources/gcp-bigquery/settings.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type GcpStandIn, startGcpBigQuery } from '../stand-in/gcp-bigquery.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { collect } from './collect.ts';

let standIn: GcpStandIn;
beforeEach(async () => {
  standIn = await startGcpBigQuery();
  standIn.bill(truthCharges({ start: '2026-11-01', end: '2026-11-20' }));
});
afterEach(() => standIn.close());

const WINDOW = { start: '2026-11-16', end: '2026-11-21' };

function poll(more: Readonly<Record<string, unknown>> = {}, variables = standIn.variables) {
  return collect({ ...standIn.options, ...more }, testRequest(testAccess(variables), WINDOW));
}

async function wordsOf(polled: Promise<unknown>): Promise<string> {
  return polled.then(
    () => 'no error',
    (error) => describeError(error),
  );
}

describe('refusals are in words with what to do', () => {
  it.each([
    ['jobs', /bigquery\.jobs\.create[\s\S]*Grant roles\/bigquery\.jobUser on the project acme-billing/],
    ['data', /Grant roles\/bigquery\.dataViewer on the dataset of acme-billing\.billing\./],
    ['quota', /quota[\s\S]*renewed at midnight Pacific/],
    ['location', /not found in location EU[\s\S]*leave location away/],
    ['billing', /Link a billing account to the project acme-billing/],
  ] as const)('%s', async (kind, words) => {
    standIn.deny(kind);
    expect(await wordsOf(poll())).toMatch(words);
  });

  it('a wrong location', async () => {
    expect(await wordsOf(poll({ location: 'US' }))).toMatch(/location US[\s\S]*leave location away/);
  });

  it('a table that is not there names the exports that are', async () => {
    expect(await wordsOf(poll({ table: 'acme-billing.billing.gcp_billing_export_v1_WRONG' }))).toMatch(
      /no table gcp_billing_export_v1_WRONG[\s\S]*gcp_billing_export_v1_01ABCD_234567_89EFAB/,
    );
  });

  it('a table of another kind', async () => {
    expect(await wordsOf(poll({ export: 'focus' }))).toMatch(/not a focus .* no column BilledCost/);
  });

  it('revoked credentials, without giving the token away', async () => {
    standIn.revoke(true);
    const access = testAccess(standIn.variables);
    const error = await collect(standIn.options, testRequest(access, WINDOW)).catch(
      (caught: unknown) => caught,
    );
    expect(describeError(error)).toMatch(/invalid authentication credentials[\s\S]*make a new key/);
    const token = standIn.variables.GCP_ACCESS_TOKEN ?? '';
    expect(token.length).toBeGreaterThan(10);
    expect((error as Error).cause).toBeUndefined();
    expect(
      `${describeError(error)} ${(error as Error).stack} ${JSON.stringify([error, access.lines])}`,
    ).not.toContain(token);
  });

  it('credentials of Google are not sent to other hosts', async () => {
    const { GCP_ACCESS_TOKEN: _, ...rest } = standIn.variables;
    expect(await wordsOf(poll({}, rest))).toMatch(/not Google's[\s\S]*GCP_ACCESS_TOKEN/);
    expect(standIn.requests).toEqual([]);
  });

  it('another variable may hold the token', async () => {
    const { GCP_ACCESS_TOKEN: token = '', ...rest } = standIn.variables;
    const [batch] = await collect(
      { ...standIn.options, accessTokenVariable: 'MY_TOKEN' },
      testRequest(testAccess({ ...rest, MY_TOKEN: token }), WINDOW),
    );
    expect(batch?.charges.length).toBeGreaterThan(0);
  });

  it.each(['truncated', 'dropped', 'throttled', 'error500', 'error503'] as const)('only %s', async (kind) => {
    standIn.trouble({ rate: 1, seed: 1, kinds: [kind] });
    expect(await wordsOf(poll())).toMatch(/BigQuery did not answer as it should, 8 times/);
    expect(standIn.requests).toHaveLength(8);
  });
});

describe('a query that would read too much', () => {
  it('is not run', async () => {
    await standIn.close();
    standIn = await startGcpBigQuery({ bytesPerRow: 1_000_000_000 });
    standIn.bill(truthCharges({ start: '2026-11-01', end: '2026-11-20' }));
    expect(await wordsOf(poll())).toMatch(
      /would read [\d.]+ GiB \(about \$0\.\d\d on demand\), more than the 20 GiB[\s\S]*maximumBytesBilled of this source to at least "\d+ GiB"/,
    );
    const sent = standIn.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body));
    expect(sent.map(({ configuration }) => configuration.dryRun)).toEqual([true]);
    expect((await poll({ maximumBytesBilled: '1 TiB' }))[0]?.charges.length).toBeGreaterThan(0);
  });
});

describe('credentials that fail before BigQuery is reached', () => {
  const asked = { project: 'acme-billing', table: 'a.b.c', now: 0 };
  it.each([
    [
      'invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
      /time of this machine is wrong[\s\S]*Set the clock/,
    ],
    ['invalid_grant: account not found', /does not take the credentials[\s\S]*make a new key/],
    [
      'Could not load the default credentials. Browse to https://cloud.google.com/docs/authentication/getting-started for more information.',
      /no Google Cloud credentials[\s\S]*GOOGLE_APPLICATION_CREDENTIALS/,
    ],
    ['error:1E08010C:DECODER routines::unsupported', /private key .* is damaged/],
  ])('%s', (message, words) => {
    expect(describeError(googleError(new Error(message), asked))).toMatch(words);
  });
});

describe('a file of credentials', () => {
  const words = (path: string) =>
    wordsOf(
      collect(
        { table: 'acme-billing.billing.gcp_billing_export_v1_A' },
        testRequest(testAccess({ GOOGLE_APPLICATION_CREDENTIALS: path }), WINDOW),
      ),
    );

  it('that is not there', async () => {
    const said = await words('/nowhere/key.json');
    expect(said).toMatch(/GOOGLE_APPLICATION_CREDENTIALS .* does not exist[\s\S]*inside a container/);
    expect(said).not.toContain('nowhere');
  });

  it('that is something else', async () => {
    expect(await words(import.meta.filename)).toMatch(/is not the JSON of a key/);
  });
});

describe('check', () => {
  const check = (more: Readonly<Record<string, unknown>> = {}) =>
    gcpBigQuery.check(settings.parse({ ...standIn.options, ...more }), testAccess(standIn.variables));

  it('finds the table and says what a query reads, without running one', async () => {
    expect(await check()).toEqual([
      {
        ok: true,
        said: 'acme-billing.billing.gcp_billing_export_v1_01ABCD_234567_89EFAB is a standard export in EU.',
      },
      { ok: true, said: expect.stringMatching(/since 2026-11-18 would read [\d.]+ (KiB|bytes)/) },
    ]);
    expect(standIn.requests.filter(({ url }) => url.pathname.includes('/queries/'))).toEqual([]);
  });

  it('says what is missing', async () => {
    standIn.deny('jobs');
    expect((await check()).at(-1)).toMatchObject({
      ok: false,
      hint: expect.stringContaining('roles/bigquery.jobUser'),
    });
  });
});
