/** The one transaction of an import: everything is written, or nothing. */

import { rulesNeedResources } from '../../analysis/allocate/needs.ts';
import { actorKey } from '../../core/actor.ts';
import { addDays, type Day, earlier, later, msToDay } from '../../core/day.ts';
import type { StagedCharges } from '../../sources/types.ts';
import { FACTS_PER_CHUNK } from '../../sources/types.ts';
import { appendAudit } from '../../store/audit.ts';
import {
  addBillDays,
  type BillDayRow,
  deleteBill,
  deleteBillDays,
  exactDays,
  newestDay,
  otherSources,
  readBillDays,
  saveBill,
} from '../../store/bills.ts';
import { addFacts, addToDictionary, collapseResources, deleteFacts, sumFacts } from '../../store/facts.ts';
import { addQuarantinedRows, finishBatch, startBatch } from '../../store/import-batches.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { addRestatements } from '../../store/polled.ts';
import { readWatermark, saveSource } from '../../store/sources.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Context } from '../context.ts';
import { movedDays, shrunkBill, toRestated, vanishedDays } from './moved.ts';
import type { BillPlan } from './plan.ts';
import { movedAfter, planAll, refuseLoss } from './polled.ts';
import { reconcileDays, settleDays } from './reconcile.ts';
import { targetsOf } from './sums.ts';
import type { ImportParts, ImportRequest, MovedDay, ReconciliationDifference } from './types.ts';

export interface Written {
  readonly plans: readonly BillPlan[];
  /** Store id of each staged bill. */
  readonly billIds: readonly number[];
  /** Facts deleted per staged bill. */
  readonly replaced: readonly number[];
  readonly factsPerFile: readonly number[];
  readonly moved: readonly MovedDay[];
  readonly watermark: Day | undefined;
  readonly reconciled: { readonly days: number; readonly differences: readonly ReconciliationDifference[] };
  readonly warnings: readonly string[];
}

export async function writeImport(
  tx: StoreTransaction,
  context: Context,
  parts: ImportParts,
  request: ImportRequest,
  staged: StagedCharges,
): Promise<Written> {
  const source = request.source ?? 'focus';
  const startedAt = new Date(context.now());
  await lockForWriting(tx);
  const { plans, lost } = await planAll(tx, source, request, staged);
  const writing = plans.filter((plan) => plan.outcome !== 'unchanged');
  const completeBefore = await readWatermark(tx, source);
  const warnings = await doubleCounting(tx, source, staged);
  const watermark = await watermarkAfter(tx, context, request, source, staged, writing.length > 0);
  const none = {
    plans,
    replaced: plans.map(() => 0),
    factsPerFile: staged.files.map(() => 0),
    moved: [],
    watermark,
  };
  const kind = request.poll?.kind ?? parts.source.id;
  if (writing.length === 0 && lost.length === 0) {
    if (request.completeUntil || request.poll)
      await saveSource(tx, { name: source, kind, watermark, at: startedAt });
    await request.poll?.beside(tx, { moved: [] });
    return {
      ...none,
      billIds: plans.map((plan) => plan.stored?.id ?? 0),
      reconciled: { days: 0, differences: [] },
      warnings,
    };
  }

  const batchId = await startBatch(tx, { source, actor: actorKey(request.actor), startedAt });
  const billIds: number[] = [];
  const replaced: number[] = [];
  const moved: MovedDay[] = [];
  const touched = new Set<Day>();
  const had: BillDayRow[] = [];
  for (const plan of plans) {
    const before = await clearReplaced(tx, plan);
    replaced.push(before.facts);
    had.push(...before.days);
    if (plan.outcome === 'replaced' || (request.poll && plan.outcome === 'new'))
      moved.push(...movedDays(plan.bill, before.days));
    if (plan.outcome === 'replaced' && !request.poll?.days)
      warnings.push(...vanishedDays(plan.bill, before.days), ...shrunkBill(plan.bill, before.days));
    for (const row of before.days) touched.add(row.day);
    if (plan.outcome === 'unchanged') billIds.push(plan.stored?.id ?? 0);
    else billIds.push(await saveBill(tx, { source, ...plan.bill, parts: plan.parts, batchId }));
  }

  for (const bill of lost) {
    const before = await clearReplaced(tx, bill);
    moved.push(...movedDays({ ...bill.stored, days: [] }, before.days));
    had.push(...before.days);
    for (const row of before.days) touched.add(row.day);
    if (bill.parts.length === 0) await deleteBill(tx, bill.stored.id);
    else await saveBill(tx, { source, ...bill.stored, parts: bill.parts, batchId });
  }
  refuseLoss(request, staged, had, completeBefore);

  const added = writing.flatMap((plan) => plan.bill.days);
  const newDays = [...new Set(added.map((row) => row.day))];
  for (const day of newDays) touched.add(day);
  const targets = targetsOf(added, await exactDays(tx, source, newDays), await sumFacts(tx, source, newDays));
  const resourcesFrom = await keepResourcesFrom(tx, context, source, staged);
  const rows = await staged.rows({
    bills: writing.map(({ index }) => ({ index, billId: billIds[index] ?? 0 })),
    targets,
    resourcesFrom,
  });
  for await (const chunk of rows.focusKeys) await addToDictionary(tx, 'FocusKey', chunk);
  for await (const chunk of rows.tagSets) await addToDictionary(tx, 'TagSet', chunk);
  for await (const chunk of rows.resources) await addToDictionary(tx, 'Resource', chunk);
  let done = 0;
  for await (const chunk of rows.facts) {
    await addFacts(tx, source, chunk);
    done = Math.min(rows.factCount, done + FACTS_PER_CHUNK);
    request.onProgress?.({ what: 'writing', of: 'facts', done: done / rows.factCount });
  }
  for (const { index, bill } of writing) await addBillDays(tx, billIds[index] ?? 0, bill.days);

  for (const day of await collapseResources(tx, source, resourcesFrom)) touched.add(day);
  const days = [...touched].sort();
  const settled = await settleDays(tx, source, days);
  await parts.allocate(tx, context, { days });
  const reconciled = await reconcileDays(tx, source, days, settled, context.now());
  await saveSource(tx, { name: source, kind, watermark, at: new Date(context.now()) });

  const files = staged.files.map(({ path, sha256, format, focusVersion, rowsRead, quarantinedCount }) => ({
    path: request.poll?.origin ?? path,
    sha256,
    format,
    focusVersion,
    rowsRead,
    quarantined: quarantinedCount,
  }));
  const batch = {
    rowsRead: sum(staged.files.map((file) => file.rowsRead)),
    rowsQuarantined: sum(staged.files.map((file) => file.quarantinedCount)),
    factsWritten: rows.factCount,
    factsReplaced: sum(replaced),
  };
  await finishBatch(tx, batchId, {
    ...batch,
    finishedAt: new Date(context.now()),
    files: JSON.stringify(files),
    moved: JSON.stringify(moved),
  });
  for (const file of staged.files) await addQuarantinedRows(tx, batchId, file.path, file.quarantined);
  const restated = movedAfter(moved, completeBefore);
  if (request.poll) await request.poll.beside(tx, { moved: restated });
  else await addRestatements(tx, source, restated.map(toRestated), startedAt);
  // A poll by itself is no deed of a person: its batch is record enough.
  if (!request.poll || request.actor.kind !== 'system')
    await appendAudit(tx, {
      at: startedAt,
      actor: actorKey(request.actor),
      action: request.poll ? 'poll' : 'import.focus',
      subject: `source:${source}`,
      after: JSON.stringify({
        batch: batchId,
        files: files.map(({ path, sha256 }) => ({ path, sha256 })),
        ...batch,
      }),
    });
  return { ...none, billIds, replaced, factsPerFile: rows.factsPerFile, moved, reconciled, warnings };
}

/** Deletes what gives way and returns what it was. */
async function clearReplaced(
  tx: StoreTransaction,
  { stored, replaced }: Pick<BillPlan, 'stored' | 'replaced'>,
): Promise<{ facts: number; days: BillDayRow[] }> {
  const days: BillDayRow[] = [];
  let facts = 0;
  for (const part of stored ? replaced : []) {
    const id = stored?.id ?? 0;
    days.push(...(await readBillDays(tx, id, part.firstDay, part.lastDay)));
    facts += await deleteFacts(tx, id, part.firstDay, part.lastDay);
    await deleteBillDays(tx, id, part.firstDay, part.lastDay);
  }
  return { facts, days };
}

async function watermarkAfter(
  tx: StoreTransaction,
  context: Context,
  request: ImportRequest,
  source: string,
  staged: StagedCharges,
  writing: boolean,
): Promise<Day | undefined> {
  const before = await readWatermark(tx, source);
  // Days that were complete once stay so: a poll of history does not take them back.
  if (request.poll)
    return request.completeUntil && before
      ? later(before, request.completeUntil)
      : (request.completeUntil ?? before);
  if (request.completeUntil) return request.completeUntil;
  if (!writing || !staged.completeThrough) return before;
  const yesterday = addDays(msToDay(context.now()), -1);
  const reached = earlier(staged.completeThrough, yesterday);
  return before === undefined ? reached : later(before, reached);
}

/** First day whose resources are kept: the newest days of the source's data, not counting charges of the future. */
async function keepResourcesFrom(
  tx: StoreTransaction,
  context: Context,
  source: string,
  staged: StagedCharges,
): Promise<Day> {
  if (rulesNeedResources(context.settings)) return '0001-01-01';
  const known = await newestDay(tx, source);
  const newest = staged.bills.map((bill) => bill.lastDay).reduce(later, known ?? '0001-01-01');
  return addDays(earlier(newest, msToDay(context.now())), 1 - context.settings.storage.resourceDays);
}

async function doubleCounting(
  tx: StoreTransaction,
  source: string,
  staged: StagedCharges,
): Promise<string[]> {
  const others = await otherSources(tx, source, staged.bills);
  return others
    .slice(0, 10)
    .map(
      (other) =>
        `Source "${other.source}" already holds account ${other.account} for ${other.periodStart.slice(0, 7)}: that money is counted twice. Import it under one source only.`,
    );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
