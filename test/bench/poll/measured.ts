/** A program run to its end as a process of its own: how long it took and how much memory it held. */
import { spawn } from 'node:child_process';

export interface Measured {
  readonly ms: number;
  /** The process's largest, in bytes. */
  readonly rss: number;
  readonly code: number | null;
  readonly out: string;
}

/** Says on its way out how large it was; resourceUsage counts in KiB. */
const LAST_WORDS = `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS * 1024)));`;

/** Runs `node ARGS`. */
export async function runMeasured(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const hook = `data:text/javascript,${encodeURIComponent(LAST_WORDS)}`;
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', hook, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...env },
  });
  const heard = ['', ''];
  for (const [index, stream] of [child.stdio[1], child.stdio[3]].entries())
    stream?.on('data', (bytes: Buffer) => {
      heard[index] += bytes.toString('utf8');
    });
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  });
  return { ms: performance.now() - start, rss: Number(heard[1]), code, out: heard[0] ?? '' };
}
