/** One `pennywatch poll` as a process of its own, which may be killed. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { PollResult } from '../../src/flows/poll/types.ts';

export interface PollLife {
  kill(): void;
  /** How it ended; the result when it lived to print it. */
  readonly ended: Promise<{ readonly code: number | null; readonly result: PollResult | undefined }>;
}

export interface PollCommand {
  readonly config: string;
  readonly db: string;
  readonly now: string;
  readonly source: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Retries need not wait long for a stand-in. */
const PACE = '0.05';
const CLI = resolve(import.meta.dirname, '../../dist/cli.js');

export function startPoll({ config, db, now, source, variables }: PollCommand): PollLife {
  const args = ['poll', source, '--config', config, '--db', db, '--now', now, '--pace', PACE, '--json'];
  const child = spawn(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...variables },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<{ code: number | null; result: PollResult | undefined }>((done, failed) => {
    child.on('close', (code) => {
      try {
        done({ code, result: code === null ? undefined : JSON.parse(out) });
      } catch {
        failed(new Error(`pennywatch poll ended with ${code} and said no JSON: ${err.slice(-500)}`));
      }
    });
  });
  return { ended, kill: () => void child.kill('SIGKILL') };
}
