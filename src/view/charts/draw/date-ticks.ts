/** Which days get a label on the x axis, and what it says. */
import type { Day } from '../../../core/day.ts';
import { monthName, shortDay } from '../text/dates.ts';

const DAY_STEPS = [1, 2, 7, 14] as const;
const MONTH_STEPS = [1, 2, 3, 6, 12] as const;

/** Labels by index of the day; never more than `max` of them (at least one). */
export function dateTicks(days: readonly Day[], max: number): Map<number, string> {
  const room = Math.max(1, Math.floor(max));
  const step = DAY_STEPS.find((size) => Math.ceil(days.length / size) <= room);
  if (step !== undefined) {
    const picked = days.map((day, index) => [index, shortDay(day)] as const);
    return new Map(picked.filter(([index]) => index % step === 0));
  }
  return monthTicks(days, room);
}

function monthTicks(days: readonly Day[], room: number): Map<number, string> {
  const firsts = days.flatMap((day, index) => (day.endsWith('-01') ? [{ day, index }] : []));
  if (firsts.length === 0) {
    const day = days[0];
    return new Map(day === undefined ? [] : [[0, shortDay(day)]]);
  }
  const step =
    MONTH_STEPS.find((size) => Math.ceil(firsts.length / size) <= room) ?? Math.ceil(firsts.length / room);
  const labels = new Map<number, string>();
  let year = '';
  for (const { day, index } of firsts.filter((_, month) => month % step === 0)) {
    const own = day.slice(0, 4);
    labels.set(index, own === year ? monthName(day) : `${monthName(day)} ${own}`);
    year = own;
  }
  return labels;
}
