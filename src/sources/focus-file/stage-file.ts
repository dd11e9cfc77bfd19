/** Reads one file into DuckDB: opened, mapped, added up, its bad rows named. */
import { addDays, type Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { StagedFile, StageRequest } from '../types.ts';
import { checkScan, type FileFacts } from './checks.ts';
import type { Duck } from './duck.ts';
import { checkLastLine } from './last-line.ts';
import { lookAt, type OpenedFile, openFile } from './open-file.ts';
import { scanPlainCsv } from './plain-csv.ts';
import { type Quarantine, quarantine } from './quarantine.ts';
import { type ReadableFile, readableFile } from './read-sql.ts';
import { chargesSql, NAMES_SQL, scanSql } from './scan-sql.ts';

export type FileOnly = Omit<StagedFile, 'bills'>;

/** Adds the file's charges to the table `charges`. Throws AppError when it is refused. */
export async function stageFile(
  duck: Duck,
  workDir: string,
  path: string,
  number: number,
  request: StageRequest,
): Promise<{ file: FileOnly; completeThrough: Day | undefined }> {
  const { opened, readable, facts, bad } = await readThrough(duck, path, request, { workDir, number });
  const lastLine = opened.kind === 'csv' ? checkLastLine(path, opened, bad) : [];
  for (const [table, select] of chargesSql(number))
    await duck.run(
      `${number === 0 ? 'CREATE TABLE' : 'INSERT INTO'} ${table} ${number === 0 ? 'AS' : 'BY NAME'} ${select}`,
    );
  await duck.run('DROP TABLE scan; DROP TABLE names');
  request.onProgress?.({ what: 'reading', of: path, done: 1 });
  const rowsRead = readable.rows + (opened.kind === 'csv' ? opened.scan.malformed.length : 0);
  return {
    file: {
      path,
      sha256: opened.sha256,
      format: opened.format,
      focusVersion: readable.map.focusVersion,
      rowsRead,
      quarantinedCount: bad.count,
      quarantined: bad.lines,
      warnings: [...readable.map.warnings, ...facts.warnings, ...lastLine],
    },
    completeThrough: lastWholeDay(
      facts.shortEnd,
      readable.map.positions.has('ChargePeriodEnd') ? undefined : facts.newestUsageDay,
    ),
  };
}

interface ReadFile {
  readonly opened: OpenedFile;
  readonly readable: ReadableFile;
  readonly facts: FileFacts;
  readonly bad: Quarantine;
}

/** Leaves the good rows in `scan`, their names in `names`. Throws AppError when the file is refused. */
async function readThrough(
  duck: Duck,
  path: string,
  request: StageRequest,
  place: { workDir: string; number: number },
): Promise<ReadFile> {
  const progress = (what: 'checking' | 'reading') => (done: number) =>
    request.onProgress?.({ what, of: path, done });
  const looked = await lookAt(path);
  const plain =
    looked.kind === 'csv'
      ? await scanPlainCsv(duck, path, looked.size, { onProgress: progress('reading') })
      : undefined;
  if (plain) return judged(duck, path, plain.opened, plain.readable);
  const opened = await openFile(path, looked, { ...place, onProgress: progress('checking') });
  progress('reading')(0);
  if (opened.kind === 'csv') {
    const strict = await readableFile(duck, path, opened, 'strict');
    const sound = await duck.run(scanSql(strict)).then(
      () => holds(duck, strict.rows),
      () => false,
    );
    if (sound) return judged(duck, path, opened, strict);
    await duck.run('DROP TABLE IF EXISTS scan');
  }
  const readable = await readableFile(duck, path, opened, 'lenient');
  await duck.run(scanSql(readable)).catch((cause) => refuseUnread(path, opened, cause));
  return judged(duck, path, opened, readable);
}

async function holds(duck: Duck, rows: number): Promise<boolean> {
  const [counted] = await duck.rows('SELECT CAST(sum(n) AS VARCHAR) FROM scan');
  return Number(counted?.[0]) === rows;
}

async function judged(
  duck: Duck,
  path: string,
  opened: OpenedFile,
  readable: ReadableFile,
): Promise<ReadFile> {
  for (const statement of NAMES_SQL) await duck.run(statement);
  const facts = await checkScan(duck, readable);
  return { opened, readable, facts, bad: await quarantine(duck, path, opened, readable, facts.rows) };
}

function refuseUnread(path: string, opened: OpenedFile, cause: unknown): never {
  throw new AppError('INVALID', `${path} cannot be read as ${opened.format}.`, {
    hint: 'It is damaged, or not what its name says. Export it again. Nothing was imported.',
    cause,
  });
}

/** The last day that ends by the end of the newest short charge; without ends, the day before the newest usage. */
function lastWholeDay(shortEnd: string | undefined, newestUsage: Day | undefined): Day | undefined {
  if (shortEnd) return addDays(shortEnd.slice(0, 10), -1);
  return newestUsage && addDays(newestUsage, -1);
}
