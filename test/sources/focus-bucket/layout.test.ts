/** Which files belong to which period, told by the keys alone. */
import { expect, test } from 'vitest';
import { findExports } from '../../../src/sources/focus-bucket/layout.ts';
import type { BucketObject } from '../../../src/sources/focus-bucket/types.ts';

function object(key: string, minute = 0): BucketObject {
  return {
    key,
    size: 10,
    content: key,
    version: key,
    modified: Date.parse('2026-11-20T03:00:00Z') + minute * 60_000,
  };
}

function found(prefix: string, ...objects: (string | BucketObject)[]) {
  return findExports(
    objects.map((one) => (typeof one === 'string' ? object(one) : one)),
    prefix,
  ).map(({ layout, days, root, manifest, files }) => ({
    layout,
    days: days ? `${days.start} ${days.end}` : '',
    root,
    manifest: manifest?.key,
    files: files.map(({ key }) => key),
  }));
}

test('Data Exports, overwriting: a period per folder, newest first', () => {
  const keys = ['2026-09', '2026-10'].flatMap((month) => [
    `a/b/exp/data/BILLING_PERIOD=${month}/exp-00001.csv.gz`,
    `a/b/exp/metadata/BILLING_PERIOD=${month}/exp-Manifest.json`,
  ]);
  expect(found('a/', ...keys)).toEqual([
    {
      layout: 'data-exports',
      days: '2026-10-01 2026-10-31',
      root: 'a/b/exp/',
      manifest: keys[3],
      files: [keys[2]],
    },
    expect.objectContaining({ days: '2026-09-01 2026-09-30', manifest: keys[1] }),
  ]);
});

test('Data Exports, a new folder each time: the newest manifest decides', () => {
  const at = (run: string) => `exp/metadata/BILLING_PERIOD=2026-11/${run}/exp-Manifest.json`;
  const [part] = found('', object(at('b-older'), 1), object(at('a-newer'), 9), object(at('c-oldest'), 0));
  expect(part?.manifest).toBe(at('a-newer'));
});

test('a month without a manifest belongs to the export that has them elsewhere', () => {
  const parts = found(
    '',
    'exp/metadata/BILLING_PERIOD=2026-10/exp-Manifest.json',
    'exp/data/BILLING_PERIOD=2026-10/exp-00001.parquet',
    'exp/data/BILLING_PERIOD=2026-11/exp-00001.parquet',
  );
  expect(parts.map(({ layout, manifest }) => [layout, manifest !== undefined])).toEqual([
    ['data-exports', false],
    ['data-exports', true],
  ]);
});

test('Cost and Usage Reports end on the next first, Azure exports on the last', () => {
  expect(found('', 'cur/20261101-20261201/cur-Manifest.json')[0]?.days).toBe('2026-11-01 2026-11-30');
  expect(found('', 'az/20261101-20261130/6ff/manifest.json')[0]?.days).toBe('2026-11-01 2026-11-30');
  expect(found('', 'az/20261101-20261101/6ff/manifest.json')[0]?.days).toBe('2026-11-01 2026-11-01');
});

test.each([
  ['focus/2026-11/a.csv', '2026-11'],
  ['focus/2026/11/05/a.csv.gz', '2026-11'],
  ['focus/year=2026/month=7/a.parquet', '2026-07'],
  ['focus/202611.csv', '2026-11'],
  ['focus/20261105T0300.csv', '2026-11'],
  ['focus/2026-11/written-2026-12-03.csv', '2026-11'],
  ['focus/billing_period=2026-11/a.csv', '2026-11'],
  ['focus/bill.csv', ''],
  ['focus/part-0-20269911-a2026-11f.csv', ''],
])('%s is of %s', (key, month) => {
  expect(found('focus/', key)[0]?.days.slice(0, 7)).toBe(month);
});

test('plain files of a month are one part; what is no bill is left out', () => {
  const parts = found(
    'f/',
    'f/2026-11/x/a.csv',
    'f/2026-11/y/b.parquet',
    'f/2026-11/_SUCCESS',
    'f/2026-11/',
    'f/all.csv',
  );
  expect(parts.map(({ files }) => files)).toEqual([
    ['f/2026-11/x/a.csv', 'f/2026-11/y/b.parquet'],
    ['f/all.csv'],
  ]);
  expect(found('f/', { ...object('f/2026-11/empty.csv'), size: 0 })).toEqual([]);
});

test('without manifests, only the newest run of a period counts', () => {
  const run = (id: string) => `az/20261101-20261130/${id}-0000-4000-8000-000000000000/part_0.csv`;
  const [part] = found('az/', object(run('11111111'), 5), object(run('22222222'), 1));
  expect(part?.files).toEqual([run('11111111')]);
});

test('what else lies in the folder of an export with manifests is no bill of its own', () => {
  const parts = found(
    'cur/',
    'cur/report/20261101-20261201/report-Manifest.json',
    'cur/report/report/year=2026/month=11/report-00001.snappy.parquet',
    'cur/report/report/cost_and_usage_data_status/status.parquet',
    'cur/other/2026-11/a.csv',
  );
  expect(parts.map(({ layout, root }) => [layout, root])).toEqual([
    ['dated', 'cur/report/'],
    ['plain', 'cur/'],
  ]);
});
