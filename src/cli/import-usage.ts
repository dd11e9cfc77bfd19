/** `pennywatch import usage FILE…`: brings in what the money bought, so that unit costs can be told. */
import type { Command } from 'commander';
import { AppError, describeError } from '../core/errors.ts';
import { USAGE_METRICS } from '../core/usage.ts';
import { allocateDays } from '../flows/allocate.ts';
import { importUsage } from '../flows/import-usage.ts';
import { usageFile } from '../usage/usage-file/index.ts';
import { showProgress } from './import-progress.ts';
import { renderUsageImport } from './import-usage-text.ts';
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

interface UsageOptions extends CommonOptions {
  readonly source: string;
}

export function registerImportUsage(group: Command): void {
  const command = group
    .command('usage')
    .description(
      `import usage per day (CSV, CSV.gz): day, team, model …, metric and quantity, or a column for each of ${USAGE_METRICS.join(', ')}`,
    )
    .argument('<files...>', 'parts of one export')
    .option(
      '--source <name>',
      'name this usage is filed under; its days are replaced as a whole by a later import',
      'usage',
    );
  withCommon(command).action(guarded(run, (_, options) => options));
}

/** Exit codes as for bills: 3 when rows were set aside (quarantined), 1 when nothing was imported. */
async function run(files: string[], options: UsageOptions): Promise<number> {
  return withContext(options, async (context) => {
    const progress = showProgress(process.stderr);
    try {
      const parts = { source: usageFile, allocate: allocateDays };
      const request = { files, source: options.source, actor: consoleActor(), onProgress: progress.update };
      const result = await importUsage(context, parts, request);
      progress.stop();
      if (options.json) printJson(result);
      else print(renderUsageImport(result));
      return result.files.every((file) => file.quarantinedCount === 0) ? EXIT.done : EXIT.partly;
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
