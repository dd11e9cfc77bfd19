/** `pennywatch event` and `pennywatch explain` as typed: what they print where, and their exit codes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerEvent } from '../../src/cli/event.ts';
import { registerExplain } from '../../src/cli/explain.ts';

const dir = mkdtempSync(join(tmpdir(), 'pennywatch-event-'));
const AT = ['--db', `file:${join(dir, 'test.db')}`, '--now', '2026-11-21T09:00:00Z'];
let out: string;
let err: string;
beforeEach(() => {
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
});
afterAll(() => rmSync(dir, { recursive: true }));

async function run(...words: string[]): Promise<number> {
  const program = new Command('pennywatch').version('9.9.9').exitOverride();
  for (const register of [registerEvent, registerExplain]) register(program);
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync(['node', 'pennywatch', ...words, ...AT]);
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return code;
}

test('tells an event once, with a version of its own', async () => {
  const words = [
    'event',
    'bert',
    'is',
    'live',
    '--version',
    '2.3',
    '--id',
    'ci-7',
    '--at',
    '2026-11-20T10:00:00Z',
  ];
  expect(await run(...words)).toBe(0);
  expect(out).toBe('Kept: deploy "bert is live", 2026-11-20T10:00:00.000Z\n');
  out = '';
  expect(await run(...words, '--json')).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    change: { externalId: 'ci-7', title: 'bert is live', version: '2.3', kind: 'deploy' },
    created: false,
    warnings: [],
  });
});

test('refuses what cannot be, in words and as JSON', async () => {
  expect(await run('event', 'x', '--url', 'http://insecure.example.com', '--json')).toBe(2);
  expect(err).toContain('url: expected an https address');
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'INVALID' } });
  expect(await run('event', 'x', '--at', 'yesterday')).toBe(2);
});

test('explains nothing that there is not', async () => {
  expect(await run('explain', 'ANM-1', '--json')).toBe(1);
  expect(JSON.parse(out)).toEqual({ error: { code: 'NOT_FOUND', message: 'There is no anomaly ANM-1.' } });
});
