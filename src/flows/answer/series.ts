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
    return { label: label(key), micros: days.map((day) => amountOn(byDay, day, known(day))) };
  });
  const before = totalsByDay(table);
  const beforeDays = eachDay(previous.start, previous.end);
  const provisionalFrom = completeEnd === undefined ? period.start : addDays(completeEnd, 1);
  return {
    days,
    parts,
    previous: beforeDays.map((day) => amountOn(before, day, firstDay !== undefined && day >= firstDay)),
    provisionalFrom: provisionalFrom <= end ? provisionalFrom : undefined,
  };
}

/** A day of which the bill says nothing cost nothing, if it is known at all; a cost that is there but unknown stays so. */
function amountOn(byDay: ReadonlyMap<Day, bigint | null>, day: Day, known: boolean): bigint | null {
  if (byDay.has(day)) return byDay.get(day) ?? null;
  return known ? 0n : null;
}
