/** The last eight weeks by part, and the reported week day by day. Known nothing is zero, unknown is null. */
import { type Table, totalsByDay, totalsByKey } from '../../analysis/tabulate.ts';
import { addDays, type Day, daysBetween, eachDay, earlier } from '../../core/day.ts';
import type { Breakdown } from '../../core/dimension.ts';
import type { ReportWeeks } from '../../view/messages/weekly-report-types.ts';
import type { Label } from '../answer/labels.ts';
import type { ReportDays } from './days.ts';

export const WEEKS = 8;

/** Weeks that began before any source delivered are left out, except the reported one. */
export function reportWeeks(
  table: Table,
  { period, complete, reach }: ReportDays,
  { by, label }: { by: Breakdown; label: Label },
): ReportWeeks {
  const { firstDay } = reach;
  // What a silent source had before may be all that a part has: nothing after that is known to be zero.
  const lackingFrom = reach.lacking.map(({ watermark }) => watermark ?? '').reduce(earlier, period.end);
  const starts = Array.from({ length: WEEKS }, (_, week) =>
    addDays(period.start, 7 * (week + 1 - WEEKS)),
  ).filter((start) => start === period.start || (firstDay !== undefined && firstDay <= start));
  const days = eachDay(period.start, period.end);
  const known = (day: Day) =>
    firstDay !== undefined &&
    day >= firstDay &&
    complete !== undefined &&
    day <= complete.end &&
    day <= lackingFrom;
  const totals = starts.map((start) => totalsByKey(table, start, addDays(start, 6)));
  const keys = [...new Set(totals.flatMap((week) => [...week.keys()]))];
  const parts = keys.map((key) => {
    const byDay = totalsByDay(table, key);
    return {
      label: label(key),
      weeks: totals.map((week, index) =>
        week.has(key) ? (week.get(key) ?? null) : isKnownWeek(starts[index] ?? '') ? 0n : null,
      ),
      days: days.map((day) => (byDay.has(day) ? (byDay.get(day) ?? null) : known(day) ? 0n : null)),
    };
  });
  const all = totalsByDay(table);
  const previousDays = days.map((day) => {
    const before = addDays(day, -7);
    if (all.has(before)) return all.get(before) ?? null;
    return firstDay !== undefined && before >= firstDay ? 0n : null;
  });
  const isWhole = complete !== undefined && daysBetween(complete.end, period.end) === 0;
  return {
    by,
    starts,
    parts,
    previousDays,
    ...(isWhole ? {} : { provisionalFrom: complete ? addDays(complete.end, 1) : period.start }),
  };

  function isKnownWeek(start: Day): boolean {
    if (reach.lacking.length > 0 && addDays(start, 6) > lackingFrom) return false;
    return start < period.start || complete !== undefined;
  }
}
