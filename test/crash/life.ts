/** One life of the server as a process of its own. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Life {
  /** Resolves when the process has said the word; rejects when it ends without. */
  said(word: string): Promise<void>;
  /** SIGKILL after so many milliseconds from now; resolves when it is dead (or had ended before). */
  killAfter(milliseconds: number): Promise<void>;
  /** Resolves when it ended by itself; rejects when it failed. */
  readonly ended: Promise<void>;
}

export function startLife(options: {
  readonly config: string;
  readonly db: string;
  readonly now: number;
  readonly sources: readonly { readonly name: string; readonly files: readonly string[] }[];
  readonly slack: { readonly botToken: string; readonly signingSecret: string; readonly apiUrl: string };
}): Life {
  const { config, db, now, sources, slack } = options;
  const child = spawn(
    process.execPath,
    [
      resolve(import.meta.dirname, 'child.mjs'),
      config,
      db,
      new Date(now).toISOString(),
      JSON.stringify(sources.map(({ name, files }) => ({ name, files }))),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
      },
    },
  );
  let heard = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  const exited = new Promise<{ code: number | null; signal: string | null }>((done) => {
    child.on('close', (code, signal) => done({ code, signal }));
  });
  const ended = exited.then(({ code, signal }) => {
    if (code !== 0) throw new Error(`the server ended with ${signal ?? code}`);
  });
  ended.catch(() => undefined);
  let over = false;
  void exited.then(() => {
    over = true;
  });

  return {
    ended,
    async said(word) {
      while (!heard.includes(`${word}\n`)) {
        if (over) throw new Error(`the server ended before it said ${word}`);
        await sleep(5);
      }
    },
    async killAfter(milliseconds) {
      await Promise.race([sleep(milliseconds), exited]);
      child.kill('SIGKILL');
      await exited;
    },
  };
}
