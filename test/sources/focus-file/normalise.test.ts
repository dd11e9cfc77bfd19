import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Duck, literal, openDuck } from '../../../src/sources/focus-file/duck.ts';
import { exactText } from '../../../src/sources/focus-file/exact.ts';

let duck: Duck;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  duck = await openDuck(join(dir, 'spill'));
});
afterAll(() => {
  duck.close();
  rmSync(dir, { recursive: true, force: true });
});

async function value(macro: string, text: string): Promise<string | null> {
  const [row] = await duck.rows(`SELECT ${macro}(${literal(text)})::VARCHAR`);
  return row?.[0] === null ? null : String(row?.[0]);
}

describe('amounts', () => {
  test.each([
    ['1.50', '1.5'],
    ['-0.00000080000', '-0.0000008'],
    ['$10,000.00 ', '10000'],
    ['(5.00)', '-5'],
    ['($1,234.50)', '-1234.5'],
    ['-€3', '-3'],
    ['1e-7', '0.0000001'],
    ['1.5E+3', '1500'],
    [' +2 ', '2'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0.123456789012345678', '0.123456789012345678'],
    ['-0.123456789012345678901234', '-0.123456789012345678901234'],
    ['3.3333333333333335e-05', '0.000033333333333333335'],
    ['-5.551115123125783e-17', '-0.00000000000000005551115123125783'],
    ['999999999999.123456789012345678', '999999999999.123456789012345678'],
    ['5e-324', '0'],
  ])('%j is %s', async (text, exact) => {
    expect(exactText(await value('pw_high', text), await value('pw_low', text))).toBe(exact);
  });

  test.each([
    'abc',
    '1,5',
    '1_000',
    '0x1f',
    'inf',
    'nan',
    '1e400',
    '1e30',
    '12345678901234567890',
    '--1',
    '1.2.3',
    '',
    '1,2345',
  ])('%j is none', async (text) => expect(await value('pw_high', text)).toBeNull());
});

describe('times', () => {
  test.each([
    ['2024-09-01T00:00:00Z', '2024-09-01 00:00:00'],
    ['2024-09-01 00:00:00', '2024-09-01 00:00:00'],
    ['2024-09-01', '2024-09-01 00:00:00'],
    ['2024-09-01 00:00:00 UTC', '2024-09-01 00:00:00'],
    ['2024-09-01T00:00:00.123Z', '2024-09-01 00:00:00.123'],
    ['2024-09-01T00:00:00+02:00', '2024-08-31 22:00:00'],
    ['2024-09-01T23:00:00-0700', '2024-09-02 06:00:00'],
    ['2023-11-13T10:00Z', '2023-11-13 10:00:00'],
    ['2023-11-13T10:00+05:30', '2023-11-13 04:30:00'],
    ['9/2/2023', '2023-09-02 00:00:00'],
    ['4/1/25', '2025-04-01 00:00:00'],
    ['9/2/2023 1:05:00 PM', '2023-09-02 13:05:00'],
    ['2024/09/01', '2024-09-01 00:00:00'],
  ])('%j is %s', async (text, time) => expect(await value('pw_time', text)).toBe(time));

  test.each(['13/2/2023', '2024-02-30', 'epoch', 'infinity', 'yesterday', '20240901', '0004-01-25', '2024'])(
    '%j is none',
    async (text) => expect(await value('pw_time', text)).toBeNull(),
  );
});

test.each([
  ['usage', 'Usage'],
  [' TAX ', 'Tax'],
  ['Usage-based', 'Usage'],
  ['Refund', null],
])('ChargeCategory %j is %s', async (text, category) =>
  expect(await value('pw_category', text)).toBe(category),
);

test.each([
  ['usd', 'USD'],
  [' EUR ', 'EUR'],
  ['Token', 'Token'],
  ['NULL', null],
  [' ', null],
])('BillingCurrency %j is %s', async (text, currency) =>
  expect(await value('pw_currency', text)).toBe(currency),
);
