/** What an API may put into a charge, written down and read back by the importer: the same texts, the same sums. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { focusFile } from '../../../src/sources/focus-file/index.ts';
import { spoolCharges } from '../../../src/sources/focus-file/spool.ts';
import type { Charge, StagedCharges } from '../../../src/sources/types.ts';

const CHARGE: Charge = {
  ProviderName: 'V',
  BillingAccountId: 'a-1',
  ServiceName: 'S',
  ChargeCategory: 'Usage',
  ChargePeriodStart: '2026-11-03',
  BillingPeriodStart: '2026-11-01',
  BillingCurrency: 'USD',
  BilledCost: '1.000000000000000001',
  EffectiveCost: '1',
  ListCost: null,
  ContractedCost: null,
  Tags: {},
};

let before: string | undefined;
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-spool-'));
  before = process.env.TMPDIR;
  process.env.TMPDIR = dir;
});
afterEach(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(dir, { recursive: true });
});

async function* pages(...all: readonly Charge[][]): AsyncGenerator<Charge[]> {
  yield* all;
}

async function staged<T>(charges: Charge[], look: (staged: StagedCharges) => Promise<T>): Promise<T> {
  const spooled = await spoolCharges(pages(charges));
  if (!spooled) throw new Error('Nothing was spooled.');
  const found = await focusFile.fetch(
    { files: [spooled.path] },
    { keepDescriptions: true, keepResources: true },
  );
  try {
    expect(found.files[0]?.quarantined).toEqual([]);
    return await look(found);
  } finally {
    await found.close();
    await spooled.close();
  }
}

const ODD = [
  'a "quoted" text, with a comma',
  'two\nlines',
  'two\r\nlines',
  '=cmd|/c calc!A1',
  'ünï 漢字 🙂',
  'back\\slash',
  "it's; -- DROP TABLE",
  '""',
  'tab\there',
  '{"json": [1]}',
];

describe('texts', () => {
  test('of services and tags come back as they were', async () => {
    const charges = ODD.map((text) => ({
      ...CHARGE,
      ServiceName: text,
      Tags: { [text]: text, k$1: `$${text}`, empty: '' },
    }));
    const { byService, byTag } = await staged(charges, (one) => one.breakdown());
    expect(byService.map(({ name }) => name).sort()).toEqual([...ODD].sort());
    for (const text of ODD) expect(byTag.get(text)?.map(({ name }) => name)).toContain(text);
    expect(
      byTag
        .get('k$1')
        ?.map(({ name }) => name)
        .sort(),
    ).toEqual(ODD.map((text) => `$${text}`).sort());
  });

  test.each([
    ['a mark of byte order', '\ufeffmarked'],
    ['a NUL', 'a\0b'],
    ['half a letter', 'a\ud800b'],
    ['a word for nothing', 'NULL'],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['a megabyte of quotes', '"'.repeat(1_000_000)],
  ])('with %s lose no money', async (_, text) => {
    const charges = [{ ...CHARGE, SkuId: text, Tags: { [text.slice(0, 50)]: text } }, CHARGE];
    const { totals } = await staged(charges, (one) => one.breakdown());
    expect(totals).toMatchObject([
      { currency: 'USD', amounts: { rows: 2, billed: '2.000000000000000002', effective: '2', list: null } },
    ]);
  });
});

test('a cost that some charges have is kept, one that none has is unknown', async () => {
  const charges = [{ ...CHARGE, ListCost: '7' }, CHARGE];
  const { totals } = await staged(charges, (one) => one.breakdown());
  expect(totals[0]?.amounts).toMatchObject({ list: '7', contracted: null });
});

test('a hundred thousand charges in one page and in many are the same file, and no more than written are asked for', async () => {
  const many = Array.from({ length: 100_000 }, (_, at) => ({ ...CHARGE, SkuId: `sku-${at}` }));
  const one = await spoolCharges(pages(many));
  const parts = Array.from({ length: 100 }, (_, at) => many.slice(at * 1_000, (at + 1) * 1_000));
  const other = await spoolCharges(pages(...parts));
  expect(one?.rows).toBe(100_000);
  expect(readFileSync(one?.path ?? '').equals(readFileSync(other?.path ?? ''))).toBe(true);
  await one?.close();
  await other?.close();
  expect(readdirSync(dir)).toEqual([]);
});

describe('nothing stays behind', () => {
  test('when there are no charges', async () => {
    expect(await spoolCharges(pages([], []))).toBeUndefined();
    expect(readdirSync(dir)).toEqual([]);
  });

  test('when the other side breaks off, and the error is its own', async () => {
    async function* broken(): AsyncGenerator<Charge[]> {
      yield [CHARGE];
      throw new Error('broken off');
    }
    await expect(spoolCharges(broken())).rejects.toThrow('broken off');
    expect(readdirSync(dir)).toEqual([]);
  });

  test('when the disk takes no more: it is thrown, asking ends, and the process lives', () => {
    const spool = JSON.stringify(new URL('../../../src/sources/focus-file/spool.ts', import.meta.url).href);
    const script = `
      import { spoolCharges } from ${spool};
      let ended = false;
      async function* endless() {
        try {
          for (;;) yield [${JSON.stringify({ ...CHARGE, SkuId: 'x'.repeat(1_000) })}];
        } finally {
          ended = true;
        }
      }
      const error = await spoolCharges(endless()).catch((thrown) => thrown);
      console.log(JSON.stringify({ code: error.code, ended }));`;
    const path = join(dir, 'endless.mjs');
    writeFileSync(path, script);
    // No file may grow beyond 64 KiB.
    const said = execFileSync('bash', ['-c', 'ulimit -f 64 && exec "$0" "$@"', process.execPath, path], {
      cwd: resolve(import.meta.dirname, '../../..'),
      env: { ...process.env, TMPDIR: dir, NODE_OPTIONS: '--import tsx', TSX_DISABLE_CACHE: '1' },
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toEqual({ code: 'EFBIG', ended: true });
    expect(readdirSync(dir).filter((name) => name.startsWith('pennywatch-'))).toEqual([]);
  });
});
