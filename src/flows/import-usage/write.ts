/** The one transaction of a usage import: everything is written, or nothing. */
import { actorKey } from '../../core/actor.ts';
import { addDays, type Day, earlier, later, msToDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { UsageMetric } from '../../core/usage.ts';
import { appendAudit } from '../../store/audit.ts';
import { addQuarantinedRows, finishBatch, startBatch } from '../../store/import-batches.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { readWatermark, saveSource } from '../../store/sources.ts';
import { addUsage, deleteUsage, sumStoredUsage, USAGE_KIND, usageHeldTwice } from '../../store/usage.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { QuarantinedUsage, StagedUsage } from '../../usage/types.ts';
import type { Context } from '../context.ts';
import { affectedUsageDays } from './affected-days.ts';
import { createFoldRows } from './fold-rows.ts';
import { createTotals } from './totals.ts';
import {
  type ImportedUsageFile,
  MAX_QUARANTINED,
  type UsageImportParts,
  type UsageImportRequest,
  type UsageImportResult,
} from './types.ts';

export async function writeUsage(
  tx: StoreTransaction,
  context: Context,
  parts: UsageImportParts,
  request: UsageImportRequest & { readonly source: string },
  staged: StagedUsage,
): Promise<UsageImportResult> {
  const { source } = request;
  const startedAt = new Date(context.now());
  await lockForWriting(tx);
  const batchId = await startBatch(tx, { source, actor: actorKey(request.actor), startedAt });

  const fold = createFoldRows(context.settings);
  const totals = createTotals();
  const files = staged.files.map((file) => ({ ...file, rowsRead: 0, quarantinedCount: 0 }));
  const quarantined: QuarantinedUsage[][] = files.map(() => []);
  const cleared = new Set<string>();
  let replaced = 0;
  let factsWritten = 0;
  const write = async (rows: Parameters<typeof addUsage>[2]) => {
    const fresh = rows.filter(({ metric, day }) => !cleared.has(`${metric} ${day}`));
    const pairs = new Map(fresh.map(({ metric, day }) => [`${metric} ${day}`, { metric, day }]));
    if (pairs.size > 0) replaced += await deleteUsage(tx, source, [...pairs.values()]);
    for (const pair of pairs.keys()) cleared.add(pair);
    await addUsage(tx, source, rows);
    factsWritten += rows.length;
  };
  for await (const batch of staged.read()) {
    const file = files[batch.file];
    const bad = quarantined[batch.file];
    if (!file || !bad) throw new AppError('INTERNAL', 'A staged file is missing.');
    file.rowsRead += batch.rowsRead;
    file.quarantinedCount += batch.quarantined.length;
    bad.push(...batch.quarantined.slice(0, MAX_QUARANTINED - bad.length));
    totals.add(batch.rows);
    await write(fold.add(batch.rows));
  }
  await write(fold.rest());
  const imported = files.map((file, index) => ({ ...file, quarantined: quarantined[index] ?? [] }));
  refuseEmpty(imported);

  const pairs = totals.pairs();
  const sums = totals.beside(await sumStoredUsage(tx, source, pairs));
  const watermark = await watermarkAfter(tx, source, context.now(), pairs);
  await saveSource(tx, { name: source, kind: USAGE_KIND, watermark, at: startedAt });
  const days = affectedUsageDays(context.settings, pairs);
  if (days.length > 0) await parts.allocate(tx, context, { days });

  const batch = {
    rowsRead: files.reduce((sum, file) => sum + file.rowsRead, 0),
    rowsQuarantined: files.reduce((sum, file) => sum + file.quarantinedCount, 0),
    factsWritten,
    factsReplaced: replaced,
  };
  const read = imported.map(({ path, sha256, format, rowsRead, quarantinedCount }) => ({
    path,
    sha256,
    format,
    rowsRead,
    quarantined: quarantinedCount,
  }));
  const finishedAt = new Date(context.now());
  await finishBatch(tx, batchId, { ...batch, finishedAt, files: JSON.stringify(read), moved: '[]' });
  for (const file of imported) await addQuarantinedRows(tx, batchId, file.path, file.quarantined);
  await appendAudit(tx, {
    at: startedAt,
    actor: actorKey(request.actor),
    action: 'import.usage',
    subject: `source:${source}`,
    after: JSON.stringify({
      batch: batchId,
      files: read.map(({ path, sha256 }) => ({ path, sha256 })),
      ...batch,
    }),
  });
  return {
    source,
    files: imported,
    totals: sums,
    factsWritten,
    replaced,
    watermark,
    affectedUsageDays: days,
    warnings: twiceWarnings(source, await usageHeldTwice(tx, source, pairs)),
  };
}

/** Two sources may each know a part of the usage; the same export under two names counts twice. */
function twiceWarnings(source: string, others: Awaited<ReturnType<typeof usageHeldTwice>>): string[] {
  return others.map(
    (other) =>
      `Source "${other.source}" holds usage of the same names and metrics on ${other.days === 1 ? '1 of these days' : `${other.days} of these days`}: what it says and what "${source}" says is added up.`,
  );
}

/** Files without one good row would only say that something was imported. */
function refuseEmpty(files: readonly ImportedUsageFile[]): void {
  for (const { path, rowsRead, quarantinedCount, quarantined } of files) {
    if (rowsRead === 0)
      throw new AppError('INVALID', `${path} has a header and no rows.`, { hint: 'Nothing was imported.' });
    const [first] = quarantined;
    if (rowsRead === quarantinedCount && first)
      throw new AppError('INVALID', `No row of ${path} can be read. Line ${first.line}: ${first.reason}.`, {
        hint: 'Nothing was imported.',
      });
  }
}

/** The newest day that is over; it never goes back. */
async function watermarkAfter(
  tx: StoreTransaction,
  source: string,
  now: number,
  pairs: readonly { readonly metric: UsageMetric; readonly day: Day }[],
): Promise<Day> {
  const newest = pairs.map(({ day }) => day).reduce(later);
  const reached = earlier(newest, addDays(msToDay(now), -1));
  return later(reached, (await readWatermark(tx, source)) ?? reached);
}
