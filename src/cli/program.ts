/** The command line: every command, wrong usage, exit codes. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import { registerAllocate } from './allocate.ts';
import { registerAsk } from './ask.ts';
import { registerAudit } from './audit.ts';
import { registerBacktest } from './backtest.ts';
import { registerDemo } from './demo.ts';
import { registerDetect } from './detect.ts';
import { registerDoctor } from './doctor.ts';
import { registerEvent } from './event.ts';
import { registerExplain } from './explain.ts';
import { registerForecast } from './forecast.ts';
import { registerImport } from './import.ts';
import { registerPermissions } from './permissions.ts';
import { registerPoll } from './poll.ts';
import { registerReport } from './report.ts';
import { registerServe } from './serve.ts';
import { EXIT, printJson } from './shell.ts';

/** Runs the command that `argv` spells (as in process.argv) and sets the exit code of the process. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 && argv.includes('--json'))
      printJson({ error: { code: 'INVALID', message: error.message.replace(/^error: /, '') } });
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}

function createProgram(): Command {
  const program = new Command('pennywatch')
    .description('The AI-FinOps teammate: what AI workloads cost, whose it is, and why it moved.')
    .version(VERSION)
    .showHelpAfterError('(pennywatch --help lists the commands)')
    .exitOverride();

  for (const register of [
    registerServe,
    registerDemo,
    registerImport,
    registerPoll,
    registerAsk,
    registerReport,
    registerAllocate,
    registerDetect,
    registerEvent,
    registerExplain,
    registerForecast,
    registerBacktest,
    registerPermissions,
    registerAudit,
    registerDoctor,
  ])
    register(program);
  // Sub-commands made above inherit nothing by themselves: wrong usage must exit with 2 everywhere.
  for (const command of [...program.commands, ...program.commands.flatMap((one) => one.commands)])
    command.exitOverride();
  return program;
}
