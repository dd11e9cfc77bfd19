/** `pennywatch ask "model bert 30d"`: the same answers as in chat, in the terminal. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { runCommand } from '../commands/run.ts';
import { AppError, describeError } from '../core/errors.ts';
import { auditRefusals } from '../flows/refused.ts';
import { rasterise } from '../view/charts/rasterise.ts';
import type { View } from '../view/elements.ts';
import { renderText } from '../view/fallback.ts';
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

interface AskOptions extends CommonOptions {
  readonly chart?: string;
}

export function registerAsk(program: Command): void {
  const command = program
    .command('ask')
    .description('answer a question as in chat, for example: pennywatch ask "model bert 30d"')
    .argument('<text...>', 'the command text, without /cost')
    .option('--chart <file>', 'write the chart to this PNG file');
  withCommon(command).action(guarded(ask, (_, options) => options));
}

async function ask(words: string[], options: AskOptions): Promise<number> {
  return withContext(options, async (context) => {
    const actor = consoleActor();
    const { view, data, known } = await auditRefusals(context, actor, () =>
      runCommand({ ...context, actor }, words.join(' ')),
    );
    const answered = known && !('error' in data);
    const noChart = answered && options.chart ? await writeChart(view, options.chart) : undefined;
    if (options.json) printJson(noChart ? { ...data, warnings: [...warningsOf(data), noChart] } : data);
    else print(renderText(view));
    if (noChart) process.stderr.write(`${noChart}\n`);
    if (!answered) return EXIT.failed;
    return noChart ? EXIT.partly : EXIT.done;
  });
}

/** Writes the picture, or says why there is none. Throws UPSTREAM when the file cannot be written. */
async function writeChart(view: View, file: string): Promise<string | undefined> {
  const element = view.elements.find((one) => one.kind === 'chart');
  if (!element)
    return `No chart was written to ${file}: a chart needs at least two days, and something known to draw.`;
  const picture = await rasterise(element.chart);
  try {
    await writeFile(file, picture);
    return undefined;
  } catch (cause) {
    throw new AppError('UPSTREAM', `The chart cannot be written to ${file}: ${describeError(cause)}`, {
      hint: 'Name a file in a folder that exists and is writable.',
      cause,
    });
  }
}

function warningsOf({ warnings }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(warnings) ? warnings : [];
}
