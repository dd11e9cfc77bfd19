/** `pennywatch detect`: what was unusual, in a file of times and values. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_DETECTOR, detectors } from '../analysis/detectors/registry.ts';
import { DIRECTIONS } from '../analysis/detectors/types.ts';
import { AppError } from '../core/errors.ts';
import { type CsvOptions, runCsv } from './detect-csv.ts';
import { type CommonOptions, guarded, withCommon } from './shell.ts';

const HELP = `
The file: two columns, or columns named timestamp and value (also ds and y, date and cost …) among others; with or
without a header, in any order. Times as 2026-11-20, 2026-11-20 14:00:00, with or without a zone (then UTC), 11/20/2026,
20.11.2026, epoch seconds or milliseconds. An empty value is unknown, not zero. Every row is judged from earlier rows.
Rows closer than an hour are compared with those at the same minute of other hours; of rows at the same time the later
one in the file is learnt from; rows further apart than a day are taken for one step each.
Labels: a list of times, of [start, end], or of {"start": …, "end": …}, also under "anomalies", "windows" or the file's
name; or a CSV of times with 0 or 1. Numbers of rows (from 0) do for times. Labels that cannot be read are left out.

With --json: an array, one object per row, in the order of the file: timestamp, value, expected, lower, upper, score
(0 to 1; 0.5 is the edge of the band), anomalous, severity, direction and, with --labels, label. What is not known is null,
and the score then 0.

  pennywatch detect --csv series.csv
  pennywatch detect --csv series.csv --labels labels.json --json
  pennywatch detect --csv series.csv --detector rolling-sigma --param sigmas=2 --direction both`;

export interface DetectOptions extends CommonOptions, CsvOptions {
  readonly at?: string;
}

export function registerDetect(program: Command): void {
  const ids = detectors.map(({ id }) => id);
  const command = program
    .command('detect')
    .description('find what is unusual: in the database as of a day, or in a CSV of times and values')
    .option('--at <day>', 'judge every place of the database with the data up to this day')
    .option('--csv <file>', 'CSV with the columns timestamp and value, - for standard input')
    .option('--labels <file>', 'what really was wrong (JSON or CSV): compares the alarms with it')
    .addOption(
      new Option('--grain <grain>', 'judge by the hour or by the day (default: as the rows lie)').choices([
        'hour',
        'day',
      ]),
    )
    .option('--detector <name>', `one of ${ids.join(', ')} (default: ${DEFAULT_DETECTOR})`)
    .option('--param <key=value>', 'a parameter of the detector; may be repeated', collect)
    .addOption(new Option('--direction <direction>', 'which way counts (default: up)').choices(DIRECTIONS))
    .option('--min-impact <amount>', 'least difference from expected per row (default: 0)', notNegative)
    .option(
      '--min-percent <percent>',
      'least difference from expected, in percent (default: 20)',
      notNegative,
    )
    .option('--min-steps <count>', 'rows in a row before it counts (default: 1)', atLeastOne);
  withCommon(command)
    .addHelpText('after', HELP)
    .action(guarded(run, (options) => options));
}

async function run(options: DetectOptions): Promise<number> {
  const { csv, at } = options;
  if (csv !== undefined && at !== undefined)
    throw new AppError('INVALID', 'A file or the database: name --csv or --at, not both.');
  if (csv !== undefined) return runCsv({ ...options, csv });
  if (at !== undefined) return (await import('./detect-at.ts')).runAt({ ...options, at });
  throw new AppError('INVALID', 'What is to be judged?', {
    hint: 'Name a file or a day: pennywatch detect --csv series.csv, or pennywatch detect --at 2026-11-18',
  });
}

function collect(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [key = '', ...value] = text.split('=');
  if (key.trim() === '' || value.length === 0)
    throw new InvalidArgumentError('Write key=value, for example sigmas=3.');
  return { ...before, [key.trim()]: value.join('=').trim() };
}

function notNegative(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!(number >= 0 && number < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError('Write a number that is not negative.');
  return number;
}

function atLeastOne(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return number;
}
