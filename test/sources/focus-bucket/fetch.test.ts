/** What a poll downloads and yields: whole periods, only changed ones, newest first, from all three clouds. */
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { addDecimals } from '../../../src/core/decimal.ts';
import { focusFile } from '../../../src/sources/focus-file/index.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type Cloud, exported, type FocusBucketStandIn, startFocusBucket } from '../stand-in/focus-bucket.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { poll, source, YEAR } from './bench.ts';

let standIn: FocusBucketStandIn;
afterEach(() => standIn.close());

const TRUTH = truthCharges({ start: '2026-09-20', end: '2026-11-21', currencies: ['USD', 'EUR'] });

function total(month: string, currency: string): string {
  const rows = TRUTH.filter((one) => one.day.startsWith(month) && one.currency === currency);
  return plain(addDecimals(...rows.map((one) => one.amount)) ?? '');
}

const plain = (amount: string) => amount.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

test.each(['s3', 'gcs', 'azure'] as const)(
  '%s: every month to the last digit, in spite of trouble',
  async (cloud) => {
    standIn = await startFocusBucket({ cloud });
    standIn.bill(TRUTH);
    standIn.trouble({ rate: 0.3, seed: 11 });
    const access = testAccess(standIn.variables);
    const polled = await poll(standIn, { access, read: true });
    expect(polled.map((batch) => batch.origin.slice(-9))).toEqual(['(2026-11)', '(2026-10)', '(2026-09)']);
    for (const [index, month] of ['2026-11', '2026-10', '2026-09'].entries())
      for (const currency of ['USD', 'EUR'])
        expect(plain(polled[index]?.billed(currency) ?? '')).toBe(total(month, currency));
    expect(polled.map((batch) => batch.completeThrough)).toEqual(['2026-11-19', '2026-10-31', '2026-09-30']);
    expect(access.counts.sent).toBe(standIn.requests.length);
    expect(access.counts.failed).toBeGreaterThan(0);
    const left = polled.flatMap((batch) => batch.files).filter((file) => existsSync(file));
    expect(left).toEqual([]);
  },
);

test.each(['s3', 'gcs', 'azure'] as const)('%s: a second poll downloads only what changed', async (cloud) => {
  standIn = await startFocusBucket({ cloud });
  standIn.bill(TRUTH);
  const first = await poll(standIn);
  const cursor = first.at(-1)?.cursor;
  const served = standIn.objects.served;
  expect(await poll(standIn, { cursor })).toEqual([]);
  const manifests = manifestBytes(standIn, cloud);
  expect(standIn.objects.served - served).toBe(manifests);
  const october = TRUTH.filter((one) => one.day.startsWith('2026-10')).slice(1);
  for (const [key, body] of exported(cloud, '2026-10', october)) standIn.objects.put(key, body);
  const again = await poll(standIn, { cursor });
  expect(again.map((batch) => batch.origin.slice(-9))).toEqual(['(2026-10)']);
  expect(await poll(standIn, { cursor: again[0]?.cursor })).toEqual([]);
});

function manifestBytes({ objects }: FocusBucketStandIn, cloud: Cloud): number {
  const { page } = objects.list('', undefined);
  return cloud === 'gcs'
    ? 0
    : page.filter(({ key }) => /manifest\.json$/i.test(key)).reduce((sum, { body }) => sum + body.length, 0);
}

test('a poll that is killed goes on with the periods it had not finished', async () => {
  standIn = await startFocusBucket();
  standIn.bill(TRUTH);
  const killed = await poll(standIn, { stopAfter: 1 });
  const resumed = await poll(standIn, { cursor: killed[0]?.cursor });
  expect([...killed, ...resumed].map((batch) => batch.origin.slice(-9))).toEqual([
    '(2026-11)',
    '(2026-10)',
    '(2026-09)',
  ]);
  expect(
    readdirSync(tmpdir()).filter((name) => name.startsWith(`pennywatch-import-${process.pid}-`)),
  ).toEqual([]);
});

test('a cursor of another place, or one that cannot be read, is no cursor', async () => {
  standIn = await startFocusBucket();
  standIn.bill(TRUTH);
  const [newest] = await poll(standIn, { stopAfter: 1 });
  const elsewhere = newest?.cursor?.replace('s3://exports/focus', 's3://exports/other');
  for (const cursor of [elsewhere, '{"version":9}', 'rubbish'])
    expect(await poll(standIn, { cursor, stopAfter: 1 })).toHaveLength(1);
});

test('only periods that overlap the window are looked at', async () => {
  standIn = await startFocusBucket();
  standIn.bill(TRUTH);
  const polled = await poll(standIn, { window: { start: '2026-10-15', end: '2026-10-16' } });
  expect(polled.map((batch) => batch.origin)).toEqual(['s3://exports/focus/daily/ (2026-10)']);
  expect(standIn.requests.filter(({ url }) => /2026-(09|11)/.test(url.pathname))).toEqual([]);
});

test.each(['s3', 'gcs', 'azure'] as const)('%s: every page of a long listing is read', async (cloud) => {
  standIn = await startFocusBucket({ cloud, pageSize: 50 });
  standIn.bill(TRUTH);
  for (let index = 0; index < 1_020; index++) standIn.objects.put(`focus/aaa/${index} ü+&<.txt`, 'x');
  const polled = await poll(standIn, { stopAfter: 1 });
  expect(polled).toHaveLength(1);
  const listings = standIn.requests.filter(({ url }) => url.searchParams.has('prefix'));
  expect(listings).toHaveLength(21);
});

test('a download that is cut off is asked for again', async () => {
  standIn = await startFocusBucket();
  standIn.bill(TRUTH.filter((one) => one.day.startsWith('2026-11')));
  standIn.trouble({ rate: 0.5, seed: 3, kinds: ['truncated'] });
  const access = testAccess(standIn.variables);
  const [only] = await poll(standIn, { access, read: true });
  expect(plain(only?.billed('USD') ?? '')).toBe(total('2026-11', 'USD'));
  expect(access.counts.failed).toBeGreaterThan(0);
});

test('nothing at all is an error, not nothing spent', async () => {
  standIn = await startFocusBucket();
  await expect(poll(standIn)).rejects.toMatchObject({
    code: 'UPSTREAM',
    message: expect.stringContaining('nothing under s3://exports/focus'),
  });
  standIn.objects.put('focus/readme.txt', 'hello');
  await expect(poll(standIn)).rejects.toMatchObject({ message: expect.stringContaining('no exports under') });
});

test('CUR 2.0 goes through the importer as it is delivered', async () => {
  standIn = await startFocusBucket();
  const key = 'focus/cur2/data/BILLING_PERIOD=2026-11/cur2-00001.csv.gz';
  const report = [
    'bill_payer_account_id,bill_billing_period_start_date,line_item_usage_start_date,line_item_line_item_type,line_item_currency_code,line_item_unblended_cost,line_item_product_code,resource_tags',
    '999,2026-11-01 00:00:00,2026-11-02 00:00:00,Usage,USD,0.1000000001,AmazonBedrock,"{""user_team"":""search""}"',
    '999,2026-11-01 00:00:00,2026-11-02 01:00:00,Tax,USD,0.02,AmazonBedrock,{}',
  ].join('\n');
  standIn.objects.put(key, gzipSync(`${report}\n`));
  standIn.objects.put(
    'focus/cur2/metadata/BILLING_PERIOD=2026-11/cur2-Manifest.json',
    JSON.stringify({ executionId: 'e', dataFiles: [`s3://exports/${key}`] }),
  );
  const request = testRequest(testAccess(standIn.variables), YEAR);
  for await (const batch of source.fetch(standIn.options, request)) {
    if (batch.kind !== 'files') throw new Error('files were expected');
    const staged = await focusFile.fetch(
      { files: [...batch.files] },
      { keepDescriptions: false, keepResources: false },
    );
    const { totals, byTag } = await staged.breakdown();
    expect(plain(totals[0]?.amounts.effective ?? '')).toBe('0.1200000001');
    expect([...byTag.keys()]).toEqual(['team']);
    await staged.close();
  }
  expect.assertions(2);
});
