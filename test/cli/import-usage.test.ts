/** `import usage` as typed: what it prints where, and its exit codes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerImport } from '../../src/cli/import.ts';
import { putFreshDatabase } from '../template-database.ts';

let dir: string;
let out: string;
let err: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  [out, err] = ['', ''];
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

async function run(content: string, ...options: string[]): Promise<number> {
  const path = join(dir, 'usage.csv');
  writeFileSync(path, content);
  const program = new Command('pennywatch').exitOverride();
  registerImport(program);
  const db = ['--db', `file:${join(dir, 'test.db')}`, '--config', join(dir, 'pennywatch.yaml')];
  const common = [...db, '--now', '2026-11-21T09:00:00Z'];
  await program.parseAsync(['node', 'pennywatch', 'import', 'usage', path, ...options, ...common]);
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return code;
}

const GOOD = 'day,model,metric,quantity\n2026-11-01,bert,requests,1204417\n2026-11-02,bert,gpu_hours,96.5\n';

test('says what was in the file, and ends with 0', async () => {
  expect(await run(GOOD)).toBe(0);
  expect(out).toContain('requests   1,204,417  1 day, 2026-11-01 to 2026-11-01');
  expect(out).toContain('gpu_hours       96.5  1 day, 2026-11-02 to 2026-11-02');
  expect(out).toContain('2 rows written. Source "usage" is complete until 2026-11-02.');
});

test('prints one JSON document and nothing else', async () => {
  expect(await run(GOOD, '--json', '--source', 'serving')).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    source: 'serving',
    files: [{ rowsRead: 2, quarantinedCount: 0 }],
    totals: [
      { metric: 'requests', quantity: '1204417', stored: '1204417' },
      { metric: 'gpu_hours', quantity: '96.5', stored: '96.5' },
    ],
    factsWritten: 2,
    replaced: 0,
    watermark: '2026-11-02',
    affectedUsageDays: [],
  });
});

test('ends with 3 when rows were set aside, and names them without letting them write on the terminal', async () => {
  expect(await run(`${GOOD}2026-11-03,bert,\u001b[31mtokens,5\n`)).toBe(3);
  expect(out).toContain('1 row set aside (not counted):');
  expect(out).toMatch(/line 4: metric " \[31mtokens" is none of requests/);
  expect(out).not.toContain('\u001b');
});

test('ends with 1 when a file is refused, in words and in JSON', async () => {
  expect(await run('model,requests\nbert,5\n')).toBe(1);
  expect(err).toContain('has no column "day"');
  expect(err).toContain('Write a header such as day,model,metric,quantity');
  out = '';
  expect(await run('', '--json')).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'INVALID' } });
});
