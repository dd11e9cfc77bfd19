/** `detect --csv` as typed: what it prints where, and its exit codes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerDetect } from '../../src/cli/detect.ts';

let dir: string;
let out: string;
let err: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  [out, err] = ['', ''];
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

async function run(...options: string[]): Promise<number> {
  const program = new Command('pennywatch').exitOverride();
  registerDetect(program);
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync(['node', 'pennywatch', 'detect', ...options]);
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return code;
}

function file(name: string, content: string): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

/** 60 days of 100, a spike on the 51st and three dear days from the 56th. */
const SERIES = [
  'timestamp,value',
  ...Array.from({ length: 60 }, (_, index) => {
    const value = index === 50 ? 2500 : index >= 55 && index < 58 ? 400 : 98 + (index % 5);
    return `${new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10)},${value}`;
  }),
].join('\n');

test('says in words what was unusual', async () => {
  expect(await run('--csv', file('series.csv', SERIES))).toBe(0);
  expect(out).toContain('series.csv: 60 rows, 1 day apart; seasonal judged 46, looking for rises.');
  expect(out).toMatch(
    /2 incidents:\n {2}critical {2}2026-10-21 +2,500 instead of 1\d\d \(\+2,\d\d\d %\), score [01]\.\d\d\n/,
  );
  expect(out).toMatch(
    /medium +2026-10-26 to 2026-10-28 +400 per row instead of 1\d\d \(\+\d+ %; \+\d+ in 3 rows\)/,
  );
  expect(err).toBe('');
});

test('prints an array and nothing else, and the comparison with labels beside it', async () => {
  const labels = file('labels.json', '["2026-10-21", ["2026-10-26", "2026-10-28"]]');
  expect(await run('--csv', file('series.csv', SERIES), '--labels', labels, '--json')).toBe(0);
  const points = JSON.parse(out);
  expect(points).toHaveLength(60);
  expect(Object.keys(points[0])).toEqual([
    'timestamp',
    'value',
    'expected',
    'lower',
    'upper',
    'score',
    'anomalous',
    'severity',
    'direction',
    'label',
  ]);
  expect(points[50]).toMatchObject({ timestamp: '2026-10-21', value: 2500, anomalous: true, label: true });
  expect(err).toBe(
    'Labels: 2 of 2 events found, 0 false alarms of 2 alarms; precision 100 %, recall 100 %, F1 1.00; median delay 0 steps\n',
  );
  await run('--csv', file('series.csv', SERIES), '--labels', file('labels.json', '["2026-10-01"]'));
  expect(out).toContain('Labels: 0 of 1 event found, 2 false alarms of 2 alarms');
  expect(out).toContain('missed: 2026-10-01');
});

test('takes detector, parameters and gates', async () => {
  const csv = file('series.csv', SERIES);
  await run('--csv', csv, '--detector', 'static', '--param', 'times=5', '--param', 'days=14', '--json');
  const count = () => JSON.parse(out).filter((point: { anomalous: boolean }) => point.anomalous).length;
  expect(count()).toBe(1);
  out = '';
  await run('--csv', csv, '--min-impact', '1000', '--json');
  expect(count()).toBe(1);
  out = '';
  await run('--csv', csv, '--min-percent', '5000', '--json');
  expect(count()).toBe(0);
  out = '';
  await run('--csv', csv, '--min-steps', '2', '--json');
  expect(count()).toBe(2);
  out = '';
  await run('--csv', csv, '--direction', 'down', '--grain', 'day');
  expect(out).toContain('looking for falls.\n\nNothing unusual.');
});

test('of a file that is too short it prints its rows, and ends with 0', async () => {
  const short = file('short.csv', '2026-11-20,5\n2026-11-21,6\n');
  expect(await run('--csv', short, '--json')).toBe(0);
  expect(JSON.parse(out)).toMatchObject([
    { timestamp: '2026-11-20', value: 5, score: 0, anomalous: false },
    { timestamp: '2026-11-21', value: 6, score: 0, anomalous: false },
  ]);
  out = '';
  await run('--csv', short);
  expect(out).toContain(
    'No row was judged: seasonal needs 14 known rows before the first that it judges, and the file has 2.',
  );
});

test('judges without labels that cannot be read, and says so', async () => {
  const labels = file('labels.json', '{');
  expect(await run('--csv', file('series.csv', SERIES), '--labels', labels, '--json')).toBe(0);
  expect(JSON.parse(out)).toHaveLength(60);
  expect(err).toBe('! The labels are left out. The labels are not valid JSON.\n');
});

test('reads UTF-16 as spreadsheets write it', async () => {
  const csv = join(dir, 'utf16.csv');
  writeFileSync(csv, `\uFEFF${SERIES.replaceAll(',', '\t')}`, 'utf16le');
  expect(await run('--csv', csv, '--json')).toBe(0);
  expect(JSON.parse(out)).toHaveLength(60);
});

test('says what is wrong, and ends with 2', async () => {
  const csv = file('bad.csv', 'timestamp,value\n2026-11-20,5\n2026-11-21,abc\n');
  expect(await run('--csv', csv, '--json')).toBe(2);
  expect(JSON.parse(out)).toEqual({
    error: {
      code: 'INVALID',
      message: 'Line 3 of bad.csv: "abc" is not a number.',
      hint: expect.any(String),
    },
  });
  expect(err).toContain('Line 3 of bad.csv');
  expect(await run('--csv', join(dir, 'none.csv'))).toBe(2);
  expect(err).toContain('none.csv cannot be read');
  expect(await run()).toBe(2);
  expect(await run('--csv', csv, '--detector', 'sesonal')).toBe(2);
  expect(err).toContain('Did you mean seasonal?');
  const good = file('series.csv', SERIES);
  expect(await run('--csv', good, '--param', 'wdth=2')).toBe(2);
  expect(await run('--csv', good, '--labels', join(dir, 'none.json'))).toBe(2);
  for (const wrong of [
    ['--grain', 'week'],
    ['--param', 'width'],
    ['--min-steps', '0'],
    ['--min-impact', '-1'],
  ])
    await expect(run('--csv', good, ...wrong)).rejects.toThrowError(/invalid/);
});
