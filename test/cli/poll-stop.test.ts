/** `pennywatch poll` as a process: stopped from outside it ends in words, and leaves its source free. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { PollResult } from '../../src/flows/poll/types.ts';
import { openStore } from '../../src/store/open.ts';
import { findStandIn } from '../sources/stand-in/find.ts';
import type { StandIn } from '../sources/stand-in/server.ts';
import { NOW, truthOf } from '../sources/stand-in/truth-of.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const KIND = 'openai';
let dir: string;
let standIn: StandIn;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  standIn = await (await findStandIn(KIND))();
  standIn.bill(truthOf(KIND));
  const sources = [{ name: 'llm', kind: KIND, historyMonths: 1, ...standIn.options }];
  writeFileSync(join(dir, 'pennywatch.yaml'), stringify({ sources }));
});
afterEach(async () => {
  rmSync(dir, { recursive: true, force: true });
  await standIn.close();
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a poll whose answer does not come', async (signal) => {
  standIn.trouble({ rate: 1, seed: 1, kinds: ['hung'] });
  const db = `file:${join(dir, 'test.db')}`;
  const cli = ['--import', 'tsx', join(ROOT, 'src/cli.ts'), 'poll', 'llm', '--json', '--now', NOW];
  const child = spawn(process.execPath, [...cli, '--config', join(dir, 'pennywatch.yaml'), '--db', db], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...standIn.variables, LOG_LEVEL: 'silent' },
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const ended = new Promise<number | null>((done) => void child.on('close', done));
  while (standIn.requests.length === 0) await sleep(5);
  child.kill(signal);
  expect(await ended).toBe(1);
  const result: PollResult = JSON.parse(out);
  expect(result).toMatchObject({
    status: 'failed',
    error: { message: 'The poll was stopped before it was done.' },
  });
  const store = await openStore(db);
  expect(await store.sourceState.findUnique({ where: { name: 'llm' } })).toMatchObject({
    runningBy: null,
    failures: 0,
  });
  await store.$disconnect();
});
