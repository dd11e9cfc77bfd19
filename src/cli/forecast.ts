/** `pennywatch forecast model:bert`: what it will cost, in the terminal or as JSON. */
import type { Command } from 'commander';
import { runCommand } from '../commands/run.ts';
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

interface ForecastOptions extends CommonOptions {
  readonly in?: string;
}

export function registerForecast(program: Command): void {
  const command = program
    .command('forecast')
    .description('what a scope will cost, for example: pennywatch forecast model:bert --json')
    .argument('[scope...]', 'org (the default), team:NAME, model:NAME, model:NAME/training, service:NAME …')
    .option('--in <currency>', "ISO currency (default: the organisation's)");
  withCommon(command).action(guarded(forecast, (_, options) => options));
}

async function forecast(words: string[], options: ForecastOptions): Promise<number> {
  return withContext(options, async (context) => {
    const currency = options.in === undefined ? [] : ['in', options.in];
    // One shell word is one name, however many spaces it has.
    const scope = words.map((word) => (/\s/.test(word) ? `"${word.replaceAll('"', "'")}"` : word));
    const text = ['forecast', ...scope, ...currency].join(' ');
    const { view, data } = await runCommand({ ...context, actor: consoleActor() }, text);
    if (options.json) printJson(data);
    else print(renderText(view));
    if ('error' in data) return EXIT.failed;
    return data.monthEnd === null ? EXIT.partly : EXIT.done;
  });
}
