/** `pennywatch demo`: try everything in the browser, with no account. */
import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { inspectConfig } from '../config.ts';
import { createLog } from '../main.ts';
import { startDemo } from '../sandbox/demo.ts';
import { type CommonOptions, EXIT, guarded, print, printJson, runningClock, withCommon } from './shell.ts';
import { untilStopped } from './until-stopped.ts';

interface DemoCommandOptions extends CommonOptions {
  readonly open: boolean;
  readonly dir: string;
}

export function registerDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('a local Slack-like workspace with a sample organisation, in the browser')
    .option('--no-open', 'do not open the browser')
    .option('--dir <folder>', 'folder for the sample bills and database; it is made anew', '.demo');
  withCommon(command).action(guarded(demo, (options) => options));
}

async function demo(options: DemoCommandOptions): Promise<number> {
  const { environment } = inspectConfig();
  const say = options.json ? (line: string) => process.stderr.write(`${line}\n`) : print;
  const log = createLog(environment.logLevel ?? 'warn');
  const started = await startDemo({
    dir: options.dir,
    port: environment.port,
    now: runningClock(options),
    log,
    say,
  });
  if (options.json) printJson({ url: started.url });
  else
    print(`\nThe workspace is ready: ${started.url}\nType /cost model bert in any channel. Ctrl-C stops it.`);
  if (options.open && process.stdout.isTTY) openBrowser(started.url);
  await untilStopped();
  await started.stop();
  return EXIT.done;
}

function openBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  // A machine without a browser still has the printed address.
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
