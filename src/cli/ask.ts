/** `pennywatch ask "model bert 30d"`: the same answers as in chat, in the terminal. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { runCommand } from '../commands/run.ts';
import { AppError } from '../core/errors.ts';
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
    const { view, data, known } = await runCommand({ ...context, actor: consoleActor() }, words.join(' '));
    if (options.chart) await writeChart(view, options.chart);
    if (options.json) printJson(data);
    else print(renderText(view));
    return known && !('error' in data) ? EXIT.done : EXIT.failed;
  });
}

async function writeChart(view: View, file: string): Promise<void> {
  const element = view.elements.find((one) => one.kind === 'chart');
  if (!element)
    throw new AppError('NOT_FOUND', 'This answer has no chart: nothing is known to draw.', {
      hint: 'Ask about a time that has data, or leave out --chart.',
    });
  await writeFile(file, await rasterise(element.chart));
}
