/** The command itself: what it prints where, and its exit codes. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerImport } from '../../src/cli/import.ts';
import { charge, csv } from '../flows/import-focus/workbench.ts';
import { putFreshDatabase } from '../template-database.ts';

let dir: string;
let out: string;
let err: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  out = '';
  err = '';
  putFreshDatabase(join(dir, 'test.db'));
  writeFileSync(join(dir, 'pennywatch.yaml'), 'organisation: Acme\n');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(dir, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<number> {
  const program = new Command('pennywatch').exitOverride();
  registerImport(program);
  const common = [
    '--db',
    `file:${join(dir, 'test.db')}`,
    '--config',
    join(dir, 'pennywatch.yaml'),
    '--now',
    '2026-11-21T09:00:00Z',
  ];
  await program.parseAsync(['node', 'pennywatch', 'import', 'focus', ...args, ...common]);
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return code;
}

function file(name: string, content: string): string {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
}

const GOOD = csv([charge('2026-09-01', '1234.5'), charge('2026-09-02', '0.000001')]);
const PARTLY = csv([
  charge('2026-09-01', '1'),
  charge('2026-09-02', 'x\u001b[31m'),
  charge('2026-09-03', '1'),
]);

test('--json prints one document on stdout and lines on stderr', async () => {
  expect(await run(file('bill.csv', GOOD), '--json')).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    source: 'focus',
    files: [
      {
        focusVersion: '1.0',
        rowsRead: 2,
        quarantinedCount: 0,
        quarantined: [],
        factsWritten: 2,
        replaced: 0,
        unchanged: false,
      },
    ],
    totals: [{ currency: 'USD', rows: 2, billedCost: '1234.500001', stored: { billedCost: '1234.500001' } }],
    byProvider: { AWS: { currency: 'USD', rows: 2 } },
    byService: { 'Amazon SageMaker': { effectiveCost: '1234.500001' } },
    byChargeCategory: { Usage: { listCost: '1234.500001' } },
    byTag: {},
    moved: [],
    watermark: '2026-09-02',
    reconciliation: { days: 2, ok: true, differences: [] },
  });
  expect(err).toContain('bill.csv');
});

test('for people: files, totals, how far it is complete', async () => {
  expect(await run(file('bill.csv', GOOD))).toBe(0);
  expect(out).toContain('2 rows · 2 facts written');
  expect(out).toMatch(/USD +1,234\.50 +1,234\.50/);
  expect(out).toContain('Source "focus" is complete until 2026-09-02.');
  expect(out).toContain('2 days checked: bill, facts and allocated costs agree to the micro.');
});

test('rows set aside: exit 3, and which', async () => {
  expect(await run(file('bill.csv', PARTLY))).toBe(3);
  expect(out).toContain('1 row set aside');
  expect(out).toContain('line 3: EffectiveCost "x [31m" is not a number');
  expect(out.includes('\u001b')).toBe(false);
});

test('what moved is said', async () => {
  await run(file('bill.csv', GOOD));
  out = '';
  expect(await run(file('corrected.csv', GOOD.replaceAll('1234.5', '1300')))).toBe(0);
  expect(out).toContain('2026-09-01  EffectiveCost 1,234.50 → 1,300.00');
});

test('a refused file: exit 1, the reason on stderr and in the JSON', async () => {
  expect(await run(file('other.csv', 'a,b\n1,2\n'), '--json')).toBe(1);
  expect(JSON.parse(out).error).toMatchObject({
    code: 'INVALID',
    message: expect.stringContaining('is not a FOCUS file'),
  });
  expect(err).toContain('is not a FOCUS file');
});

test('wrong usage is no import', async () => {
  await expect(run(file('bill.csv', GOOD), '--complete-until', 'soon')).rejects.toMatchObject({
    code: 'commander.invalidArgument',
  });
});

test('two processes that import at once both finish, one after the other', async () => {
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  const db = `file:${join(dir, 'shared.db')}`;
  const reports = await Promise.all(
    ['acct-1', 'acct-2'].map(async (account) => {
      const bill = file(`${account}.csv`, csv([charge('2026-09-01', '2.5', { BillingAccountId: account })]));
      const args = ['--import', 'tsx', cli, 'import', 'focus', bill, '--db', db, '--json'];
      return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
    }),
  );
  expect(reports).toMatchObject([{ reconciliation: { ok: true } }, { reconciliation: { ok: true } }]);
});
