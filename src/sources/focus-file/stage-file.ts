/** Reads one file into DuckDB: opened, mapped, added up, its bad rows named. */
import { addDays, type Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { FetchRequest, StagedFile } from '../types.ts';
import { checkScan } from './checks.ts';
import type { Duck } from './duck.ts';
import { checkLastLine } from './last-line.ts';
import { type OpenedFile, openFile } from './open-file.ts';
import { quarantine } from './quarantine.ts';
import { readableFile } from './read-sql.ts';
import { chargesSql, scanSql } from './scan-sql.ts';

export type FileOnly = Omit<StagedFile, 'bills'>;

/** Adds the file's charges to the table `charges`. Throws AppError when it is refused. */
export async function stageFile(
  duck: Duck,
  workDir: string,
  path: string,
  number: number,
  request: FetchRequest,
): Promise<{ file: FileOnly; completeThrough: Day | undefined }> {
  const opened = await openFile(path, {
    workDir,
    number,
    onProgress: (done) => request.onProgress?.({ what: 'checking', of: path, done }),
  });
  request.onProgress?.({ what: 'reading', of: path, done: 0 });
  const readable = await readableFile(duck, path, opened);
  for (const statement of scanSql(readable))
    await duck.run(statement).catch((cause) => refuseUnread(path, opened, cause));
  const facts = await checkScan(duck, readable);
  const bad = await quarantine(duck, path, opened, readable, facts.rows);
  const lastLine = opened.kind === 'csv' ? checkLastLine(path, opened, bad) : [];
  await duck.run(
    `${number === 0 ? 'CREATE TABLE charges AS' : 'INSERT INTO charges BY NAME'} ${chargesSql(number)}`,
  );
  await duck.run('DROP TABLE scan');
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
