/** `pennywatch event "bert 2.3 is live" --model bert`: tells a change from a script or a terminal. */
import type { Command } from 'commander';
import { CHANGE_KINDS, parseChanges } from '../flows/change-events/schema.ts';
import { type RecordedChange, recordChange } from '../flows/change-events.ts';
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

interface EventOptions extends CommonOptions {
  readonly id?: string;
  readonly at?: string;
  readonly kind?: string;
  readonly team?: string;
  readonly model?: string;
  readonly service?: string;
  readonly environment?: string;
  readonly version?: string;
  readonly url?: string;
  readonly sender?: string;
}

export function registerEvent(program: Command): void {
  // The program has a --version of its own, which shall not be read behind this command.
  const command = program
    .enablePositionalOptions()
    .command('event')
    .description('tell a deployment or another change, to be named beside changes of cost')
    .argument('<title...>', 'what was changed, in words')
    .option('--id <id>', 'your own id: told twice it is one event')
    .option('--at <time>', 'when, as an ISO time (default: now)')
    .option('--kind <kind>', CHANGE_KINDS.join(', '), 'deploy')
    .option('--model <name>', 'the model it is about')
    .option('--team <name>', 'the team it is about')
    .option('--service <name>', 'the service it is about')
    .option('--environment <name>', 'for example prod')
    .option('--version <version>', 'what is live now')
    .option('--url <address>', 'where to read more (https)')
    .option('--sender <name>', 'who tells it (default: you)');
  withCommon(command).action(guarded(tell, (_, options) => options));
}

async function tell(title: string[], options: EventOptions): Promise<number> {
  const { config: _, db, json, now, ...said } = options;
  const [input] = parseChanges({ ...said, title: title.join(' ') });
  if (!input) return EXIT.failed;
  return withContext(options, async (context) => {
    const recorded = await recordChange(context, consoleActor(), input);
    if (json) printJson(recorded);
    else print(inWords(recorded));
    return EXIT.done;
  });
}

function inWords({ change, created, warnings }: RecordedChange): string {
  const about = [change.model, change.team && `team ${change.team}`, change.service]
    .filter(Boolean)
    .join(', ');
  const what = `${change.kind} "${change.title}"${about ? ` of ${about}` : ''}, ${change.at.toISOString()}`;
  return [`${created ? 'Kept' : 'Known already'}: ${what}`, ...warnings].join('\n');
}
