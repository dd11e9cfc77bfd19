/** `pennywatch allocate`: allocate history again with today's rules, or explain one resource. */
import type { Command } from 'commander';
import { allocateHistory } from '../flows/allocate-history.ts';
import { explainResource } from '../flows/explain-allocation.ts';
import { renderAllocated, renderExplained } from './allocate-text.ts';
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

interface AllocateOptions extends CommonOptions {
  readonly explain?: string;
}

export function registerAllocate(program: Command): void {
  const command = program
    .command('allocate')
    .description('allocate all history again with the rules as they are now')
    .option('--explain <resource>', 'say which rule or tag decided about this ResourceId or ResourceName');
  withCommon(command).action(guarded(allocate, (options) => options));
}

async function allocate(options: AllocateOptions): Promise<number> {
  return withContext(options, async (context) => {
    if (options.explain !== undefined) {
      const explained = await explainResource(context, options.explain);
      if (options.json) printJson(explained);
      else print(renderExplained(explained));
      return explained.decisions.length > 0 ? EXIT.done : EXIT.failed;
    }
    const result = await allocateHistory({ ...context, actor: consoleActor() });
    if (options.json) printJson(result);
    else print(renderAllocated(result));
    return EXIT.done;
  });
}
