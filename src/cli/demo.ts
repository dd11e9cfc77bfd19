/** `pennywatch demo`: try everything in the browser, with no account. */
import { spawn } from 'node:child_process';
import { type Command, InvalidArgumentError } from 'commander';
import { inspectConfig } from '../config.ts';
import { AppError } from '../core/errors.ts';
import { createLog } from '../main.ts';
import { type Demo, startDemo } from '../sandbox/demo.ts';
import { TEAMS_PORT } from '../sandbox/teams/index.ts';
import { type CommonOptions, EXIT, guarded, print, printJson, runningClock, withCommon } from './shell.ts';
import { untilStopped } from './until-stopped.ts';

interface DemoCommandOptions extends CommonOptions {
  readonly open: boolean;
  readonly dir: string;
  readonly teams: boolean;
  readonly teamsPort: number;
}

export function registerDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('a local Slack-like workspace with a sample organisation, in the browser')
    .option('--no-open', 'do not open the browser')
    .option('--dir <folder>', 'folder for the sample bills and database; it is made anew', '.demo')
    .option('--teams', "Microsoft Teams beside it: Microsoft's own local client, offline", false)
    .option('--teams-port <port>', 'where the Teams client is shown', portNumber, TEAMS_PORT);
  withCommon(command).action(guarded(demo, (options) => options));
}

async function demo(options: DemoCommandOptions): Promise<number> {
  if (options.teams && options.now !== undefined)
    throw new AppError('INVALID', '--now and --teams do not go together.', {
      hint: 'The local Teams client writes the real time on what it sends; leave one of them out.',
    });
  const { environment } = inspectConfig();
  const say = options.json ? (line: string) => process.stderr.write(`${line}\n`) : print;
  const log = createLog(environment.logLevel ?? 'warn');
  const started = await startDemo({
    dir: options.dir,
    port: environment.port,
    ...(options.teams && { teams: { port: options.teamsPort } }),
    now: runningClock(options),
    log,
    ...(environment.logLevel && { logLevel: environment.logLevel }),
    say,
  });
  const teams = started.teams?.pageOf();
  if (options.json) printJson({ url: started.url, ...(teams && { teams }) });
  else print(closingWords(started));
  if (options.open && process.stdout.isTTY)
    for (const url of [started.url, ...(teams ? [teams] : [])]) openBrowser(url);
  await untilStopped();
  await started.stop();
  return EXIT.done;
}

function closingWords({ url, teams }: Demo): string {
  const slack = `The workspace is ready: ${url}\nType /cost model bert in any channel.`;
  if (!teams) return `\n${slack} Ctrl-C stops it.`;
  return `
${slack}

Microsoft Teams, as Mira Chen of team Search: ${teams.pageOf()}
Type cost model bert in Personal Chat, or look at what was found in the channel Search.
The same as Jon Park, who approves what she asks for: ${teams.pageOf('jon')}
What is done in one place shows in both. Ctrl-C stops everything.`;
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('Write a port, for example 56200.');
  return port;
}

function openBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  // A machine without a browser still has the printed address.
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
