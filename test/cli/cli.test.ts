/** The command line as scripts use it: exit codes, one JSON document on stdout, words on stderr. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-cli-'));
  writeFileSync(join(dir, 'bill.csv'), bill(['2026-11-10', '2026-11-11', '2026-11-12']));
  writeFileSync(
    join(dir, 'some-bad.csv'),
    `${bill(['2026-12-01', '2026-12-02', '2026-12-03'])}yesterday${row('2026-12-04').slice(10)}`,
  );
  writeFileSync(join(dir, 'other.csv'), 'name,value\nx,1\n');
  writeFileSync(join(dir, 'bad.yaml'), 'organisation: X\nteams:\n  - name: a\n    ownr: b@x.example\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

const COLUMNS =
  'ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingPeriodEnd,BillingAccountId,BillingCurrency,ProviderName,ServiceName,ChargeCategory,BilledCost,EffectiveCost,ListCost,ContractedCost,ResourceId,Tags';

function bill(days: readonly string[]): string {
  return `${COLUMNS}\n${days.map(row).join('')}`;
}

function row(day: string): string {
  const start = `${day}T00:00:00Z`;
  const end = `${day.slice(0, 8)}${String(Number(day.slice(8)) + 1).padStart(2, '0')}T00:00:00Z`;
  const month = `${day.slice(0, 7)}-01T00:00:00Z`;
  return `${start},${end},${month},2027-01-01T00:00:00Z,acct,USD,AWS,Amazon SageMaker,Usage,1.25,1.25,2,1.25,arn:bert,"{""model"":""bert""}"\n`;
}

function run(...args: string[]) {
  return runCli(args, { DATABASE_URL: `file:${join(dir, 'test.db')}`, LOG_LEVEL: 'silent' });
}

/** The same as a process of its own. */
function spawned(...args: string[]) {
  const variables = { ...process.env, DATABASE_URL: `file:${join(dir, 'test.db')}`, LOG_LEVEL: 'warn' };
  const options = { cwd: ROOT, encoding: 'utf8', env: variables } as const;
  return spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'src/cli.ts'), ...args], options);
}

const NOW = ['--now', '2026-11-21T09:00:00Z'];

it('imports, asks, draws and explains', async () => {
  const imported = await run('import', 'focus', join(dir, 'bill.csv'), '--json', ...NOW);
  expect(imported.status).toBe(0);
  expect(imported.json()).toMatchObject({
    files: [{ focusVersion: '1.0', rowsRead: 3, quarantined: [], factsWritten: 3, replaced: 0 }],
    totals: [
      { currency: 'USD', billedCost: '3.75', effectiveCost: '3.75', listCost: '6', contractedCost: '3.75' },
    ],
    byService: { 'Amazon SageMaker': { billedCost: '3.75' } },
  });
  const chart = join(dir, 'bert.png');
  const asked = await run('ask', 'model bert 2026-11-10..2026-11-12', '--json', '--chart', chart, ...NOW);
  expect(asked.status).toBe(0);
  expect(asked.json()).toMatchObject({ total: '3.75', watermark: '2026-11-12' });
  expect(readFileSync(chart).subarray(1, 4).toString()).toBe('PNG');
  expect((await run('ask', 'model', 'bert', '2026-11', ...NOW)).stdout).toContain(
    'bert: $3.75 in November 2026',
  );
  const explained = await run('allocate', '--explain', 'arn:bert', '--json', ...NOW);
  expect(explained.json()).toMatchObject({ decisions: [{ allocation: { model: 'bert' } }] });
  expect((await run('allocate', ...NOW)).stdout).toContain('Allocated 3 days again');
});

it('exits with 3 when rows were set aside, and says which', async () => {
  const partly = await run('import', 'focus', join(dir, 'some-bad.csv'), '--json', ...NOW);
  expect(partly.status).toBe(3);
  expect(partly.json().files[0]).toMatchObject({ rowsRead: 4, quarantined: [{ line: 5 }], factsWritten: 3 });
  expect(partly.json().files[0].quarantined[0].reason).toContain('ChargePeriodStart');
});

it('exits with 3 when the answer is there and its chart is not', async () => {
  const file = join(dir, 'one-day.png');
  const asked = await run('ask', 'model bert 2026-11-10', '--json', '--chart', file, ...NOW);
  expect([asked.status, asked.json().total, existsSync(file)]).toEqual([3, '1.25', false]);
  expect(asked.json().warnings.join()).toContain('a chart needs at least two days');
  const nowhere = await run('ask', 'model bert 2026-11', '--chart', join(dir, 'none', 'x.png'), ...NOW);
  expect(nowhere).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('The chart cannot be written'),
  });
});

it('exits with 1 when it failed', async () => {
  const unknown = await run('ask', 'model bret', '--json', ...NOW);
  expect([unknown.status, unknown.json().error.code]).toEqual([1, 'NOT_FOUND']);
  const refused = await run('import', 'focus', join(dir, 'other.csv'), '--json', ...NOW);
  expect(refused.status).toBe(1);
  expect(refused.json().error.message).toContain('is not a FOCUS file: missing ChargePeriodStart');
  expect((await run('allocate', '--explain', 'nothing', ...NOW)).status).toBe(1);
});

it('exits with 2 for wrong usage and wrong configuration', async () => {
  expect(await run('ask', 'model bert 30x', ...NOW)).toMatchObject({ status: 2, stdout: '' });
  expect((await run('asl')).status).toBe(2);
  expect((await run('ask')).status).toBe(2);
  const unknownFlag = await run('ask', 'top', '--colour', '--json');
  expect([unknownFlag.status, unknownFlag.json().error.code]).toEqual([2, 'INVALID']);
  for (const time of ['soon', '5', 'Nov 20 2026', '2026-02-30'])
    expect((await run('ask', 'top', '--now', time)).stderr).toContain('Write an ISO time');
  expect((await run('ask', 'top', '--db', 'postgresql://u:hunter2@h/d')).status).toBe(2);
  const bad = await run('ask', 'top', '--config', join(dir, 'bad.yaml'), '--json');
  expect(bad.status).toBe(2);
  expect(bad.json().error.message).toContain('unknown key "ownr" – did you mean "owner"?');
  expect((await run('doctor', '--config', join(dir, 'bad.yaml'))).status).toBe(2);
  expect((await run('ask', 'top', '--config', join(dir, 'missing.yaml'))).status).toBe(2);
});

it('prints help and version with 0', async () => {
  expect(await run('--help')).toMatchObject({ status: 0, stderr: '' });
  expect((await run('--version')).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  expect(existsSync(join(dir, 'test.db'))).toBe(true);
});

it('is a program: one document on stdout, words on stderr, an exit code', () => {
  const { status, stdout, stderr } = spawned('ask', 'model', 'bret', '--json', ...NOW);
  expect([status, JSON.parse(stdout).error.code]).toEqual([1, 'NOT_FOUND']);
  expect(stderr).not.toContain('{');
  expect(spawned('asl').status).toBe(2);
});
