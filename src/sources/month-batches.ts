/** Batches of a daily cost report with its usage: one per calendar month, the newest first. */
import { addDays, type Day, eachDay, later, startOfMonth } from '../core/day.ts';
import type { Charge, ChargeBatch, FetchRequest, MeteredUsage } from './types.ts';
import { daysOf } from './usage-sums.ts';

export interface DayWindow {
  readonly start: Day;
  readonly end: Day;
}

/** One day of a report. */
export interface DayBucket<Row> {
  readonly day: Day;
  readonly rows: readonly Row[];
}

export interface MeteredMonth {
  /** undefined when it could not be read: it is unknown then, not nothing. */
  readonly usage: readonly MeteredUsage[] | undefined;
  readonly warnings: readonly string[];
}

export interface CostReport<Row> {
  readonly vendor: string;
  /** Said with the newest batch. */
  readonly warnings: readonly string[];
  costs(window: DayWindow): AsyncIterable<readonly DayBucket<Row>[]>;
  charge(day: Day, row: Row): Charge;
  /** Asked before the costs; absent when usage is not wanted. */
  usage?(window: DayWindow): Promise<MeteredMonth>;
}

/** The window cut into calendar months, the newest first. */
export function monthsOf({ start, end }: DayWindow): DayWindow[] {
  const months: DayWindow[] = [];
  for (let last = end; last >= start; ) {
    const first = later(start, startOfMonth(last));
    months.push({ start: first, end: last });
    last = addDays(first, -1);
  }
  return months;
}

/** A batch per month. Days that the report leaves out, or that have usage but no cost, are named in its warnings. */
export async function* monthBatches<Row>(
  request: FetchRequest,
  report: CostReport<Row>,
): AsyncGenerator<ChargeBatch> {
  for (const [index, month] of monthsOf(request.window).entries()) {
    request.signal.throwIfAborted();
    const metered = await report.usage?.(month);
    const warnings = [...(index === 0 ? report.warnings : []), ...(metered?.warnings ?? [])];
    yield { ...batchOf(month, metered?.usage, { request, report }), warnings };
  }
}

function batchOf<Row>(
  days: DayWindow,
  usage: readonly MeteredUsage[] | undefined,
  { request, report }: { readonly request: FetchRequest; readonly report: CostReport<Row> },
): ChargeBatch {
  const [answered, charged] = [new Set<Day>(), new Set<Day>()];
  async function* charges(): AsyncGenerator<readonly Charge[]> {
    for await (const buckets of report.costs(days)) {
      // What was not asked for belongs to another batch.
      const asked = buckets.filter(({ day }) => day >= days.start && day <= days.end);
      for (const { day, rows } of asked) {
        answered.add(day);
        if (rows.length > 0) charged.add(day);
      }
      yield asked.flatMap(({ day, rows }) => rows.map((row) => report.charge(day, row)));
    }
  }
  return {
    kind: 'charges',
    days,
    charges: charges(),
    ...(usage && { usage: () => usage }),
    lateWarnings() {
      const complete = eachDay(days.start, days.end).filter((day) => day <= request.completeThrough);
      const used = daysOf(usage ?? []);
      const unanswered = complete.filter((day) => !answered.has(day));
      const unbilled = complete.filter((day) => answered.has(day) && !charged.has(day) && used.has(day));
      return [
        ...say(
          unanswered,
          (named) => `${report.vendor} says nothing about ${named}: what it cost is unknown.`,
        ),
        ...say(
          unbilled,
          (named) => `${report.vendor} counts usage but no cost yet on ${named}: what it cost is unknown.`,
        ),
      ];
    },
  };
}

const NAMED = 3;

function say(days: readonly Day[], sentence: (named: string) => string): string[] {
  if (days.length === 0) return [];
  const more = days.length - NAMED;
  return [sentence(`${days.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more days` : ''}`)];
}
