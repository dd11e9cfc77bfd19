/** `pennywatch explain ANM-12`: why an anomaly happened, in the terminal. */
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

export function registerExplain(program: Command): void {
  const command = program
    .command('explain')
    .description(
      'say why an anomaly happened (ANM-12), or why something costs more than before (model bert 30d)',
    )
    .argument('<what...>', 'the number of an anomaly, or a name with a time');
  withCommon(command).action(guarded(explain, (_, options) => options));
}

async function explain(words: string[], options: CommonOptions): Promise<number> {
  return withContext(options, async (context) => {
    const command = `why ${words.map(quoted).join(' ')}`;
    const { view, data } = await runCommand({ ...context, actor: consoleActor() }, command);
    if (options.json) printJson(data);
    else print(renderText(view));
    return 'error' in data ? EXIT.failed : EXIT.done;
  });
}

/** What the shell took the quotes from keeps together. */
function quoted(word: string): string {
  return /\s/.test(word) ? `"${word.replaceAll('"', "'")}"` : word;
}
