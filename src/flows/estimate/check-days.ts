/** When a day's bill is complete: the estimate that stood in for it beside what was billed, model by model. */
import { createConvert } from '../../analysis/convert.ts';
import { createFindPrice } from '../../analysis/estimate/find-price.ts';
import { priceUsage } from '../../analysis/estimate/price-usage.ts';
import { type Day, eachDay } from '../../core/day.ts';
import { MODEL_TAG } from '../../sources/types.ts';
import {
  billedPerTag,
  daysToCheck,
  type EstimateCheckRow,
  estimatedPerModel,
  type ModelAmount,
  replaceChecks,
} from '../../store/estimates.ts';
import { type DaySpan, readMeterKinds } from '../../store/metered-usage.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { readWatermark } from '../../store/sources.ts';
import type { Context } from '../context.ts';

/** Compares every complete day that was fetched now or never compared, in the caller's transaction. */
export async function checkDays(
  tx: StoreTransaction,
  context: Pick<Context, 'settings' | 'now'>,
  { source, days }: { source: string; days: DaySpan },
): Promise<void> {
  const through = await readWatermark(tx, source);
  if (!through) return;
  const wanted = await daysToCheck(tx, source, { through, again: days });
  const [first, last] = [wanted[0] ?? days.start, wanted.at(-1) ?? days.end];
  const estimated = await estimatedPerModel(tx, source, wanted);
  const billed = await billedPerTag(tx, source, wanted, MODEL_TAG);
  const partly = await partlyPriced(tx, context, source, { start: first, end: last });
  const comparable = estimated.filter(({ day, llmModel }) => !partly.has(keyOf(day, llmModel)));
  const rows = beside(comparable, billed, context);
  // Days of the window that have no estimate any more have nothing to be compared either.
  const checked = [...new Set([...wanted, ...eachDay(days.start, days.end)])];
  await replaceChecks(tx, source, { days: checked, rows, at: new Date(context.now()) });
}

/** Models whose estimate lacks a part of their usage: it says nothing about the prices. */
async function partlyPriced(
  tx: StoreTransaction,
  { settings }: Pick<Context, 'settings'>,
  source: string,
  days: DaySpan,
): Promise<Set<string>> {
  const findPrice = createFindPrice(settings.prices);
  const partly = new Set<string>();
  for (const kind of await readMeterKinds(tx, source, days)) {
    const price = findPrice(kind.provider, kind.model, kind.day);
    if (!price || priceUsage({ ...kind, quantity: 1n }, price) === undefined)
      partly.add(keyOf(kind.day, kind.model));
  }
  return partly;
}

/** Days whose bill names no model at all cannot be compared; a model that such a bill does not name cost nothing. */
function beside(
  estimated: readonly ModelAmount[],
  billed: readonly ModelAmount[],
  { settings }: Pick<Context, 'settings'>,
): EstimateCheckRow[] {
  const convert = createConvert(settings.fx);
  const namedDays = new Set(billed.map(({ day }) => day));
  const sums = new Map<string, EstimateCheckRow>();
  for (const { day, llmModel, currency: from, micros } of estimated) {
    if (!namedDays.has(day)) continue;
    const bills = billed.filter((bill) => bill.day === day && bill.llmModel === llmModel);
    const bill = bills.find((one) => one.currency === from) ?? bills[0];
    const currency = bill?.currency ?? from;
    const amount = convert(micros, from, currency, day);
    if (amount === undefined) continue;
    const key = JSON.stringify([day, llmModel, currency]);
    const estimatedMicros = (sums.get(key)?.estimatedMicros ?? 0n) + amount;
    sums.set(key, { day, llmModel, currency, estimatedMicros, billedMicros: bill?.micros ?? 0n });
  }
  return [...sums.values()];
}

function keyOf(day: Day, model: string): string {
  return JSON.stringify([day, model]);
}
