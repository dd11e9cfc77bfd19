/** Periods that are not whole: nothing is imported by halves, and the next poll goes on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testAccess } from '../stand-in/access.ts';
import { exported, type FocusBucketStandIn, focusCsv, startFocusBucket } from '../stand-in/focus-bucket.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { poll } from './bench.ts';

let standIn: FocusBucketStandIn;
beforeEach(async () => {
  standIn = await startFocusBucket();
});
afterEach(() => standIn.close());

const NOVEMBER = truthCharges({ start: '2026-11-01', end: '2026-11-03', services: 2 });
const OCTOBER = truthCharges({ start: '2026-10-30', end: '2026-10-31', services: 2 });
const MANIFEST = 'focus/daily/metadata/BILLING_PERIOD=2026-11/daily-Manifest.json';
const FIRST = 'focus/daily/data/BILLING_PERIOD=2026-11/daily-00001.csv.gz';

/** November is broken by `breakIt`: October is imported all the same, and it is said why November is not. */
async function expectWaits(breakIt: () => void, why: RegExp): Promise<void> {
  standIn.bill([...OCTOBER, ...NOVEMBER]);
  breakIt();
  const access = testAccess(standIn.variables);
  const polled = await poll(standIn, { access });
  expect(polled.map(({ origin }) => origin.slice(-9))).toEqual(['(2026-10)']);
  expect(polled[0]?.warnings).toEqual([expect.stringMatching(why)]);
  expect(polled[0]?.warnings[0]).toContain('(2026-11) waits for the next poll');
  expect(access.lines).toEqual([
    { message: 'a period of an export waits', facts: expect.objectContaining({ period: '2026-11-01' }) },
  ]);
  standIn.bill([...OCTOBER, ...NOVEMBER]);
  const next = await poll(standIn, { cursor: polled[0]?.cursor });
  expect(next.map(({ origin }) => origin.slice(-9))).toEqual(['(2026-11)']);
}

test('the manifest names a file that is not there', () =>
  expectWaits(
    () => standIn.objects.remove(FIRST),
    /names s3:\/\/exports\/focus\/.*daily-00001\.csv\.gz, which is not there yet/,
  ));

test('the manifest is half written', () =>
  expectWaits(() => standIn.objects.put(MANIFEST, '{"dataFiles": ["s3://exp'), /is no JSON/));

test('the manifest lists nothing that is known', () =>
  expectWaits(() => standIn.objects.put(MANIFEST, '{"files": []}'), /lists no files/));

test('the manifest is not there yet', () =>
  expectWaits(() => standIn.objects.remove(MANIFEST), /its manifest is not there yet/));

test('files are being written over: they are newer than their manifest', () =>
  expectWaits(() => standIn.objects.put(FIRST, 'new', '2026-11-21T08:55:00Z'), /newer than its manifest/));

test('a copied bucket, whose manifests are older for ever, does not wait', async () => {
  for (const [key, body] of exported('s3', '2026-11', NOVEMBER))
    standIn.objects.put(key, body, key === MANIFEST ? '2026-11-20T01:00:00Z' : '2026-11-20T02:00:00Z');
  expect(await poll(standIn)).toHaveLength(1);
});

test('an export that was copied to another folder is found below it', async () => {
  for (const [key, body] of exported('s3', '2026-11', NOVEMBER))
    standIn.objects.put(key.replace('focus/daily/', 'focus/copies/2/daily/'), body);
  const [only] = await poll(standIn);
  expect(only?.files).toHaveLength(2);
});

test.each(['s3', 'gcs', 'azure'] as const)('%s: a file is written anew while it is read', async (cloud) => {
  await standIn.close();
  standIn = await startFocusBucket({ cloud });
  standIn.bill([...OCTOBER, ...NOVEMBER]);
  const { page } = standIn.objects.list('', undefined);
  const file = page.find(({ key }) => /2026-?11.*gz$/.test(key))?.key ?? '';
  // Behind the listing and, where there is one, the manifest.
  const download = cloud === 'gcs' ? 2 : 3;
  let requests = 0;
  const access = testAccess(standIn.variables);
  const meter = {
    ...access.meter,
    request: async () => {
      requests += 1;
      if (requests === download) standIn.objects.put(file, 'written anew');
    },
  };
  const polled = await poll(standIn, { access: { ...access, meter } });
  expect(polled.map(({ origin }) => origin.slice(-9))).toEqual(['(2026-10)']);
  expect(polled[0]?.warnings).toEqual([expect.stringContaining('written anew while they were read')]);
});

test('a new folder for each delivery: the newest one is taken, the older ones are left alone', async () => {
  const put = (run: string, hour: string, charges: typeof NOVEMBER) => {
    const key = `focus/exp/data/BILLING_PERIOD=2026-11/${run}/exp-00001.csv`;
    standIn.objects.put(key, focusCsv(charges), `2026-11-2${hour}:00:00Z`);
    standIn.objects.put(
      `focus/exp/metadata/BILLING_PERIOD=2026-11/${run}/exp-Manifest.json`,
      JSON.stringify({ dataFiles: [`s3://exports/${key}`] }),
      `2026-11-2${hour}:01:00Z`,
    );
  };
  put('z-first', '0T01', NOVEMBER.slice(1));
  const [first] = await poll(standIn);
  put('a-second', '1T01', NOVEMBER);
  const served = standIn.requests.length;
  const again = await poll(standIn, { cursor: first?.cursor });
  expect(again).toHaveLength(1);
  expect(again[0]?.completeThrough).toBe('2026-11-19');
  const read = standIn.requests.slice(served).map(({ url }) => url.pathname);
  expect(read.filter((path) => path.includes('z-first'))).toEqual([]);
});

test('a Cost and Usage Report by its reportKeys', async () => {
  const key = 'focus/cur/20261101-20261201/0a-b1/cur-1.csv';
  standIn.objects.put(key, focusCsv(NOVEMBER));
  standIn.objects.put(
    'focus/cur/20261101-20261201/cur-Manifest.json',
    JSON.stringify({ assemblyId: '0a-b1', reportKeys: [key] }),
  );
  expect((await poll(standIn)).map(({ files }) => files.length)).toEqual([1]);
});

describe('Azure', () => {
  const run = 'focus/daily/20261101-20261130/0a1b2c3d-0000-4000-8000-000000000001';
  const body = focusCsv(NOVEMBER);
  const put = (bytes: number, written: string) => {
    standIn.objects.put(`${run}/part_1.csv`, body, written);
    standIn.objects.put(
      `${run}/manifest.json`,
      JSON.stringify({
        blobs: [
          { blobName: `${run}/part_1.csv`, byteCount: bytes, dataRowCount: 9 },
          { blobName: `${run}/part_2.csv`, byteCount: 4, dataRowCount: 0 },
        ],
      }),
      written,
    );
  };

  test('files without rows are left out, a wrong size waits', async () => {
    put(Buffer.byteLength(body) + 1, '2026-11-21T08:00:00Z');
    const access = testAccess(standIn.variables);
    expect(await poll(standIn, { access })).toEqual([]);
    expect(access.lines[0]?.facts).toMatchObject({ why: expect.stringContaining('its manifest says') });
    put(Buffer.byteLength(body), '2026-11-21T08:00:00Z');
    expect((await poll(standIn)).map(({ files }) => files.length)).toEqual([1]);
  });

  test('a size that means something else, such as bytes before packing, does not wait for ever', async () => {
    put(Buffer.byteLength(body) * 9, '2026-11-21T05:00:00Z');
    expect((await poll(standIn)).map(({ files }) => files.length)).toEqual([1]);
  });
});

test('an export of a header only waits for charges', async () => {
  standIn.objects.put('focus/2026-11/a.csv', 'BilledCost,Tags\n');
  const access = testAccess(standIn.variables);
  expect(await poll(standIn, { access })).toEqual([]);
  expect(access.lines[0]?.facts).toMatchObject({ why: expect.stringContaining('no charges') });
});
