/** What is said when the other side refuses, and that no secret is in it; keys that try to leave the folder. */
import { existsSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError, describeError } from '../../../src/core/errors.ts';
import { focusBucket } from '../../../src/sources/focus-bucket/index.ts';
import { parseLocation } from '../../../src/sources/focus-bucket/settings.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type FocusBucketStandIn, focusCsv, startFocusBucket } from '../stand-in/focus-bucket.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { poll, source, YEAR } from './bench.ts';

let standIn: FocusBucketStandIn;
afterEach(() => standIn?.close());

const CLOUDS = ['s3', 'gcs', 'azure'] as const;
const ROWS = truthCharges({ start: '2026-11-01', end: '2026-11-02', services: 1 });
const SECRETS = /stand-in\/s3\+secret|ya29\.stand-in|stand-in\/signature|stand%2Din|sig=[^…]/;

async function failure(run: Promise<unknown>): Promise<AppError> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`an AppError was expected, not ${String(error)}`);
  return error;
}

describe.each(CLOUDS)('%s', (cloud) => {
  test('credentials that are revoked', async () => {
    standIn = await startFocusBucket({ cloud });
    standIn.bill(ROWS);
    standIn.revoke(true);
    const access = testAccess(standIn.variables);
    const error = await failure(poll(standIn, { access }));
    expect(error).toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringMatching(/refused to read .*exports.*: HTTP 40[13]/),
    });
    expect(error.hint).toMatch(/set (new ones|it) in the environment|make a new one/);
    expect(`${describeError(error)} ${String(error.cause)} ${JSON.stringify(access.lines)}`).not.toMatch(
      SECRETS,
    );
    expect(access.counts.sent).toBe(1);
    const checks = await source.check(standIn.options, testAccess(standIn.variables));
    expect(checks).toEqual([expect.objectContaining({ ok: false, said: error.message })]);
  });

  test('a prefix that may not be read', async () => {
    standIn = await startFocusBucket({ cloud });
    const location = String(standIn.options.location).replace(/focus$/, 'forbidden');
    const error = await failure(poll(standIn, { options: { location } }));
    expect(error.message).toMatch(/HTTP 403/);
    expect(error.hint).toMatch(/permissions focus-bucket|Storage Blob Data Reader/);
  });

  test('a bucket that does not exist', async () => {
    standIn = await startFocusBucket({ cloud });
    const location = String(standIn.options.location).replace('exports', 'nowhere');
    const error = await failure(poll(standIn, { options: { location } }));
    expect(error.message).toMatch(/HTTP 404/);
    expect(error.hint).toMatch(/bucket|container/);
  });

  test('a server that never comes back', async () => {
    standIn = await startFocusBucket({ cloud });
    standIn.trouble({ rate: 1, seed: 5 });
    const error = await failure(poll(standIn));
    expect(error).toMatchObject({ code: 'UPSTREAM', message: expect.stringContaining('8 times') });
    expect(`${describeError(error)} ${String(error.cause)}`).not.toMatch(SECRETS);
  });

  test('a poll that is stopped lets go of an answer that does not come', async () => {
    standIn = await startFocusBucket({ cloud });
    standIn.trouble({ rate: 1, seed: 5, kinds: ['hung'] });
    const controller = new AbortController();
    const access = testAccess(standIn.variables, { signal: controller.signal });
    const polling = poll(standIn, { access });
    polling.catch(() => undefined);
    while (standIn.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(polling).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a check says what it found', async () => {
    standIn = await startFocusBucket({ cloud });
    standIn.bill(truthCharges({ start: '2026-09-28', end: '2026-11-02', services: 1 }));
    const checks = await source.check(standIn.options, testAccess(standIn.variables));
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(checks.at(-1)?.said).toMatch(/3 periods, 2026-09 to 2026-11/);
    expect(standIn.requests.length).toBeLessThanOrEqual(2);
  });
});

test('keys cannot leave the folder of the download', async () => {
  standIn = await startFocusBucket({ cloud: 'gcs' });
  const keys = [
    'focus/../../../evil.csv',
    'focus/..\\..\\evil.csv',
    'focus/...csv',
    'focus/a\u0000b\n"; rm.csv',
    `focus/${'x'.repeat(900)}.csv`,
    'focus/-rf.csv',
  ];
  for (const [index, key] of keys.entries()) standIn.objects.put(key, focusCsv(ROWS.slice(index % 2)));
  for await (const batch of source.fetch(standIn.options, testRequest(testAccess(standIn.variables), YEAR))) {
    if (batch.kind !== 'files') continue;
    expect(batch.files).toHaveLength(keys.length);
    expect(new Set(batch.files.map(dirname)).size).toBe(1);
    for (const file of batch.files) {
      expect(dirname(dirname(realpathSync(file)))).toBe(realpathSync(tmpdir()));
      expect(basename(file)).toMatch(/^\d{5}-[A-Za-z0-9._-]{0,80}$/);
    }
    await batch.close();
    expect(existsSync(dirname(batch.files[0] ?? ''))).toBe(false);
  }
});

test('a budget that is used up stops the poll', async () => {
  standIn = await startFocusBucket();
  standIn.bill(ROWS);
  const error = await failure(poll(standIn, { access: testAccess(standIn.variables, { budget: 2 }) }));
  expect(error.code).toBe('LIMIT');
});

test.each([
  ['s3://my-bucket/a/b/', { cloud: 's3', bucket: 'my-bucket', prefix: 'a/b/', shown: 's3://my-bucket/a/b' }],
  ['gs://my-bucket', { cloud: 'gcs', bucket: 'my-bucket', prefix: '', shown: 'gs://my-bucket' }],
  [
    'https://acct.blob.core.windows.net/exports/x',
    { cloud: 'azure', bucket: 'exports', prefix: 'x/', account: 'https://acct.blob.core.windows.net' },
  ],
])('%s', (text, location) => expect(parseLocation(text)).toMatchObject(location));

test.each([
  'my-bucket',
  's3://',
  'ftp://x/y',
  'https://acct.blob.core.windows.net/c/p?sv=1&sig=SECRET',
  'https://example.com/c',
])('location %s is refused, without repeating it', async (location) => {
  const error = await failure((async () => source.fetch({ location }, testRequest(testAccess({}), YEAR)))());
  expect(error).toMatchObject({
    code: 'CONFIG',
    message: expect.stringContaining('expected s3://bucket/prefix'),
  });
  expect(error.message).not.toContain('SECRET');
});

test('the policy is for the configured prefix and no more', () => {
  const settings = focusBucket.settings.parse({ location: 's3://my-bucket/focus' });
  const [policy, ...others] = source.permissions({ location: 's3://my-bucket/focus' }).documents;
  expect(others).toEqual([]);
  expect(JSON.parse(policy?.text ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ListExports',
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::my-bucket',
        Condition: { StringLike: { 's3:prefix': 'focus/*' } },
      },
      {
        Sid: 'ReadExports',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::my-bucket/focus/*',
      },
    ],
  });
  expect(settings.location.prefix).toBe('focus/');
  expect(source.permissions(undefined).documents).toHaveLength(3);
});
