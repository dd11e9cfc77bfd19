/** A process that may be killed: bundled once, so that it is up quickly. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Order, Place, Word } from './words.ts';

export interface Life {
  tell(order: Order): void;
  /** What it says next; undefined when it is dead. */
  hear(): Promise<Word | undefined>;
  /** Resolves when it is dead. */
  kill(): Promise<void>;
  readonly isDead: () => boolean;
  /** By which signal it ended, or with which code, and what it complained about. */
  readonly ended: Promise<string>;
  complaint(): string;
}

/** Resolves to the folder of what a life runs, which is to be removed at the end. */
export async function bundleChild(): Promise<string> {
  // Within the project, so that it finds what is not in the bundle.
  const outdir = resolve(import.meta.dirname, `../../../node_modules/.cache/crash-actions-${process.pid}`);
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // What is imported lazily stays apart, and is not even read where it is not needed.
    splitting: true,
    minify: true,
    keepNames: true,
    mainFields: ['module', 'main'],
    outdir,
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
    // Packages that are CommonJS inside ask for these.
    banner: {
      js: "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);",
    },
    external: EXTERNAL,
  });
  return outdir;
}

/** Native, or too large to be of use here. */
const EXTERNAL = [
  'better-sqlite3',
  '@prisma/*',
  '@duckdb/*',
  '@napi-rs/*',
  '@slack/*',
  'chartjs-node-canvas',
  'canvas',
  'vitest',
];

/** A short life is not worth being optimised for: it is up in half the time. */
const QUICK = ['--liftoff-only', '--wasm-lazy-compilation', '--no-opt'];

export function startLife(dir: string, place: Place): Life {
  const child = spawn(process.execPath, [...QUICK, join(dir, 'child.mjs'), JSON.stringify(place)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH },
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-4_000);
  });
  const words: Word[] = [];
  let wake: () => void = () => undefined;
  let dead = false;
  child.on('message', (word: Word) => {
    words.push(word);
    wake();
  });
  const ended = new Promise<string>((done) => {
    child.on('exit', (code, signal) => {
      dead = true;
      wake();
      done(signal ?? `code ${code}`);
    });
  });
  return {
    ended,
    isDead: () => dead,
    complaint: () => complaint,
    tell(order) {
      if (child.connected) child.send(order, () => undefined);
    },
    async hear() {
      for (;;) {
        // What it said before it died is not worth anything any more.
        if (dead) return undefined;
        const word = words.shift();
        if (word) return word;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    kill: () => killed(child, ended),
  };
}

async function killed(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}
