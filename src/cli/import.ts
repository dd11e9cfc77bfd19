/** `pennywatch import focus FILE…`: brings FOCUS files into the store and says what was in them. Usage is beside it. */
import { type Command, InvalidArgumentError } from 'commander';
import { isDay } from '../core/day.ts';
import { AppError, describeError } from '../core/errors.ts';
import { allocateDays } from '../flows/allocate.ts';
import type { ImportResult } from '../flows/import-focus/types.ts';
import { importFocus } from '../flows/import-focus.ts';
import { focusFile } from '../sources/focus-file/index.ts';
import { showProgress } from './import-progress.ts';
import { renderImport } from './import-text.ts';
import { registerImportUsage } from './import-usage.ts';
import {
  type CommonOptions,
  consoleActor,
  EXIT,
  guarded,
  print,
  printJson,
  withCommon,
  withContext,
} from './shell.ts';

interface ImportOptions extends CommonOptions {
  readonly source: string;
  readonly add?: boolean;
  readonly completeUntil?: string;
}

export function registerImport(program: Command): void {
  const group = program.command('import').description('bring bills and usage in');
  const command = group
    .command('focus')
    .description(
      'import FOCUS files (1.0 to 1.3; CSV, CSV.gz, Parquet); the files of one call belong together',
    )
    .argument('<files...>', 'parts of one export')
    .option('--source <name>', 'name these charges are filed under', 'focus')
    .option('--add', 'the files are further parts of bills that are stored already, even on the same days')
    .option(
      '--complete-until <date>',
      'last day whose data is complete, when the files do not show it',
      parseDay,
    );
  withCommon(command).action(guarded(run, (_, options) => options));
  registerImportUsage(group);
}

function parseDay(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError('Write a day, for example 2026-10-31.');
  return value;
}

/**
 * Exit code: 0 everything is in; 3 the import is done but some rows were set aside (quarantined), or the two
 * layers differ; 1 a file was refused or the import failed and nothing changed; 2 wrong usage or configuration.
 */
async function run(files: string[], options: ImportOptions): Promise<number> {
  return withContext(options, async (context) => {
    const progress = showProgress(process.stderr);
    try {
      const { source, add, completeUntil } = options;
      const parts = { source: focusFile, allocate: allocateDays };
      const request = {
        files,
        source,
        add,
        completeUntil,
        actor: consoleActor(),
        onProgress: progress.update,
      };
      const result = await importFocus(context, parts, request);
      progress.stop();
      if (options.json) printJson(result);
      else print(renderImport(result));
      return exitCode(result);
    } catch (error) {
      progress.stop();
      // A refused file is a failure, not wrong usage, which INVALID means for other commands.
      if (!(error instanceof AppError) || error.code !== 'INVALID') throw error;
      if (options.json) printJson({ error: { code: error.code, message: error.message, hint: error.hint } });
      process.stderr.write(`${describeError(error)}\n`);
      return EXIT.failed;
    }
  });
}

function exitCode(result: ImportResult): number {
  const complete = result.reconciliation.ok && result.files.every((file) => file.quarantinedCount === 0);
  return complete ? EXIT.done : EXIT.partly;
}
