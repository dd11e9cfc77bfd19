/** `pennywatch detect --csv FILE`: reads files, has them scored, prints. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DEFAULT_DETECTOR } from '../analysis/detectors/registry.ts';
import type { Direction, Gates } from '../analysis/detectors/types.ts';
import { AppError, describeError } from '../core/errors.ts';
import type { Grain } from '../core/series.ts';
import type { JudgedPoint } from '../flows/detect-file/types.ts';
import { detectFile } from '../flows/detect-file.ts';
import { renderDetected, renderLabels, renderNotes } from './detect-text.ts';
import { EXIT, print } from './shell.ts';

export interface CsvOptions {
  readonly csv?: string;
  readonly labels?: string;
  readonly grain?: Grain;
  readonly detector?: string;
  readonly param?: Readonly<Record<string, string>>;
  readonly direction?: Direction;
  readonly minImpact?: number;
  readonly minPercent?: number;
  readonly minSteps?: number;
  readonly json?: boolean;
}

/** Prints the judged rows (--json: an array, one object a line) or a summary; exit code 0. Throws INVALID. */
export async function runCsv(options: CsvOptions & { readonly csv: string }): Promise<number> {
  const csv = await read(options.csv);
  const labels = options.labels === undefined ? undefined : await read(options.labels);
  const result = detectFile({
    name: options.csv === '-' ? 'standard input' : basename(options.csv),
    csv,
    labels,
    grain: options.grain,
    detector: options.detector ?? DEFAULT_DETECTOR,
    params: options.param ?? {},
    gates: gatesOf(options),
  });
  if (!options.json) {
    print(renderDetected(result, options.direction ?? 'up'));
    return EXIT.done;
  }
  print(arrayOf(result.points));
  const aside = [...renderNotes(result), ...(result.labels ? [renderLabels(result.labels)] : [])];
  if (aside.length > 0) process.stderr.write(`${aside.join('\n')}\n`);
  return EXIT.done;
}

function gatesOf({ direction, minImpact, minPercent, minSteps }: CsvOptions): Partial<Gates> {
  return {
    ...(direction !== undefined && { direction }),
    ...(minImpact !== undefined && { minimumImpact: minImpact }),
    ...(minPercent !== undefined && { minimumShare: minPercent / 100 }),
    ...(minSteps !== undefined && { minimumSteps: minSteps }),
  };
}

function arrayOf(points: readonly JudgedPoint[]): string {
  return points.length === 0 ? '[]' : `[\n${points.map((point) => JSON.stringify(point)).join(',\n')}\n]`;
}

async function read(file: string): Promise<string> {
  try {
    return decode(file === '-' ? await buffer(process.stdin) : await readFile(file));
  } catch (cause) {
    throw new AppError('INVALID', `${file} cannot be read: ${describeError(cause)}`, {
      hint: 'Name a file that exists.',
      cause,
    });
  }
}

/** Spreadsheets also write UTF-16, which its first two bytes tell. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
