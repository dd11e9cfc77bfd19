#!/usr/bin/env node
/** The `pennywatch` command. */
import { runProgram } from './cli/program.ts';

// A reader that has seen enough (`… | head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await runProgram(process.argv);
