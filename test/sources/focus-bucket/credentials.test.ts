/** The ways in: a role of another account, keys of an S3-compatible store, emulators, connection strings. */
import { afterEach, expect, test } from 'vitest';
import { SAS } from '../stand-in/azure-blob.ts';
import { type FocusBucketStandIn, startFocusBucket } from '../stand-in/focus-bucket.ts';
import { GCS_TOKEN } from '../stand-in/gcs.ts';
import { ROLE, S3_KEYS } from '../stand-in/s3.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { poll } from './bench.ts';

let standIn: FocusBucketStandIn;
afterEach(() => standIn.close());

const ROWS = truthCharges({ start: '2026-11-01', end: '2026-11-02', services: 1 });

async function start(cloud: 's3' | 'gcs' | 'azure'): Promise<void> {
  standIn = await startFocusBucket({ cloud });
  standIn.bill(ROWS);
}

async function expectRead(variables: Readonly<Record<string, string>>, options: object): Promise<void> {
  expect(await poll({ variables, options: { ...options } })).toHaveLength(1);
}

test('a role of another account, with an external id', async () => {
  await start('s3');
  const variables = { ...standIn.variables, AWS_ENDPOINT_URL_STS: standIn.url };
  await expectRead(variables, { ...standIn.options, ...ROLE });
  const [first, second] = standIn.requests;
  expect(first?.body).toContain('Action=AssumeRole');
  expect(second?.headers.authorization).toContain('ASIASTANDIN00000ROLE');
  await expect(
    poll({ variables, options: { ...standIn.options, ...ROLE, externalId: 'wrong' } }),
  ).rejects.toMatchObject({ code: 'UPSTREAM', message: expect.stringMatching(/HTTP 403.*AssumeRole/) });
});

test('keys of an S3-compatible store beside those of AWS', async () => {
  await start('s3');
  const variables = {
    AWS_ACCESS_KEY_ID: 'AKIAOTHER',
    AWS_SECRET_ACCESS_KEY: 'other',
    STORE_KEY: S3_KEYS.AWS_ACCESS_KEY_ID,
    STORE_SECRET: S3_KEYS.AWS_SECRET_ACCESS_KEY,
  };
  const options = { location: 's3://exports/focus', endpoint: standIn.url };
  await expectRead(variables, {
    ...options,
    accessKeyVariable: 'STORE_KEY',
    secretKeyVariable: 'STORE_SECRET',
  });
  await expect(
    poll({ variables: {}, options: { ...options, accessKeyVariable: 'STORE_KEY' } }),
  ).rejects.toMatchObject({ code: 'CONFIG', message: expect.stringContaining('STORE_KEY') });
});

test('AWS_ENDPOINT_URL, and an endpoint that goes before it', async () => {
  await start('s3');
  await expectRead({ ...S3_KEYS, AWS_ENDPOINT_URL: standIn.url }, { location: 's3://exports/focus' });
  await expectRead(
    { ...S3_KEYS, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    { location: 's3://exports/focus', endpoint: standIn.url, pathStyle: 'true', region: 'eu-central-1' },
  );
});

test('an emulator of Cloud Storage', async () => {
  await start('gcs');
  const host = standIn.url.replace('http://', '');
  await expectRead(
    { STORAGE_EMULATOR_HOST: host, MY_TOKEN: GCS_TOKEN },
    { location: 'gs://exports/focus', tokenVariable: 'MY_TOKEN' },
  );
});

test('a connection string of Blob Storage', async () => {
  await start('azure');
  const connection = `BlobEndpoint=${standIn.url}/acct;SharedAccessSignature=${SAS}`;
  await expectRead(
    { AZURE_STORAGE_CONNECTION_STRING: connection },
    { location: 'https://acct.blob.core.windows.net/exports/focus' },
  );
});
