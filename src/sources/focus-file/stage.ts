/** Reads all files of one import into DuckDB and adds them up. */
import { rm } from 'node:fs/promises';
import { type Day, later } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { StagedBill, StagedCharges, StageRequest } from '../types.ts';
import { exactBreakdown } from './breakdown.ts';
import type { Duck } from './duck.ts';
import { exactAmounts } from './exact.ts';
import {
  BILL_DAYS,
  BILLS,
  CLASHES,
  DESCRIPTIONS,
  factsSql,
  LARGEST_TOTAL,
  splitFactsSql,
  TOO_LARGE,
} from './facts-sql.ts';
import { stagedRows } from './rows.ts';
import { type FileOnly, stageFile } from './stage-file.ts';
import { readTags } from './stage-tags.ts';

/** More different descriptions than this are not kept, unless a rule reads them: they would make facts of rows. */
export const MAX_DESCRIPTIONS = 2_000;

/** `workDir` is deleted by `close`. Throws AppError when any file is refused. */
export async function stageFiles(
  duck: Duck,
  workDir: string,
  paths: readonly string[],
  request: StageRequest,
): Promise<StagedCharges> {
  const files: FileOnly[] = [];
  let completeThrough: Day | undefined;
  for (const [number, path] of paths.entries()) {
    const staged = await stageFile(duck, workDir, path, number, request);
    const twin = files.find((file) => file.sha256 === staged.file.sha256);
    if (twin)
      throw new AppError('INVALID', `${path} is the same file as ${twin.path}.`, {
        hint: 'Name each file once, or its charges would count twice.',
      });
    files.push(staged.file);
    if (staged.completeThrough)
      completeThrough = completeThrough
        ? later(completeThrough, staged.completeThrough)
        : staged.completeThrough;
  }
  request.onProgress?.({ what: 'adding up', of: 'charges', done: 0 });
  const unreadable = await readTags(duck, paths.length);
  const descriptions = Number((await duck.rows(DESCRIPTIONS))[0]?.[0]);
  const keepDescription = request.keepDescriptions || descriptions <= MAX_DESCRIPTIONS;
  for (const statement of factsSql(keepDescription)) await duck.run(statement);
  const [clash] = await duck.rows(CLASHES);
  if (Number(clash?.[0]) > 0)
    throw new AppError('INTERNAL', 'Two different names got the same id. Nothing was imported.');
  const [large] = await duck.rows(TOO_LARGE);
  if (large)
    throw new AppError(
      'INVALID',
      `The ${large[0]} amounts in ${paths.length === 1 ? paths[0] : 'these files'} come to more than ${LARGEST_TOTAL}, which cannot be stored.`,
      {
        hint: 'Check the amounts and their currency, or import fewer files at a time. Nothing was imported.',
      },
    );
  await duck.run(splitFactsSql(paths.length));
  const bills = await readBills(duck, request);
  const owners = await duck.rows('SELECT DISTINCT file_no, bill_no FROM keyed ORDER BY 1, 2');
  request.onProgress?.({ what: 'adding up', of: 'charges', done: 1 });
  const dropped = `The ${descriptions} different ChargeDescriptions are not kept (more than ${MAX_DESCRIPTIONS}); no rule reads them.`;
  return {
    files: files.map((file, number) => ({
      ...file,
      warnings: [...file.warnings, ...(unreadable.get(number) ?? []), ...(keepDescription ? [] : [dropped])],
      bills: owners.filter(([owner]) => owner === number).map(([, bill]) => Number(bill)),
    })),
    bills,
    completeThrough,
    breakdown: () => duck.beside(exactBreakdown),
    rows: (plan) => stagedRows(duck, plan, paths.length),
    async close() {
      duck.close();
      await rm(workDir, { recursive: true, force: true });
    },
  };
}

async function readBills(duck: Duck, request: StageRequest): Promise<StagedBill[]> {
  const days = await duck.rows(BILL_DAYS);
  return (await duck.rows(BILLS)).map(([no, account, period, firstDay, lastDay, digest]) => ({
    account: String(account),
    periodStart: String(period),
    firstDay: String(firstDay),
    lastDay: String(lastDay),
    digest: `${digest}${request.keepResources ? '-r' : ''}`,
    days: days
      .filter(([bill]) => bill === no)
      .map((row) => ({
        day: String(row[1]),
        currency: String(row[2]),
        rows: Number(row[3]),
        exact: exactAmounts(row, 4),
      })),
  }));
}
