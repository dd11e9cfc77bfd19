/** Why a cost changed: what carries the change, whether usage moved too, what was changed nearby, in words with numbers. */
import { causeOf } from '../analysis/explain/cause.ts';
import type { Comparison } from '../analysis/explain/types.ts';
import { usualDays, wholePeriods } from '../analysis/explain/usual-days.ts';
import type { Explanation, FoundAnomaly } from '../core/anomaly.ts';
import { addDays, type Day, dayInZone, eachDay } from '../core/day.ts';
import type { Period } from '../core/period.ts';
import { pathFilter } from '../core/scope-path.ts';
import { dayOfStamp, type Grain, indexOfStamp, stampAt } from '../core/series.ts';
import type { CostFilter } from '../store/daily-costs.ts';
import { explainInWords } from '../view/messages/anomaly-explanation-sentence.ts';
import type { Context } from './context.ts';
import { shownContributions } from './explain/contributions.ts';
import { composeFigures } from './explain/figures.ts';
import { type Narrowed, narrowDown } from './explain/narrow-down.ts';
import { type ChangeRequest, readChange } from './explain/read-change.ts';
import { readMetered } from './explain/read-metered.ts';
import { readUsageAround, type UsageAround } from './explain/read-usage.ts';
import { tokenSplit, unitSplit } from './explain/split.ts';
import { composeStory } from './explain/story.ts';
import { nearbyChanges, providerFindings } from './explain/surroundings.ts';
import { whatIsUnknown } from './explain/unknown.ts';

const WEEKS_BEFORE = 4;

/** Explains an anomaly against the same weekdays of the four weeks before it. */
export async function explainAnomaly(context: Context, found: FoundAnomaly): Promise<Explanation> {
  const { grain, firstStamp, lastStamp, path, currency } = found;
  const first = dayOfStamp(firstStamp);
  const last = dayOfStamp(lastStamp);
  const start = addDays(first, -7 * WEEKS_BEFORE);
  const during = stampsBetween(grain, firstStamp, lastStamp);
  return explain(context, {
    filter: pathFilter(path),
    currency,
    grain,
    during,
    start,
    end: last,
    before: { start, end: addDays(first, -1) },
    compare: (totals, knownFrom) => usualDays(during, totals, knownFrom),
    judgedThrough: dayOfStamp(found.judgedThrough),
  });
}

/** Explains how one stretch of days differs from another before it, of a scope's direct usage. */
export async function explainChange(
  context: Context,
  change: {
    readonly filter: CostFilter;
    readonly currency: string;
    readonly period: Period;
    readonly previous: Period;
  },
): Promise<Explanation> {
  const { filter, currency, period, previous } = change;
  const during = eachDay(period.start, period.end);
  return explain(context, {
    filter,
    currency,
    grain: 'day',
    during,
    start: previous.start,
    end: period.end,
    before: previous,
    compare: (): Comparison => wholePeriods(during, eachDay(previous.start, previous.end)),
    judgedThrough: period.end,
  });
}

interface Explained extends ChangeRequest {
  readonly before: Period;
  readonly judgedThrough: Day;
}

async function explain(context: Context, request: Explained): Promise<Explanation> {
  const { filter, currency, during, end, before, judgedThrough, grain } = request;
  const first = dayOfStamp(during[0] ?? end);
  const today = dayInZone(context.now(), context.settings.timeZone);
  const change = await readChange(context, request);
  const figures = await composeFigures(context, change);
  const narrow = await narrowDown(context, request, { change, figures });
  const usage = await usageOf(context, request, narrow);
  const metered = await readMetered(context, { ...request, filter: narrow.filter }, narrow.change.comparison);
  const tokens = tokenSplit(narrow.change, narrow.figures, usage.own, metered);
  const days = { first, last: end };
  const told = await composeStory(context, {
    ...{ ...narrow, ...days, currency, usage, judgedThrough },
    ...(tokens && { split: tokens.split, swap: tokens.swap }),
  });
  const cause = causeOf(told);
  const split = tokens?.split ?? (isByUse(cause) ? unitSplit(narrow.figures, usage.own) : undefined);
  const story = { ...told, ...(split && { split }) };
  const changes = await nearbyChanges(context, narrow.filter, days);
  const services = [story.service?.label, story.resource?.service, filter.service].flatMap(
    (name) => name ?? [],
  );
  const evidence = await providerFindings(context, services, days);
  const { resource } = story;
  return {
    cause,
    sentence: explainInWords({
      story,
      cause,
      changes,
      today,
      ...(narrow.within && { within: narrow.within }),
    }),
    during: { start: first, end },
    before,
    currency,
    changeMicros: figures.actualMicros - figures.expectedMicros,
    actualMicros: figures.actualMicros,
    ...(change.comparison.usualWeight > 0n && { expectedMicros: figures.expectedMicros }),
    contributions: shownContributions(figures, filter),
    ...(split && { split }),
    usage: [...usage.own, ...usage.beside],
    changes,
    ...(evidence.length > 0 && { evidence }),
    ...(resource?.firstSeen && { firstResource: { name: resource.label, firstSeen: resource.firstSeen } }),
    unknown: whatIsUnknown({
      ...{ change, figures, usage, grain, first, today },
      blended: tokens?.blended ?? [],
      resourceDays: context.settings.storage.resourceDays,
    }),
  };
}

async function usageOf(
  context: Context,
  { start, end, grain }: Explained,
  { filter, change }: Narrowed,
): Promise<UsageAround> {
  // Usage is counted by day.
  if (grain === 'hour') return { own: [], beside: [] };
  const { stage, model } = filter;
  return readUsageAround(context, {
    filter: usageFilter(filter, model),
    ...(stage && { stage }),
    start,
    end,
    comparison: change.comparison,
    providers: change.columns.get('provider') ?? [],
    services: change.columns.get('service') ?? [],
  });
}

/** Usage that does not name a model belongs to no model; a model's usage is its own whatever its team. */
function usageFilter(filter: CostFilter, model: string | null | undefined) {
  if (typeof model === 'string') return { model };
  const { team, environment, feature } = filter;
  return {
    ...(team !== undefined && { team }),
    ...(environment !== undefined && { environment }),
    ...(feature !== undefined && { feature }),
  };
}

function isByUse(cause: Explanation['cause']): boolean {
  return cause === 'traffic' || cause === 'efficiency' || cause === 'price' || cause === 'mix';
}

function stampsBetween(grain: Grain, first: string, last: string): string[] {
  const count = indexOfStamp({ grain, start: first }, last) + 1;
  return Array.from({ length: Math.max(1, count) }, (_, index) => stampAt({ grain, start: first }, index));
}
