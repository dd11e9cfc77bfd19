#!/usr/bin/env node
/** The `pennywatch` command. */
import { Command, CommanderError } from 'commander';
import { registerAllocate } from './cli/allocate.ts';
import { registerAsk } from './cli/ask.ts';
import { registerBacktest } from './cli/backtest.ts';
import { registerDemo } from './cli/demo.ts';
import { registerDetect } from './cli/detect.ts';
import { registerDoctor } from './cli/doctor.ts';
import { registerEvent } from './cli/event.ts';
import { registerExplain } from './cli/explain.ts';
import { registerForecast } from './cli/forecast.ts';
import { registerImport } from './cli/import.ts';
import { registerPermissions } from './cli/permissions.ts';
import { registerPoll } from './cli/poll.ts';
import { registerReport } from './cli/report.ts';
import { registerServe } from './cli/serve.ts';
import { EXIT, printJson } from './cli/shell.ts';
import { VERSION } from './version.ts';

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
  registerDoctor,
])
  register(program);
// Sub-commands made above inherit nothing by themselves: wrong usage must exit with 2 everywhere.
for (const command of [...program.commands, ...program.commands.flatMap((one) => one.commands)])
  command.exitOverride();

// A reader that has seen enough (`… | head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode !== 0 && process.argv.includes('--json'))
    printJson({ error: { code: 'INVALID', message: error.message.replace(/^error: /, '') } });
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
