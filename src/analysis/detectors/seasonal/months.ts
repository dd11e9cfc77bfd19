/** Places in the month: charges on the first, batches at the end, retrains on the same date. */

export interface Months {
  /** Goes to the next day. */
  advance(): void;
  /** What today's place in the month adds to the usual, proven by two months or more; 0 otherwise. */
  effect(): number;
  /** What a single earlier month had on this date or the day beside it: possible, not yet expected. */
  once(): number;
  /** Shows by how much today differs from the usual without any effect of the month; `least` is what is noise. */
  learn(difference: number, least: number): void;
}

const FROM_END = 5;
const SLOTS = 31 + FROM_END;
const KEPT = 3;

/**
 * Remembers, for each date and for each of the last five days of a month, by how much the last three such days lay off
 * the rest of the model. Two in a row that lay off clearly and to the same side prove an effect as large as the
 * smaller of them.
 */
export function createMonths(startMs: number): Months {
  const start = new Date(startMs);
  let year = start.getUTCFullYear();
  let month = start.getUTCMonth();
  let date = start.getUTCDate() - 1;
  let days = daysIn(year, month);
  const latest = new Float64Array(SLOTS * KEPT);

  function advance(): void {
    date++;
    if (date <= days) return;
    date = 1;
    month = (month + 1) % 12;
    if (month === 0) year++;
    days = daysIn(year, month);
  }

  function proven(slot: number): number {
    const first = latest[slot * KEPT] ?? 0;
    const second = latest[slot * KEPT + 1] ?? 0;
    if (first > 0 && second > 0) return Math.min(first, second);
    return first < 0 && second < 0 ? Math.max(first, second) : 0;
  }

  function effect(): number {
    const byDate = proven(date - 1);
    const fromEnd = days - date;
    const byEnd = fromEnd < FROM_END ? proven(31 + fromEnd) : 0;
    return Math.abs(byEnd) > Math.abs(byDate) ? byEnd : byDate;
  }

  function once(): number {
    let most = Math.max(last(date - 1, 0), last(date - 1, 1), last(date, 0), last(date, 1));
    // Yesterday's latest is yesterday itself, which is no other month.
    most = Math.max(most, last(date - 2, 1));
    const fromEnd = days - date;
    if (fromEnd < FROM_END) most = Math.max(most, last(31 + fromEnd, 0));
    return most;
  }

  function last(slot: number, months: number): number {
    return latest[slot * KEPT + months] ?? 0;
  }

  function learn(difference: number, least: number): void {
    const shown = Math.abs(difference) > least ? difference : 0;
    remember(date - 1, shown);
    if (days - date < FROM_END) remember(31 + days - date, shown);
  }

  function remember(slot: number, difference: number): void {
    const place = slot * KEPT;
    latest[place + 2] = latest[place + 1] ?? 0;
    latest[place + 1] = latest[place] ?? 0;
    latest[place] = difference;
  }

  return { advance, effect, once, learn };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
