/** From the figures around a change to what is known of it: the parts that carry it, and what they are. */

import { isSteady, runsOf, usualRun } from '../../analysis/explain/runs.ts';
import { meansOf, sidesByKey } from '../../analysis/explain/sides.ts';
import { isEgress, parseSku, skuLabel } from '../../analysis/explain/sku.ts';
import { swapOf } from '../../analysis/explain/swap.ts';
import type { Contribution, PriceVolumeMix } from '../../core/anomaly.ts';
import type { ChangeStory, StoryPart, StoryResource, StorySwap } from '../../core/change-story.ts';
import { addDays, type Day, daysBetween, earlier } from '../../core/day.ts';
import { dayOfStamp } from '../../core/series.ts';
import { readResourceFacts } from '../../store/change-resources.ts';
import { type CostFilter, lastCostDay } from '../../store/daily-costs.ts';
import { shortResource } from '../../view/format.ts';
import type { Context } from '../context.ts';
import { carrier, type Figures } from './figures.ts';
import type { ReadChange } from './read-change.ts';
import type { UsageAround } from './read-usage.ts';

/** One value carries a change when it is at least this share of it. */
const CARRIES = 0.6;

export async function composeStory(
  context: Context,
  parts: {
    readonly filter: CostFilter;
    readonly currency: string;
    readonly change: ReadChange;
    readonly figures: Figures;
    readonly usage: UsageAround;
    readonly split?: PriceVolumeMix;
    /** Of language models, where the change is about tokens. */
    readonly swap?: StorySwap;
    readonly first: Day;
    readonly last: Day;
    readonly judgedThrough: Day;
  },
): Promise<ChangeStory> {
  const { change, figures, filter, usage, split, swap, currency, first, last } = parts;
  const resource = await carryingResource(context, parts);
  const column = (['model', 'team', 'stage', 'modelVersion'] as const).find(
    (one) => !(one in filter) && carrier(figures, one, CARRIES),
  );
  const place = column && partOf(carrier(figures, column, CARRIES));
  const skus = figures.byColumn.get('sku') ?? [];
  // A job that runs once a month cost nothing on the days compared, and is nothing new.
  const lastCost =
    figures.expectedMicros <= 0n && change.comparison.usualWeight > 0n
      ? await lastCostDay(context.store, filter, beganOn(change, first))
      : undefined;
  return {
    currency,
    actualMicros: figures.actualMicros,
    expectedMicros: figures.expectedMicros,
    ...(change.comparison.usualWeight === 0n && { unknownBefore: true }),
    ...(lastCost !== undefined && { lastCost }),
    first,
    last,
    over: parts.judgedThrough > last,
    ...(filter.stage && { stage: filter.stage }),
    ...(filter.model && { model: filter.model }),
    ...(filter.environment && { environment: filter.environment }),
    ...(resource && { resource }),
    ...named('sku', partOf(carrier(figures, 'sku', CARRIES))),
    ...named('service', partOf(carrier(figures, 'service', CARRIES))),
    ...named('region', partOf(carrier(figures, 'region', CARRIES))),
    ...(column && place && { place: { ...place, column } }),
    egressShare: egressShare(change, figures),
    ...named('swap', swap ?? swapOf(skus)),
    ...(split && { split }),
    usage: usage.own,
    beside: usage.beside,
  };
}

/** The first of the days in a row with cost that lead to the change: it may be found some days after it began. */
function beganOn({ columns }: ReadChange, first: Day): Day {
  const days = new Set((columns.get('service') ?? []).map(({ day }) => dayOfStamp(day)));
  let began = first;
  while (days.has(addDays(began, -1))) began = addDays(began, -1);
  return began;
}

function named<K extends string, V>(name: K, value: V | undefined): { readonly [N in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in K]?: V });
}

function partOf(contribution: Contribution | undefined): StoryPart | undefined {
  if (!contribution) return undefined;
  const { label, share, actualMicros, expectedMicros } = contribution;
  const ratio = expectedMicros > 0n ? Number(actualMicros) / Number(expectedMicros) - 1 : null;
  return { label, share, ratio };
}

async function carryingResource(
  context: Context,
  { figures, change, first, last }: { figures: Figures; change: ReadChange; first: Day; last: Day },
): Promise<StoryResource | undefined> {
  const found = carrier(figures, 'resource', CARRIES);
  const part = partOf(found);
  const run = found?.key ? runsOf(change.resources).get(found.key) : undefined;
  if (!found?.key || !part || !run) return undefined;
  const [facts] = await readResourceFacts(context.store, [found.key], { start: first, end: last });
  const usual = usualRun(runsOf(change.resources), found.key, change.resourcesSince);
  const sku = facts && skuLabel(parseSku(facts.sku));
  return {
    ...part,
    label: facts?.title ?? shortResource(found.key),
    ...(found.firstSeen !== undefined && { firstSeen: found.firstSeen }),
    lastSeen: earlier(run.last, last),
    days: daysBetween(run.first, earlier(run.last, last)) + 1,
    ...(usual !== undefined && { usualDays: usual }),
    running: run.last >= last,
    steady: isSteady(change.resources, found.key, last),
    ...(facts && { service: facts.service }),
    ...(facts?.region && { region: facts.region }),
    ...(facts?.environment && { environment: facts.environment }),
    ...(facts?.stage && { stage: facts.stage }),
    ...(sku && { sku }),
  };
}

/** Share of the change that is data on its way out, by SKU. */
function egressShare({ skus, comparison }: ReadChange, { actualMicros, expectedMicros }: Figures): number {
  const change = Number(actualMicros - expectedMicros);
  let moved = 0;
  for (const [key, sides] of sidesByKey(skus, comparison)) {
    if (!isEgress(parseSku(key))) continue;
    const means = meansOf(sides, comparison);
    moved += Number(means.actualMicros - means.expectedMicros);
  }
  return change === 0 ? 0 : moved / change;
}
