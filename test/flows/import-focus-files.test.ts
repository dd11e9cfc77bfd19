/** Formats, quirks and bad input: what is read, what is set aside, what is refused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { COLUMNS, charge, csv, openWorkbench, type Workbench } from './import-focus/workbench.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/focus/', import.meta.url));

let bench: Workbench;
let empty: string;
beforeEach(async () => {
  bench = await openWorkbench();
  empty = await bench.contents();
});
afterEach(() => bench.close());

/** Imports a file that must be refused, and checks that nothing was written. */
async function refused(path: string): Promise<AppError> {
  const error = await bench.import([path]).then(
    () => undefined,
    (reason) => reason,
  );
  expect(await bench.contents()).toBe(empty);
  if (!(error instanceof AppError)) throw new Error(`${path} was not refused: ${error}`);
  return error;
}

async function parquet(path: string, select: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

const THREE = [
  charge('2026-09-01', '1.5'),
  charge('2026-09-02', '2.25'),
  charge('2026-09-03', '0.000000123456789012'),
];

describe('formats', () => {
  test('CSV, gzip, BOM, CRLF, other delimiters and Parquet say the same', async () => {
    const text = csv(THREE);
    const files = [
      bench.file('plain.csv', text),
      bench.file('packed.csv.gz', gzipSync(text)),
      bench.file('packed-without-saying.csv', gzipSync(text)),
      bench.file('bom.csv', `\ufeff${text}`),
      bench.file('crlf.csv', text.replaceAll('\n', '\r\n')),
      bench.file('mixed.csv', text.replace('\n', '\r\n')),
      bench.file('semicolon.csv', text.replaceAll(',', ';')),
      bench.file('unended.csv', text.trimEnd()),
      bench.file('quoted.csv', text.replace(/[^,\n]+/g, '"$&"')),
      await parquet(
        bench.path('text.parquet'),
        `SELECT * FROM read_csv('${bench.path('plain.csv')}', all_varchar = true)`,
      ),
    ];
    for (const file of files) {
      const result = await bench.import([file]);
      expect(result.totals[0], file).toMatchObject({
        rows: 3,
        billedCost: '3.750000123456789012',
        currency: 'USD',
      });
      expect(result.files[0]?.unchanged, file).toBe(file !== files[0]);
      expect(result.watermark).toBe('2026-09-03');
    }
    expect(await bench.store.importBatch.count()).toBe(1);
  });

  test('Parquet with doubles, decimals, timestamps and tags as MAP', async () => {
    const common = `'AWS' AS ProviderName, 'acct-1' AS BillingAccountId, 'Amazon Bedrock' AS ServiceName, 'Usage' AS ChargeCategory,
      'USD' AS BillingCurrency, TIMESTAMP '2026-09-01' AS BillingPeriodStart, TIMESTAMP '2026-10-01' AS BillingPeriodEnd`;
    const file = await parquet(
      bench.path('types.snappy.parquet'),
      `SELECT ${common}, TIMESTAMPTZ '2026-09-01 23:30:00-02' AS ChargePeriodStart, TIMESTAMPTZ '2026-09-02 00:30:00-02' AS ChargePeriodEnd,
         0.1::DOUBLE AS BilledCost, 3.3333333333333335e-05::DOUBLE AS EffectiveCost, 0.30::DECIMAL(9,2) AS ListCost, 7::INTEGER AS ContractedCost, MAP {'team': 'search', ' org': 'x'} AS Tags
       UNION ALL SELECT ${common}, '2026-09-01 00:00:00Z', '2026-09-02 00:00:00Z', 0.2::DOUBLE, 1e-7::DOUBLE, 0.1, 1, MAP {'team': 'ads'}`,
    );
    const { totals, byTag } = await bench.import([file]);
    expect(totals).toMatchObject([
      {
        rows: 2,
        billedCost: '0.3',
        effectiveCost: '0.000033433333333333335',
        listCost: '0.4',
        contractedCost: '8',
      },
    ]);
    expect(byTag.team?.search).toMatchObject({ rows: 1, billedCost: '0.1' });
    expect(byTag[' org']?.['<untagged>']).toMatchObject({ rows: 1, billedCost: '0.2' });
    const days = await bench.store.billDay.findMany({ orderBy: { day: 'asc' } });
    expect(days.map((day) => [day.day, day.billed])).toEqual([
      ['2026-09-01', '0.2'],
      ['2026-09-02', '0.1'],
    ]);
  });

  test('Parquet with tags as a struct or as a list', async () => {
    const rows = csv(
      THREE,
      COLUMNS.filter((column) => column !== 'Tags'),
    );
    bench.file('plain.csv', rows);
    const from = `FROM read_csv('${bench.path('plain.csv')}', all_varchar = true)`;
    const struct = await parquet(
      bench.path('struct.parquet'),
      `SELECT *, {'team': 'search', 'env': NULL::VARCHAR} AS Tags ${from}`,
    );
    const list = await parquet(
      bench.path('list.parquet'),
      `SELECT *, [{'key': 'team', 'value': 'search'}] AS Tags ${from}`,
    );
    expect(Object.keys((await bench.import([struct])).byTag)).toEqual(['team']);
    expect((await bench.import([list])).files[0]).toMatchObject({ unchanged: true });
  });

  test.each([
    ['1.0', {}],
    ['1.1', { SkuMeter: 'x' }],
    ['1.2', { InvoiceId: 'x' }],
    ['1.3', { ServiceProviderName: 'Amazon Web Services' }],
  ])('FOCUS %s is told by its columns', async (version, extra) => {
    const name = Object.keys(extra)[0];
    const text = csv(THREE)
      .split('\n')
      .map((line, index) => (line && name ? `${line},${index === 0 ? name : Object.values(extra)[0]}` : line))
      .join('\n');
    const result = await bench.import([bench.file('bill.csv', text)]);
    expect(result.files[0]?.focusVersion).toBe(version);
    expect(Object.keys(result.byProvider)).toEqual([version === '1.3' ? 'Amazon Web Services' : 'AWS']);
  });
});

describe('the quirks of real exports', () => {
  test.each<[string, string, string, RegExp[]]>([
    [
      'aws.csv',
      '31.000012345',
      '21',
      [
        /"billing_currency" is read as BillingCurrency/,
        /x_Operation/,
        /negative cost/,
        /BilledCost .* more than 20 % apart/,
      ],
    ],
    [
      'azure.csv',
      '12.5',
      '12.5',
      [/1 row: ChargePeriodStart is outside of the BillingPeriod/, /1 row has Tags that cannot be read/],
    ],
    [
      'gcp.csv',
      '0.000012345678901234567',
      '0.000012345678901234567',
      [/Missing columns?: .*ListCost \(unknown, not zero\)/],
    ],
    ['oracle.csv', '0.123456789012345678', '0', [/1 row: ContractedCost is empty/, /no ServiceName/]],
    ['saas.csv', '11234.5', '11234.5', [/2 rows: dates like 4\/1\/25/]],
  ])('%s', async (name, billed, effective, warnings) => {
    const result = await bench.import([`${FIXTURES}${name}`]);
    expect(result.files[0]).toMatchObject({ quarantinedCount: 0 });
    expect(result.totals).toHaveLength(1);
    expect(result.totals[0]).toMatchObject({ billedCost: billed, effectiveCost: effective });
    for (const warning of warnings) expect(result.files[0]?.warnings.join('\n')).toMatch(warning);
    expect(result.reconciliation.ok).toBe(true);
  });

  test('a missing cost column is unknown, not zero', async () => {
    const { totals } = await bench.import([`${FIXTURES}gcp.csv`]);
    expect(totals[0]).toMatchObject({ listCost: null, stored: { listCost: null } });
    expect((await bench.store.costFact.findFirst())?.listMicros).toBeNull();
  });

  test('tag values are data: mentions and SQL survive as they are', async () => {
    const evil = ['<!channel>', '"); DROP TABLE "CostFact"; --', "'; DELETE FROM Bill; --", '🤖 שלום'];
    const rows = evil.map((value, index) =>
      charge(`2026-09-0${index + 1}`, '1', { Tags: JSON.stringify({ team: value }), ServiceName: value }),
    );
    const result = await bench.import([bench.file('evil.csv', csv(rows))]);
    expect(Object.keys(result.byTag.team ?? {}).sort()).toEqual([...evil].sort());
    expect(Object.keys(result.byService).sort()).toEqual([...evil].sort());
    expect(await bench.store.costFact.count()).toBe(4);
    const sets = await bench.store.tagSet.findMany();
    expect(sets.map((set) => JSON.parse(set.tags).team).sort()).toEqual([...evil].sort());
  });
});

describe('rows that break the specification', () => {
  test('are set aside with line, column and value, and everything else is in', async () => {
    const good = Array.from({ length: 12 }, (_, index) =>
      charge(`2026-09-${String(index + 1).padStart(2, '0')}`, '1'),
    );
    const [a, b, ...rest] = good;
    if (!a || !b) throw new Error('no charges');
    const lines = csv([
      { ...a, ServiceName: 'two\nlines' }, // lines 2 and 3
      { ...a, ChargePeriodStart: 'soon' }, // 4
      { ...a, BilledCost: 'free', EffectiveCost: '1e30' }, // 5
      { ...a, BilledCost: '', EffectiveCost: '', ListCost: '', ContractedCost: 'NULL' }, // 6
      { ...b, BillingCurrency: '' }, // 7
      { ...b, ChargeCategory: `Refund${'x'.repeat(100)}` }, // 8
      { ...b, ChargePeriodStart: '', ServiceName: 'three\nmore\nlines' }, // 9 to 11
      b, // 12
    ]);
    const file = bench.file('bill.csv', `${lines}AWS,acct-1\n${csv(rest).split('\n').slice(1).join('\n')}`); // 13
    const result = await bench.import([file]);
    expect(result.files[0]).toMatchObject({ rowsRead: 19, quarantinedCount: 7 });
    expect(result.files[0]?.quarantined).toEqual([
      { line: 4, reason: 'ChargePeriodStart "soon" is not a date' },
      {
        line: 5,
        reason: 'EffectiveCost "1e30" is larger than 1000000000000; BilledCost "free" is not a number',
      },
      { line: 6, reason: 'all cost columns are empty: EffectiveCost, BilledCost, ListCost, ContractedCost' },
      { line: 7, reason: 'BillingCurrency is empty' },
      {
        line: 8,
        reason: `ChargeCategory "Refund${'x'.repeat(54)}…" is none of Usage, Purchase, Tax, Credit, Adjustment`,
      },
      { line: 9, reason: 'ChargePeriodStart is empty' },
      { line: 13, reason: 'the row has 2 columns, the header has 16' },
    ]);
    expect(result.totals[0]).toMatchObject({ rows: 12, billedCost: '12' });
    const stored = await bench.store.quarantinedRow.findMany({ orderBy: { line: 'asc' } });
    expect(stored.map(({ line, file }) => [line, file])).toEqual(
      [4, 5, 6, 7, 8, 9, 13].map((line) => [line, file]),
    );
    expect(result.reconciliation.ok).toBe(true);
  });

  test('a Parquet row is named by its number', async () => {
    bench.file('bill.csv', csv([...THREE, { ...charge('2026-09-04', '1'), ChargeCategory: 'Gift' }]));
    const file = await parquet(
      bench.path('bill.parquet'),
      `SELECT * FROM read_csv('${bench.path('bill.csv')}', all_varchar = true)`,
    );
    const result = await bench.import([file]);
    expect(result.files[0]?.quarantined).toMatchObject([{ line: 4 }]);
  });

  test('an amount with a comma in a semicolon file could mean two things', async () => {
    const rows = [...THREE, charge('2026-09-04', '1,234')];
    const text = csv(rows)
      .replaceAll('"1,234"', '1,234')
      .replace(/,(?!234)/g, ';');
    const result = await bench.import([bench.file('bill.csv', text)]);
    expect(result.files[0]?.quarantined[0]).toMatchObject({
      line: 5,
      reason: expect.stringContaining('"1,234" has a comma'),
    });
  });

  test('at most 10,000 are listed, the count is exact', async () => {
    const line = csv([charge('2026-09-01', 'x')]).split('\n')[1];
    const good = csv([charge('2026-09-01', '1')]).split('\n')[1];
    const text = `${COLUMNS.join(',')}\n${`${line}\n`.repeat(10_500)}${`${good}\n`.repeat(10_600)}`;
    const result = await bench.import([bench.file('bill.csv', text)]);
    expect(result.files[0]).toMatchObject({ rowsRead: 21_100, quarantinedCount: 10_500 });
    expect(result.files[0]?.quarantined).toHaveLength(10_000);
    expect(await bench.store.quarantinedRow.count()).toBe(10_000);
    expect(result.totals[0]?.billedCost).toBe('10600');
  });

  test('more than half: the file is refused', async () => {
    const file = bench.file(
      'bill.csv',
      csv([charge('2026-09-01', 'x'), charge('2026-09-02', 'y'), charge('2026-09-03', '1')]),
    );
    expect((await refused(file)).message).toMatch(
      /2 of 3 rows break the FOCUS specification. Line 2: .*"x" is not a number/,
    );
  });
});

describe('files that are refused', () => {
  const text = csv(THREE);
  test.each<[string, string, string | Buffer, RegExp]>([
    ['empty', 'e.csv', '', /is empty/],
    ['blank lines only', 'l.csv', '\n\n\n', /is empty/],
    ['nothing, packed', 'n.csv.gz', gzipSync(''), /is empty/],
    ['JSON', 'j.json', '[{"BilledCost": 1, "ServiceName": "x"}]\n', /is JSON/],
    [
      'amounts that 64 bits of micros cannot hold',
      'large.csv',
      csv(Array.from({ length: 10 }, () => charge('2026-09-01', '999999999999'))),
      /The USD amounts in .* come to more than 9000000000000/,
    ],
    ['header only', 'h.csv', `${COLUMNS.join(',')}\n`, /has a header but no rows/],
    [
      'cut in the middle of a row',
      'c.csv',
      text.slice(0, -60),
      /looks cut off at line 4: it has \d+ of 16 columns/,
    ],
    [
      'cut inside of quotes',
      'q.csv',
      `${text}AWS,"acct`,
      /looks cut off at line 5: a quote in column 2 is never closed/,
    ],
    [
      'gzip that ends in the middle',
      'g.csv.gz',
      gzipSync(text).subarray(0, 150),
      /looks cut off: the gzip data ends/,
    ],
    [
      'gzip that is damaged',
      'd.csv.gz',
      Buffer.concat([gzipSync(text).subarray(0, 60), Buffer.alloc(80, 7)]),
      /damaged|cut off/,
    ],
    [
      'Parquet without footer',
      'p.parquet',
      Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(200, 9)]),
      /Parquet file without its footer/,
    ],
    [
      'Parquet with rubbish in it',
      'r.parquet',
      Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(200, 9), Buffer.from('PAR1')]),
      /cannot be read as Parquet/,
    ],
    ['binary', 'b.csv', Buffer.from([1, 2, 3, 0, 5, 6, 7, 8, 9, 10]), /binary file/],
    ['UTF-16', 'u.csv', Buffer.from(`\ufeff${text}`, 'utf16le'), /UTF-16/],
    ['UTF-16 without BOM', 'v.csv', Buffer.from(text, 'utf16le'), /UTF-16/],
    ['a workbook', 'x.xlsx', Buffer.from('PK\u0003\u0004 rest'), /ZIP archive or an Excel workbook/],
    ['old Mac line ends', 'm.csv', text.replaceAll('\n', '\r'), /old Mac line ends/],
    [
      'something else',
      's.csv',
      'name,age\nMira,40\n',
      /is not a FOCUS file: missing ChargePeriodStart, BillingCurrency, ChargeCategory, ServiceName, ProviderName .* Found 2 columns: name, age/,
    ],
    ['a column twice', 't.csv', text.replace('ListCost', 'BilledCost'), /has the column BilledCost twice/],
  ])('%s', async (_, name, content, message) => {
    const file = bench.file(name, content);
    const error = await refused(file);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(file);
    expect(error.hint).toBeTruthy();
  });

  test('cut anywhere inside of the last row, it is noticed', async () => {
    const whole = csv([...THREE, charge('2026-09-04', '1', { Tags: '{"team": "search", "note": "a, b"}' })]);
    const lastRow = whole.trimEnd().lastIndexOf('\n') + 1;
    const tags = whole.lastIndexOf('"{');
    for (let end = lastRow + 1; end < whole.length - 1; end += 9)
      if (end !== tags)
        expect((await refused(bench.file('cut.csv', whole.slice(0, end)))).message).toMatch(
          /looks cut off at line 5: /,
        );
    // Cut between the last two columns the row looks whole: that can only be hinted at.
    const { files } = await bench.import([bench.file('cut.csv', whole.slice(0, tags))]);
    expect(files[0]?.warnings.join()).toContain('no line end');
  });

  test('a folder, a device and a missing file', async () => {
    mkdirSync(bench.path('folder'));
    expect((await refused(bench.path('folder'))).message).toMatch(/is a folder/);
    expect((await refused('/dev/null')).message).toMatch(/is a pipe or a device/);
    expect(await refused(bench.path('missing.csv'))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('missing.csv'),
    });
  });

  test.each([
    ['AWS Cost and Usage Report', 'identity/LineItemId,lineItem/UsageStartDate,lineItem/UnblendedCost'],
    ['Azure actual or amortized', 'SubscriptionId,MeterCategory,CostInBillingCurrency,Date'],
    ['Google Cloud standard billing', 'billing_account_id,service.description,usage_start_time,cost'],
  ])('%s is recognised', async (format, header) => {
    expect((await refused(bench.file('other.csv', `${header}\n1,2,3,4\n`))).hint).toContain(format);
  });

  test('what is missing is named', async () => {
    const columns = COLUMNS.filter(
      (column) => column !== 'BillingCurrency' && column !== 'BilledCost' && column !== 'EffectiveCost',
    );
    expect((await refused(bench.file('bill.csv', csv(THREE, columns)))).message).toMatch(
      /missing BillingCurrency, BilledCost or EffectiveCost\. Found 13 columns/,
    );
  });

  test.each([
    ['true AS BilledCost', /BilledCost is BOOLEAN, a number was expected/],
    ['[1.5] AS BilledCost', /BilledCost is .*\[\], a number was expected/],
    ['5 AS ChargePeriodStart', /ChargePeriodStart is INTEGER, a time was expected/],
    ["{'a': 1} AS ServiceName", /ServiceName is STRUCT.*, a text was expected/],
  ])('Parquet: %s', async (change, message) => {
    bench.file('bill.csv', csv(THREE));
    const file = await parquet(
      bench.path('typed.parquet'),
      `SELECT * REPLACE (${change}) FROM read_csv('${bench.path('bill.csv')}', all_varchar = true)`,
    );
    expect((await refused(file)).message).toMatch(message);
  });

  test('one bad file refuses the whole command, and a file named twice', async () => {
    const good = bench.file('good.csv', csv(THREE));
    writeFileSync(bench.path('bad.csv'), 'name,age\nMira,40\n');
    await expect(bench.import([good, bench.path('bad.csv')])).rejects.toThrow(/bad\.csv is not a FOCUS file/);
    await expect(bench.import([good, bench.file('copy.csv', csv(THREE))])).rejects.toThrow(
      /copy\.csv is the same file as/,
    );
    expect(await bench.contents()).toBe(empty);
  });
});
