/** Answers a cost question from the allocated layer: the figure, its change, why, whose, and how fresh. */

import { changeOf } from '../analysis/change.ts';
import { createConvert } from '../analysis/convert.ts';
import { sumKnown, type Table, tabulate, totalOf, totalsByKey } from '../analysis/tabulate.ts';
import type { AnswerRow, AnswerSource, CostAnswer } from '../core/answer.ts';
import type { CostRow } from '../core/cost.ts';
import { addDays, type Day, earlier, later } from '../core/day.ts';
import type { Basis, Breakdown } from '../core/dimension.ts';
import { comparablePeriods, type Period, previousLabel, previousPeriod } from '../core/period.ts';
import { type CostQuestion, type Subject, subjectScope } from '../core/question.ts';
import { type CostFilter, lastCostDay, readCosts } from '../store/daily-costs.ts';
import { budgetUse } from './answer/budget-use.ts';
import { findDrivers } from './answer/drivers.ts';
import { createLabel, type Label } from './answer/labels.ts';
import { withForecast } from './answer/month-forecast.ts';
import { answerOwner } from './answer/owner.ts';
import { findReach, type Reach } from './answer/reach.ts';
import { resourcesKeptSince } from './answer/resources-kept.ts';
import { composeSeries } from './answer/series.ts';
import { sharedPart } from './answer/shared.ts';
import { answerUnits } from './answer/unit-costs.ts';
import { findWarnings } from './answer/warnings.ts';
import type { Context } from './context.ts';
import { openEstimate } from './estimate/open-estimate.ts';

export async function answerCost(context: Context, question: CostQuestion): Promise<CostAnswer> {
  const { settings, store } = context;
  const currency = question.currency ?? settings.currency;
  const basis = question.basis;
  const convert = createConvert(settings.fx);
  const filter = subjectFilter(question.subject);
  const by = question.by ?? defaultBreakdown(question.subject);
  const reach = await findReach(context, filter, question.period);
  const previous = previousPeriod(question.period, reach.period);
  const compared = comparablePeriods(question.period, reach.period, reach.completeEnd ?? reach.period.end);
  const follows = question.period.kind === 'days' || question.period.kind === 'to-date';

  const end = follows ? later(reach.period.end, reach.today) : reach.period.end;
  const whenever: Period = { start: previous.start, end };
  const readRows = async (
    column: Breakdown | undefined,
    where = filter,
    days = whenever,
  ): Promise<CostRow[]> =>
    readCosts(store, { filter: where, start: days.start, end: days.end, basis, by: column });
  const read = async (column: Breakdown | undefined, where?: CostFilter, days?: Period): Promise<Table> =>
    tabulate(await readRows(column, where, days), currency, convert);
  const main = await readRows(by);
  const table = tabulate(main, currency, convert);
  const leftOut = ({ start, end }: Period) =>
    tabulate(
      main.filter(({ day }) => day >= start && day <= end),
      currency,
      convert,
    ).unconverted;
  const label = await createLabel(context, by);
  const total = totalOf(table, reach.period.start, reach.period.end);
  const comparable = totalOf(table, compared.period.start, compared.period.end);
  const hasBefore = reach.firstDay !== undefined && reach.firstDay <= compared.previous.start;
  const knowsBefore = hasBefore && leftOut(compared.previous).size === 0;
  // A part of the cost beside all of it is no comparison.
  const whole = reach.completeEnd !== undefined && reach.lacking.length === 0;
  const alike = knowsBefore && whole && leftOut(compared.period).size === 0;
  const keptSince = by === 'resource' ? await resourcesKeptSince(context, reach) : undefined;
  const partsAlike = keptSince === undefined || keptSince <= compared.previous.start;
  const rows = composeRows(table, reach, compared, { knowsBefore: knowsBefore && partsAlike, alike, label });
  const previousTotal = knowsBefore
    ? (totalOf(table, compared.previous.start, compared.previous.end) ?? 0n)
    : null;
  const { change, ratio } = changeOf(alike ? comparable : null, previousTotal);
  const scope = subjectScope(question.subject);
  const isOrg = scope.kind === 'org' && question.subject.kind === 'all';
  const org = isOrg ? table : await read(undefined, {}, reach.period);
  const orgLeftOut = isOrg ? leftOut(reach.period) : org.unconverted;
  const orgTotal = orgLeftOut.size > 0 ? null : totalOf(org, reach.period.start, reach.period.end);
  const units = await answerUnits(context, {
    subject: question.subject,
    filter,
    by,
    currency,
    basis,
    reach,
    compared,
    convert,
  });
  const byCategory = by === 'category' ? table : await read('category', filter, reach.period);
  const categories = totalsByKey(byCategory, reach.period.start, reach.period.end);

  return {
    question,
    today: reach.today,
    by,
    currency,
    basis,
    period: reach.period,
    previous,
    previousLabel: previousLabel(question.period, reach.period),
    compared: samePeriod(compared.period, reach.period) ? undefined : compared,
    total,
    previousTotal,
    change,
    changeRatio: ratio,
    share: shareOf(total, orgTotal),
    rows: rows.map((row) => ({ ...row, unitCost: units.byRow.get(row.key) })),
    categories: [...categories].flatMap(([key, cost]) => (key && cost !== null ? [{ key, cost }] : [])),
    drivers:
      !alike || !partsAlike
        ? []
        : await findDrivers(context, question.subject, { by, table, read, compared }),
    series: composeSeries(table, reach, compared.previous, label),
    arriving: arrivingAfter(table, reach),
    owner: await answerOwner(context, question.subject),
    budget:
      isOrg || scope.kind !== 'org'
        ? await withForecast(
            context,
            await budgetUse(context, { scope, filter, today: reach.today, currency, basis }),
            { scope, filter, period: question.period },
          )
        : undefined,
    sources: reach.sources.map(
      (source): AnswerSource => ({
        name: source.name,
        watermark: source.watermark,
        firstDay: source.firstDay,
        stale: reach.stale.includes(source),
        lacking: reach.lacking.includes(source),
        error: source.lastError,
      }),
    ),
    watermark: completeUntil(reach),
    lastCostDay: total === null ? await lastCostDay(store, filter, reach.period.start) : undefined,
    unconverted: [...leftOut(reach.period)].map(([from, micros]) => ({ currency: from, micros })),
    allocated:
      isOrg || scope.kind === 'team'
        ? await allocatedShare(context, filter, { period: reach.period, basis, currency })
        : undefined,
    unitCosts: units.unitCosts,
    shared: await sharedPart(context, {
      subject: question.subject,
      filter,
      by,
      basis,
      currency,
      period: reach.period,
      total,
    }),
    estimate: await openEstimate(context, { filter, start: reach.period.start, end, currency, convert }),
    warnings: await findWarnings(context, {
      reach,
      previous: compared.previous,
      table,
      basis,
      hasBefore: hasBefore || total === null,
      keptSince: partsAlike ? undefined : keptSince,
      unconverted: { now: [...leftOut(reach.period).keys()], before: [...leftOut(compared.previous).keys()] },
    }),
  };
}

export function subjectFilter(subject: Subject): CostFilter {
  if (subject.kind === 'all') return {};
  if (subject.kind === 'unallocated') return { [subject.of]: null };
  if (subject.kind === 'model' && subject.stage) return { model: subject.name, stage: subject.stage };
  return { [subject.kind]: subject.name };
}

export function defaultBreakdown(subject: Subject): Breakdown {
  switch (subject.kind) {
    case 'all':
      return subject.of;
    case 'model':
      return subject.stage ? 'service' : 'stage';
    case 'unallocated':
      return 'service';
    case 'team':
    case 'service':
    case 'feature':
      return 'model';
  }
}

function composeRows(
  table: Table,
  reach: Reach,
  compared: { period: Period; previous: Period },
  { knowsBefore, alike, label }: { knowsBefore: boolean; alike: boolean; label: Label },
): AnswerRow[] {
  const cost = totalsByKey(table, reach.period.start, reach.period.end);
  const now = totalsByKey(table, compared.period.start, compared.period.end);
  const before = totalsByKey(table, compared.previous.start, compared.previous.end);
  const total = sumKnown(cost.values());
  return [...new Set([...cost.keys(), ...before.keys()])]
    .map((key): AnswerRow => {
      const previousCost = knowsBefore ? (before.get(key) ?? 0n) : null;
      const { change, ratio } = changeOf(alike ? (now.get(key) ?? 0n) : null, previousCost);
      // Nothing is no zero while a source is silent: it may be all that this part has.
      const amount = cost.has(key) ? (cost.get(key) ?? null) : reach.lacking.length > 0 ? null : 0n;
      return {
        key,
        label: label(key),
        cost: amount,
        previousCost,
        change,
        changeRatio: ratio,
        share: shareOf(amount, total),
      };
    })
    .sort((a, b) => compareAmounts(sizeOf(b.cost), sizeOf(a.cost)) || a.label.localeCompare(b.label));
}

function arrivingAfter(table: Table, reach: Reach): CostAnswer['arriving'] {
  const start = addDays(reach.period.end, 1);
  const last = table.cells.reduce<Day>((day, cell) => (cell.day > day ? cell.day : day), '');
  if (last < start) return undefined;
  return { period: { start, end: last }, cost: totalOf(table, start, last) };
}

/** Share of the cost that has a model; credits do not count against it. */
async function allocatedShare(
  context: Context,
  filter: CostFilter,
  { period, basis, currency }: AllocatedQuestion,
) {
  const query = { filter, basis, ...period, by: 'model', positiveOnly: true } as const;
  const table = tabulate(await readCosts(context.store, query), currency, createConvert(context.settings.fx));
  const sums = totalsByKey(table, period.start, period.end);
  const all = sumKnown(sums.values()) ?? 0n;
  return all > 0n ? Number(all - (sums.get(null) ?? 0n)) / Number(all) : undefined;
}

interface AllocatedQuestion {
  readonly period: Period;
  readonly basis: Basis;
  readonly currency: string;
}

function completeUntil(reach: Reach): Day | undefined {
  const watermarks = reach.sources.flatMap((source) => source.watermark ?? []);
  return watermarks.length > 0 ? watermarks.reduce(earlier) : undefined;
}

function shareOf(part: bigint | null, whole: bigint | null): number | null {
  return part === null || whole === null || whole <= 0n ? null : Number(part) / Number(whole);
}

/** A large credit matters as much as a large cost. */
function sizeOf(micros: bigint | null): bigint | null {
  return micros !== null && micros < 0n ? -micros : micros;
}

function compareAmounts(a: bigint | null, b: bigint | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function samePeriod(a: Period, b: Period): boolean {
  return a.start === b.start && a.end === b.end;
}
