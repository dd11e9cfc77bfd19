/** Which column of a file holds times and which values. */
import { AppError } from '../../core/errors.ts';
import { isStepNumber, parseStamp } from './parse-stamp.ts';
import { parseValue } from './parse-value.ts';

export interface Columns {
  readonly stamp: number;
  readonly value: number;
  /** The first row names the columns. */
  readonly header: boolean;
}

/** Names by which they are known, the surest first; case and everything but letters and digits do not matter. */
const STAMPS =
  'timestamp datetime ds date day time hour ts t stamp usagedate usagestartdate chargeperiodstart start'
    .concat(' startdate starttime period when epoch week month')
    .split(' ');
const VALUES =
  'value y cost amount spend total effectivecost billedcost unblendedcost price usd eur val v count'
    .concat(' metric metricvalue requests usage')
    .split(' ');
const HOW = 'Name two columns timestamp and value, or leave only these two in the file.';

/** Finds both columns by name, or in a file of two columns by content. Throws INVALID when that cannot be told. */
export function chooseColumns(rows: readonly (readonly string[])[], file: string): Columns {
  const [first = [], ...rest] = rows;
  if (first.length < 2)
    throw new AppError('INVALID', `${file} has no two columns in its first line.`, { hint: HOW });
  const header = first.every((cell) => cell.trim() === '' || !isDatum(cell));
  const names = header ? first.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, '')) : [];
  const [stamp, value] = [indexOfAny(names, STAMPS), indexOfAny(names, VALUES)];
  if (stamp !== undefined && value !== undefined) return { stamp, value, header };
  if (first.length > 2)
    throw new AppError(
      'INVALID',
      header
        ? `Which of the columns ${first.map((cell) => `"${cell.slice(0, 40)}"`).join(', ')} of ${file} hold times and values?`
        : `${file} has ${first.length} columns and no line that names them.`,
      { hint: HOW },
    );
  if (stamp !== undefined) return { stamp, value: 1 - stamp, header };
  if (value !== undefined) return { stamp: 1 - value, value, header };
  const at = stampColumn((header ? rest : rows).slice(0, 50));
  return { stamp: at, value: 1 - at, header };
}

/** The column of two whose cells look more like times; the first when nothing tells them apart. */
function stampColumn(rows: readonly (readonly string[])[]): number {
  const [left = 0, right = 0] = [0, 1].map((at) =>
    rows.reduce((sum, row) => sum + likeness(row[at] ?? ''), 0),
  );
  return right > left ? 1 : 0;
}

/** A written date is surely a time, a large number may be one. */
function likeness(cell: string): number {
  const stamp = parseStamp(cell);
  if (!stamp) return 0;
  return parseValue(cell) === undefined ? 3 : isStepNumber(cell) ? 0 : 2;
}

function indexOfAny(names: readonly string[], wanted: readonly string[]): number | undefined {
  return wanted.map((name) => names.indexOf(name)).find((index) => index >= 0);
}

function isDatum(cell: string): boolean {
  return parseStamp(cell) !== undefined || parseValue(cell) !== undefined;
}
