/** Microsoft's local Teams client as a process of its own, on a port that only this machine reaches. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readVariable } from '../../config.ts';
import { AppError } from '../../core/errors.ts';
import { PLAYGROUND_FILE, playgroundFile } from './playground-file.ts';

const PACKAGE = '@microsoft/m365agentsplayground';

export interface Playground {
  /** Without "/" at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface PlaygroundOptions {
  /** Folder for its configuration and log. */
  readonly dir: string;
  /** Where it sends what people say and click. */
  readonly endpoint: string;
  /** What it says is its own address, below which it is answered. */
  readonly serviceUrl: string;
}

const HOST = '127.0.0.1';
const PATIENCE = 30_000;
const KILL_AFTER = 3_000;

/**
 * Runs in the client's process before the client. It listens on every address of the machine and has no option against
 * that, so whoever reached it could speak as anybody; and it must not outlive us, however we end.
 */
const BEFORE_IT = `import net from 'node:net';
process.once('disconnect', () => process.exit());
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  return typeof args[0] === 'number' && typeof args[1] !== 'string'
    ? listen.call(this, args[0], '${HOST}', ...args.slice(1)) : listen.apply(this, args);
};`;

/** Throws NOT_FOUND where the package is not installed, UPSTREAM where it does not come up. */
export async function startPlayground({ dir, endpoint, serviceUrl }: PlaygroundOptions): Promise<Playground> {
  const program = findPlayground();
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, PLAYGROUND_FILE), playgroundFile());
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  const child = spawn(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(BEFORE_IT)}`, program, 'start'],
      ...['--app-endpoint', endpoint, '--channel-id', 'msteams', '--port', String(port)],
      ...['--service-url', serviceUrl, '--disable-telemetry'],
    ],
    { cwd: dir, env: environmentOf(dir), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said.push(chunk.toString());
      if (said.length > 50) said.shift();
    });
  const close = () => end(child);
  try {
    await answering(`${url}/_debug/ping`, child, said);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, port, close };
}

/** Only what it needs: it has no use for the tokens and keys of whoever starts the demo. */
function environmentOf(dir: string): Record<string, string> {
  const inherited = ['SystemRoot', 'TEMP', 'TMPDIR'].flatMap((name) => {
    const value = readVariable(name);
    return value ? [[name, value] as const] : [];
  });
  return {
    ...Object.fromEntries(inherited),
    TEAMSAPPTESTER_BROWSER: 'none',
    TEAMSAPPTESTER_LOGFILE: join(dir, 'playground.log'),
  };
}

/** Where its program is. Throws NOT_FOUND where it is not installed. */
export function findPlayground(): string {
  try {
    return createRequire(import.meta.url).resolve(`${PACKAGE}/cli.js`);
  } catch (cause) {
    throw new AppError('NOT_FOUND', `Microsoft's local Teams client (${PACKAGE}) is not installed.`, {
      hint: 'It is a development dependency. Run `npm ci` in the repository, without --omit=dev.',
      cause,
    });
  }
}

/** It takes another port in silence when it cannot have the one it is told. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function answering(ping: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  const deadline = AbortSignal.timeout(PATIENCE);
  while (!deadline.aborted && child.exitCode === null) {
    const ok = await fetch(ping, { signal: deadline }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  const what = child.exitCode === null ? 'does not answer' : `ended with code ${child.exitCode}`;
  const last = said.join('').trim().slice(-500);
  throw new AppError('UPSTREAM', `Microsoft's local Teams client ${what}.`, {
    hint: last ? `It said: ${last}` : 'Start it again.',
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER);
  await ended;
  clearTimeout(late);
}
