/** `pennywatch poll [NAMES…]`: asks billing sources for their charges now, and says what came of it. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isDay } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import type { SourceSettings } from '../core/settings.ts';
import type { PollRequest, PollResult } from '../flows/poll/types.ts';
import { pollSource } from '../flows/poll.ts';
import { sources } from '../sources/registry.ts';
import { createPollParts } from '../threads/poll-parts.ts';
import { showProgress } from './import-progress.ts';
import { pickSources } from './named-sources.ts';
import { failedPoll, pollExitCode } from './poll-outcome.ts';
import { renderPolls } from './poll-text.ts';
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

interface PollOptions extends CommonOptions {
  readonly all?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly newestOnly?: boolean;
  readonly acceptLoss?: boolean;
  readonly pace: number;
}

/** Against a stand-in on this machine nobody needs to be spared. */
const PACE = new Option('--pace <factor>', 'multiplies every wait between requests')
  .argParser(parsePace)
  .default(1)
  .hideHelp();

export function registerPoll(program: Command): void {
  const command = program
    .command('poll')
    .description('ask billing sources for new, changed and missing days; goes on where it stopped')
    .argument('[sources...]', 'names in pennywatch.yaml, or kinds of sources with their defaults')
    .option('--all', 'every source in pennywatch.yaml')
    .option('--from <day>', 'first day to fetch, instead of the newest and what is missing', parseDay)
    .option('--to <day>', 'last day to fetch, with --from', parseDay)
    .option('--newest-only', 'leave history to a later poll')
    .option('--accept-loss', 'take it when days that had charges come back without any')
    .addOption(PACE);
  withCommon(command).action(guarded(run, (_, options) => options));
}

function parseDay(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError('Write a day, for example 2026-10-31.');
  return value;
}

function parsePace(value: string): number {
  const factor = Number(value);
  if (value.trim() === '' || !(factor >= 0 && factor <= 100))
    throw new InvalidArgumentError('Write a number from 0 to 100.');
  return factor;
}

/**
 * Exit code: 0 everything that was due is in; 3 some of it is (a later batch or another source failed, the budget
 * ended); 1 nothing is, or it failed before the first batch; 2 wrong usage or configuration.
 */
async function run(names: string[], options: PollOptions): Promise<number> {
  const window = windowOf(options);
  return withContext(options, async (context) => {
    const chosen = choose(names, options, context.settings.sources);
    const parts = createPollParts({ pace: options.pace });
    const stopped = new AbortController();
    const stop = () => stopped.abort(new AppError('CONFLICT', 'Polling was stopped from outside.'));
    for (const signal of SIGNALS) process.once(signal, stop);
    const progress = showProgress(process.stderr);
    try {
      const results: PollResult[] = [];
      for (const source of chosen) {
        if (stopped.signal.aborted) break;
        progress.update({ what: 'fetching', of: `${source.name}: newest days`, done: 0 });
        const poll = pollSource(context, parts, {
          source,
          actor: consoleActor(),
          ...(window && { window }),
          ...(options.acceptLoss && { acceptLoss: true }),
          ...(options.newestOnly && { newestOnly: true }),
          signal: stopped.signal,
          onProgress: ({ what, of, done }) => progress.update({ what, of: `${source.name}: ${of}`, done }),
        });
        results.push(
          await (chosen.length === 1
            ? poll
            : poll.catch((error) => failedPoll(source, context.now(), error))),
        );
        progress.stop();
      }
      if (options.json) printJson(chosen.length === 1 ? results[0] : { sources: results });
      else print(renderPolls(results));
      return results.length < chosen.length ? EXIT.partly : pollExitCode(results);
    } finally {
      progress.stop();
      for (const signal of SIGNALS) process.removeListener(signal, stop);
    }
  });
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

function windowOf({ from, to }: PollOptions): PollRequest['window'] {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined)
    throw new AppError('INVALID', 'A window has two ends: write both --from and --to.', {
      hint: 'For example: --from 2026-10-01 --to 2026-10-31',
    });
  if (to < from) throw new AppError('INVALID', `The window ends on ${to}, before it starts on ${from}.`);
  return { start: from, end: to };
}

function choose(
  names: readonly string[],
  { all }: PollOptions,
  configured: readonly SourceSettings[],
): readonly SourceSettings[] {
  const kinds = sources.map(({ id }) => id).join(', ');
  if (all && names.length > 0) throw new AppError('INVALID', 'Write names or --all, not both.');
  if (names.length > 0) return pickSources(configured, sources, names);
  const own = configured.map(({ name }) => name).join(', ');
  if (!all)
    throw new AppError('INVALID', 'Which source? Write its name, or --all.', {
      hint: own ? `Configured: ${own}.` : `None is configured in pennywatch.yaml. Kinds: ${kinds}.`,
    });
  if (configured.length === 0)
    throw new AppError('CONFIG', 'No source is configured in pennywatch.yaml.', {
      hint: `Write one under sources:, or name a kind: ${kinds}.`,
    });
  return configured;
}
