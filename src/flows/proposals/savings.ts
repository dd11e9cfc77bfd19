/** The ledger of savings: expected when something is stopped, realised as bills come in, ended by an undo. */
import { createConvert } from '../../analysis/convert.ts';
import { addDays, type Day, dayInZone, eachDay, earlier } from '../../core/day.ts';
import { readSources } from '../../store/freshness.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { StoredItem, StoredProposal } from '../../store/proposals.ts';
import { readProposal } from '../../store/proposals.ts';
import { resourceCosts } from '../../store/running-resources.ts';
import { addSaving, endSaving, listSavings, type StoredSaving, saveRealised } from '../../store/savings.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Context } from '../context.ts';

/** Days before single resources are forgotten that are not relied on any more. */
const RESOURCE_SLACK = 3;
/** Longer back nobody asks for. */
const DAYS_KEPT = 400;

/** What was stopped begins to save; what was started again saves no more. In the transaction of the outcome. */
export async function openLedger(
  tx: StoreTransaction,
  { now, settings }: Pick<Context, 'now' | 'settings'>,
  proposal: StoredProposal,
  item: StoredItem,
): Promise<void> {
  const today = dayInZone(now(), settings.timeZone);
  if (proposal.undoOf !== undefined) {
    const undone = await readProposal(tx, proposal.undoOf);
    const original = undone?.items.find(({ resourceId }) => resourceId === item.resourceId);
    if (original) await endSaving(tx, original.id, { endDay: addDays(today, -1), because: 'started again' });
    return;
  }
  // Stopped again although nothing here started it: what was saved before ended when somebody did by hand.
  for (const before of await listSavings(tx, { resourceId: item.resourceId }))
    if (before.endDay === undefined && before.itemId !== item.id)
      await endSaving(tx, before.itemId, { endDay: addDays(today, -1), because: 'stopped again' });
  if (item.savingMicros === undefined || item.costMicros === undefined) return;
  await addSaving(tx, {
    itemId: item.id,
    proposalId: proposal.id,
    scope: proposal.scope,
    ...(proposal.team !== undefined && { team: proposal.team }),
    resourceId: item.resourceId,
    currency: proposal.currency,
    expectedMicros: item.savingMicros,
    baselineMicros: item.costMicros,
    startDay: addDays(today, 1),
  });
}

/**
 * What each resource really cost since: baseline − cost over the days that bills cover completely. Days without a charge
 * cost nothing once the source is complete beyond them. As long as bills name single resources back to the first day,
 * all of it is counted anew (bills are restated); later, only the new days are added. Resolves to how many entries changed.
 */
export async function realiseSavings(context: Context): Promise<number> {
  const { store, settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const marks = new Map((await readSources(store)).map(({ name, watermark }) => [name, watermark]));
  let changed = 0;
  for (const saving of await listSavings(store, { since: addDays(today, -DAYS_KEPT) })) {
    const through = await coveredThrough(store, saving, marks);
    if (!through || through < saving.startDay) continue;
    const named = addDays(today, RESOURCE_SLACK - settings.storage.resourceDays);
    const { realisedThrough, realisedMicros = 0n, startDay } = saving;
    const anew = startDay >= named || realisedThrough === undefined;
    const start = anew ? startDay : addDays(realisedThrough, 1);
    if (start > through || start < named) continue;
    const saved = await savedFrom(context, saving, { start, end: through });
    if (saved === undefined) continue;
    const micros = anew ? saved : realisedMicros + saved;
    if (micros === saving.realisedMicros && through === realisedThrough) continue;
    await store.$transaction(async (tx) => {
      await lockForWriting(tx);
      await saveRealised(tx, saving.itemId, { micros, through });
    });
    changed += 1;
  }
  return changed;
}

/** Undefined when a charge has no rate into the saving's currency. */
async function savedFrom(
  { store, settings }: Context,
  { resourceId, baselineMicros, currency }: StoredSaving,
  span: { readonly start: Day; readonly end: Day },
): Promise<bigint | undefined> {
  const convert = createConvert(settings.fx);
  let saved = baselineMicros * BigInt(eachDay(span.start, span.end).length);
  for (const { day, micros, currency: billed } of await resourceCosts(store, resourceId, span)) {
    const cost = convert(micros, billed, currency, day);
    if (cost === undefined) return undefined;
    saved -= cost;
  }
  return saved;
}

/** Last day that the bill the resource was on is complete for, and not after the saving ended. */
async function coveredThrough(
  store: StoreTransaction,
  { resourceId, startDay, endDay }: StoredSaving,
  marks: ReadonlyMap<string, Day | undefined>,
): Promise<Day | undefined> {
  const known = await resourceCosts(store, resourceId, { start: addDays(startDay, -35), end: startDay });
  const source = known.at(-1)?.source;
  const mark = source === undefined ? undefined : marks.get(source);
  if (mark === undefined) return undefined;
  return endDay === undefined ? mark : earlier(mark, endDay);
}
