/** AWS Cost and Usage Reports as they are exported: exact sums, amortised by AWS's rule, tags and services named. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duck, literal, openDuck } from '../../../src/sources/focus-file/duck.ts';
import { focusFile } from '../../../src/sources/focus-file/index.ts';
import { BILLED, COLUMNS, csv, EFFECTIVE, LINES, RI, type Row, SP } from './cur-report.ts';

let folder: string;
let duck: Duck;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  duck = await openDuck(join(folder, 'spill'));
});
afterAll(() => {
  duck.close();
  rmSync(folder, { recursive: true, force: true });
});

async function stage(path: string, withKeys = false) {
  const staged = await focusFile.fetch({ files: [path] }, { keepDescriptions: true, keepResources: false });
  const breakdown = await staged.breakdown();
  const { files, bills } = staged;
  const keys = withKeys ? await focusKeysOf(staged) : '';
  await staged.close();
  return { breakdown, file: files[0], bills, keys };
}

type Staged = Awaited<ReturnType<typeof focusFile.fetch>>;

/** The names that the facts are filed under, as JSON. */
async function focusKeysOf(staged: Staged): Promise<string> {
  const micros = (text: string | null) => (text === null ? null : BigInt(Math.round(Number(text) * 1e6)));
  const targets = staged.bills.flatMap(({ days }) =>
    days.map(({ day, currency, exact: { billed, effective, list, contracted } }) => ({
      day,
      currency,
      micros: {
        billed: micros(billed),
        effective: micros(effective),
        list: micros(list),
        contracted: micros(contracted),
      },
    })),
  );
  const rows = await staged.rows({ bills: [{ index: 0, billId: 1 }], targets, resourcesFrom: '2026-11-01' });
  let text = '';
  for await (const chunk of rows.focusKeys) text += chunk;
  return text;
}

const plain = (amount: string | null | undefined) => amount?.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

async function expectReport(path: string, withKeys = false): Promise<Awaited<ReturnType<typeof stage>>> {
  const staged = await stage(path, withKeys);
  const { breakdown, file, bills } = staged;
  expect(file).toMatchObject({ focusVersion: 'AWS CUR', rowsRead: LINES.length, quarantinedCount: 0 });
  expect(
    breakdown.totals.map(({ amounts }) => [
      plain(amounts.billed),
      plain(amounts.effective),
      plain(amounts.list),
      amounts.contracted,
    ]),
  ).toEqual([[BILLED, EFFECTIVE, '2.5', null]]);
  expect(bills.map(({ account, periodStart, firstDay }) => [account, periodStart, firstDay])).toEqual([
    ['999999999999', '2026-11-01', '2026-11-03'],
  ]);
  const usage = breakdown.byChargeCategory.find(({ name }) => name === 'Usage')?.amounts;
  expect([plain(usage?.billed), plain(usage?.effective)]).toEqual(['1.2345683101', '7.9845683102']);
  expect(breakdown.byChargeCategory.map(({ name }) => name)).toEqual([
    'Adjustment',
    'Credit',
    'Purchase',
    'Tax',
    'Usage',
  ]);
  expect(breakdown.byService.map(({ name }) => name)).toEqual(['Amazon Elastic Compute Cloud', 'AmazonS3']);
  expect(breakdown.byTag.get('team')?.map(({ name }) => name)).toEqual(['search, "user_x', '<untagged>']);
  expect([...breakdown.byTag.keys()].sort()).toEqual(['aws_created_by', 'team']);
  return staged;
}

test('the sums of the lines are those of the table beside them', () => {
  const sum = (position: 2 | 3) => LINES.reduce((total, line) => total + Number(line[position]), 0);
  expect([sum(2).toFixed(10), sum(3).toFixed(10)]).toEqual([BILLED, EFFECTIVE]);
});

test('each kind of line is what it is by the table', async () => {
  const path = join(folder, 'kinds.csv');
  const named = LINES.map(([line], index) => ({ ...line, product: `{"product_name":"line ${10 + index}"}` }));
  writeFileSync(path, csv(named));
  const { breakdown } = await stage(path);
  expect(breakdown.byService.map(({ amounts }) => [plain(amounts.billed), plain(amounts.effective)])).toEqual(
    LINES.map(([, , billed, effective]) => [billed, effective]),
  );
  for (const category of ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'])
    expect(breakdown.byChargeCategory.find(({ name }) => name === category)?.amounts.rows).toBe(
      LINES.filter(([, name]) => name === category).length,
    );
});

test('CUR 2.0 as CSV', async () => {
  const path = join(folder, 'cur.csv');
  writeFileSync(path, csv(LINES.map(([line]) => line)));
  const { keys, file } = await expectReport(path, true);
  for (const name of ['Correction', 'Model Maker Ltd', 'Recurring', 'Unused', 'Committed', SP, RI])
    expect(keys).toContain(name);
  expect(file?.warnings.join('\n')).toMatch(/unblended cost is read as BilledCost/);
  expect(file?.warnings.join('\n')).not.toMatch(/negative/);
});

test('CUR 2.0 as Parquet, with doubles, timestamps and maps', async () => {
  const [from, path] = [join(folder, 'for-parquet.csv'), join(folder, 'cur.parquet')];
  writeFileSync(from, csv(LINES.map(([line]) => line)));
  const doubles = COLUMNS.filter((column) => /_(cost|fee|commitment|period|to_date)$/.test(column));
  const times = COLUMNS.filter((column) =>
    /(period_start|period_end|usage_start|usage_end)_date$/.test(column),
  );
  const typed = [
    ...doubles.map((column) => `TRY_CAST(${column} AS DOUBLE) AS ${column}`),
    ...times.map((column) => `CAST(${column} AS TIMESTAMP) AS ${column}`),
    ...['product', 'resource_tags'].map(
      (column) =>
        `CAST(CAST(coalesce(nullif(${column}, ''), '{}') AS JSON) AS MAP(VARCHAR, VARCHAR)) AS ${column}`,
    ),
  ];
  await duck.run(
    `COPY (SELECT * REPLACE (${typed.join(', ')}) FROM read_csv(${literal(from)}, all_varchar = true, quote = '"', escape = '"')) TO ${literal(path)} (FORMAT parquet)`,
  );
  await expectReport(path);
});

test('an older report, with a column per tag', async () => {
  const older = COLUMNS.map((column) => OLDER[column] ?? column);
  const path = join(folder, 'older.csv');
  const rows = LINES.map(
    ([line], index): Row => ({
      ...line,
      product: 'Amazon Elastic Compute Cloud',
      resource_tags: index === 0 ? 'search' : '',
    }),
  );
  writeFileSync(path, csv(rows, older));
  const { breakdown, file } = await stage(path);
  expect(file?.focusVersion).toBe('AWS CUR');
  expect(breakdown.totals.map(({ amounts }) => [plain(amounts.billed), plain(amounts.effective)])).toEqual([
    [BILLED, EFFECTIVE],
  ]);
  expect(breakdown.byTag.get('Cost Center')?.map(({ name }) => name)).toEqual(['search', '<untagged>']);
  expect(breakdown.byService.map(({ name }) => name)).toEqual(['Amazon Elastic Compute Cloud']);
});

const OLDER: Partial<Record<(typeof COLUMNS)[number], string>> = {
  bill_payer_account_id: 'bill/PayerAccountId',
  bill_billing_period_start_date: 'bill/BillingPeriodStartDate',
  line_item_usage_start_date: 'lineItem/UsageStartDate',
  line_item_line_item_type: 'lineItem/LineItemType',
  line_item_currency_code: 'lineItem/CurrencyCode',
  line_item_unblended_cost: 'lineItem/UnblendedCost',
  product: 'product/ProductName',
  product_servicecode: 'product/servicecode',
  savings_plan_savings_plan_a_r_n: 'savingsPlan/SavingsPlanARN',
  savings_plan_savings_plan_effective_cost: 'savingsPlan/SavingsPlanEffectiveCost',
  reservation_reservation_a_r_n: 'reservation/ReservationARN',
  reservation_effective_cost: 'reservation/EffectiveCost',
  resource_tags: 'resourceTags/user:Cost Center',
};

test('a commitment whose column is not exported costs an unknown amount, not nothing', async () => {
  const names = COLUMNS.map((column) =>
    column === 'savings_plan_savings_plan_effective_cost' ? 'other' : column,
  );
  const path = join(folder, 'without.csv');
  writeFileSync(
    path,
    csv(
      LINES.slice(0, 3).map(([line]) => line),
      names,
    ),
  );
  const { file } = await stage(path);
  expect(file?.warnings).toContain('1 row: EffectiveCost is empty, which adds nothing to its sum.');
});

test('a line that cannot be read is named by its line in the report', async () => {
  const path = join(folder, 'bad.csv');
  const [first = {}, second = {}] = LINES.map(([line]) => line);
  writeFileSync(path, csv([first, { ...second, line_item_unblended_cost: 'a lot' }, second]));
  const { file } = await stage(path);
  expect(file?.quarantined).toEqual([{ line: 3, reason: expect.stringContaining('BilledCost') }]);
});

test('the least that a report must have', async () => {
  const [from, path] = [join(folder, 'least.csv'), join(folder, 'least.parquet')];
  const header =
    'line_item_usage_start_date,line_item_line_item_type,line_item_currency_code,line_item_unblended_cost';
  writeFileSync(from, `${header}\n2026-11-03T00:00:00Z,Usage,USD,1.5\n2026-11-03T00:00:00Z,RIFee,USD,2\n`);
  await duck.run(`COPY (FROM read_csv(${literal(from)})) TO ${literal(path)} (FORMAT parquet)`);
  for (const file of [from, path]) {
    const { breakdown } = await stage(file);
    expect(breakdown.totals.map(({ amounts }) => [plain(amounts.billed), plain(amounts.effective)])).toEqual([
      ['3.5', '1.5'],
    ]);
  }
});
