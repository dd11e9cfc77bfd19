/** `pennywatch poll` and `permissions` as typed: what they print where, and their exit codes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { registerPermissions } from '../../src/cli/permissions.ts';
import { registerPoll } from '../../src/cli/poll.ts';
import type { PollResult } from '../../src/flows/poll/types.ts';
import { sources } from '../../src/sources/registry.ts';
import { findStandIn } from '../sources/stand-in/find.ts';
import type { StandIn } from '../sources/stand-in/server.ts';
import { NOW, TODAY, truthOf } from '../sources/stand-in/truth-of.ts';
import { putFreshDatabase } from '../template-database.ts';

const KIND = 'openai';
let dir: string;
let out: string;
let err: string;
let standIn: StandIn;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  [out, err] = ['', ''];
  putFreshDatabase(join(dir, 'test.db'));
  standIn = await (await findStandIn(KIND))();
  standIn.bill(truthOf(KIND));
  for (const [name, value] of Object.entries(standIn.variables)) vi.stubEnv(name, value);
  configure([{ name: 'llm', ...standIn.options }]);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  rmSync(dir, { recursive: true, force: true });
  await standIn.close();
});

function configure(entries: readonly Readonly<Record<string, unknown>>[]): void {
  const list = entries.map((entry) => ({ kind: KIND, historyMonths: 1, ...entry }));
  writeFileSync(join(dir, 'pennywatch.yaml'), stringify({ organisation: 'Acme', sources: list }));
}

async function run(...args: string[]): Promise<number> {
  [out, err] = ['', ''];
  const program = new Command('pennywatch').exitOverride();
  registerPoll(program);
  registerPermissions(program);
  const clock = args[0] === 'poll' ? ['--db', `file:${join(dir, 'test.db')}`, '--now', NOW] : [];
  const config = ['--config', join(dir, 'pennywatch.yaml')];
  await program.parseAsync(['node', 'pennywatch', ...args, ...config, ...clock]);
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return code;
}

test('polls a source, says what came, and goes on where it stopped', async () => {
  expect(await run('poll', 'llm', '--newest-only')).toBe(0);
  expect(out).toContain(`llm (${KIND}): done`);
  expect(out).toContain('2026-11-01 to 2026-11-21');
  expect(out).toMatch(/\d+ requests?, free of charge/);
  expect(out).toMatch(/USD +[\d,]+\.\d\d +[\d,]+\.\d\d/);
  expect(out).toContain('in since 2026-11-01, wanted since 2026-10-01');
  expect(await run('poll', 'llm')).toBe(0);
  expect(out).toContain('History is in since 2026-10-01.');
  expect(err).toContain('fetching llm: newest days\nfetching llm: 2026-10-01 to 2026-10-31\n');
});

test('prints one JSON document: a result for one source, a list for several', async () => {
  configure([
    { name: 'one', ...standIn.options },
    { name: 'two', ...standIn.options },
  ]);
  expect(await run('poll', 'one', '--json', '--newest-only')).toBe(0);
  const one: PollResult = JSON.parse(out);
  expect(one).toMatchObject({ source: 'one', kind: KIND, status: 'done', window: { end: TODAY } });
  expect(await run('poll', '--all', '--json', '--newest-only')).toBe(0);
  const { sources: both }: { sources: PollResult[] } = JSON.parse(out);
  expect(both.map(({ source }) => source)).toEqual(['one', 'two']);
  expect(both[1]?.totals).toEqual(one.totals);
});

test('a window is fetched as asked', async () => {
  const days = ['--from', '2026-10-10', '--to', '2026-10-12'];
  // There is one of this kind: it is meant.
  expect(await run('poll', KIND, ...days, '--json')).toBe(0);
  const { source, window, byDay }: PollResult = JSON.parse(out);
  expect(source).toBe('llm');
  expect(window).toEqual({ start: '2026-10-10', end: '2026-10-12' });
  expect(byDay.map(({ day }) => day)).toEqual(['2026-10-10', '2026-10-11', '2026-10-12']);
  expect(await run('poll', 'llm', '--from', '2026-10-10')).toBe(2);
  expect(err).toContain('both --from and --to');
  expect(await run('poll', 'llm', '--from', '2026-10-10', '--to', '2026-10-01')).toBe(2);
});

test('a source that fails ends with 1, beside one that does not with 3', async () => {
  const broken = { name: 'broken', ...standIn.options, keyVariable: 'NO_SUCH_KEY' };
  configure([broken, { name: 'works', ...standIn.options }]);
  expect(await run('poll', 'broken', '--json')).not.toBe(0);
  expect(JSON.parse(out)).toMatchObject({ status: 'failed', error: { message: expect.any(String) } });
  expect(await run('poll', 'broken', 'works', '--newest-only')).toBe(3);
  expect(out).toContain(`broken (${KIND}): FAILED`);
  expect(out).toContain('NO_SUCH_KEY');
  expect(out).toContain(`works (${KIND}): done`);
});

test('wrong names, and none, are told with what there is', async () => {
  expect(await run('poll', 'lm', '--json')).toBe(2);
  expect(JSON.parse(out).error.message).toBe('There is no source "lm". Did you mean "llm"?');
  expect(err).toContain('Configured: llm.');
  expect(err).toContain('aws-cost-explorer');
  expect(await run('poll')).toBe(2);
  expect(err).toContain('Configured: llm.');
  configure([{ name: 'one' }, { name: 'two' }]);
  expect(await run('poll', KIND)).toBe(2);
  expect(err).toContain('several sources of the kind "openai": one, two.');
  expect(await run('poll', 'one', '--all')).toBe(2);
});

test('a kind without an entry is polled with its defaults', async () => {
  writeFileSync(join(dir, 'pennywatch.yaml'), 'organisation: Acme\n');
  vi.stubEnv('OPENAI_ADMIN_KEY', '');
  expect(await run('poll', KIND, '--json', '--newest-only')).not.toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    source: KIND,
    error: { message: expect.stringContaining('OPENAI') },
  });
  expect(await run('poll', '--all')).toBe(2);
  expect(err).toContain('No source is configured');
});

test('permissions: a line per kind, or the policy and the steps of one', async () => {
  expect(await run('permissions')).toBe(0);
  for (const { id } of sources) expect(out).toContain(id);
  for (const source of sources) {
    expect(await run('permissions', source.id)).toBe(0);
    for (const line of source.permissions(undefined).documents.flatMap(({ text }) => text.split('\n')))
      if (source.id !== KIND) expect(out).toContain(line.trim());
    expect(out).toContain(`1. ${source.about.steps[0]}`);
  }
  expect(await run('permissions', 'llm', '--json')).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ kind: KIND, source: 'llm', permissions: { documents: [{}] } });
  expect(await run('permissions', 'azur')).toBe(2);
  expect(err).toContain('azure-cost-management');
});
