/** The daily picture of an answer. Known nothing is zero, unknown is null. */

import { type Table, totalsByDay, totalsByKey } from '../../analysis/tabulate.ts';
import type { AnswerSeries } from '../../core/answer.ts';
import { addDays, type Day, eachDay, earlier } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import type { Label } from './labels.ts';
import type { Reach } from './reach.ts';

/** Daily parts of the period (and the incomplete days after it), with the days it is compared with beside them. */
export function composeSeries(table: Table, reach: Reach, previous: Period, label: Label): AnswerSeries {
  const { period, completeEnd, firstDay, today } = reach;
  const lastKnown = table.cells.reduce<Day>((last, cell) => (cell.day > last ? cell.day : last), period.end);
  const last = lastKnown > period.end ? earlier(lastKnown, today) : period.end;
  // Days after today have not happened: they are neither known nor arriving.
  const end = period.start <= today ? earlier(last, today) : last;
  const days = eachDay(period.start, end);
  const known = (day: Day) =>
    firstDay !== undefined && day >= firstDay && completeEnd !== undefined && day <= completeEnd;
  const keys = [...totalsByKey(table, period.start, end).keys()];
  const parts = keys.map((key) => {
    const byDay = totalsByDay(table, key);
    return { label: label(key), micros: days.map((day) => byDay.get(day) ?? (known(day) ? 0n : null)) };
  });
  const before = totalsByDay(table);
  const beforeDays = eachDay(previous.start, previous.end);
  const provisionalFrom = completeEnd === undefined ? period.start : addDays(completeEnd, 1);
  return {
    days,
    parts,
    previous: beforeDays.map(
      (day) => before.get(day) ?? (firstDay !== undefined && day >= firstDay ? 0n : null),
    ),
    provisionalFrom: provisionalFrom <= end ? provisionalFrom : undefined,
  };
}
