/** Places in the month: charges on the first, batches at the end, retrains on the same date. */

export interface Months {
  /** Goes to the next day. */
  advance(): void;
  /** What today's place in the month adds to the usual, proven by two months or more; 0 otherwise. */
  effect(): number;
  /** What an earlier month had on this date or beside it: possible, if not expected. */
  once(): number;
  /** Shows by how much today differs from the usual without any effect of the month; `least` is what is noise. */
  learn(difference: number, least: number): void;
}

const FROM_END = 5;
const SLOTS = 31 + FROM_END;
const KEPT = 2;

/**
 * Remembers, for each date and for each of the last five days of a month, by how much the last two such days lay off
 * the rest of the model. If both lay off clearly and to the same side, they prove an effect as large as the
 * smaller of them.
 */
export function createMonths(startMs: number): Months {
  const start = new Date(startMs);
  let year = start.getUTCFullYear();
  let month = start.getUTCMonth();
  let date = start.getUTCDate() - 1;
  let days = daysIn(year, month);
  const latest = new Float64Array(SLOTS * KEPT);
  // How many places have ever been off: most series have none, and nothing to look up.
  let marks = 0;

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
    if (marks === 0) return 0;
    const byDate = proven(date - 1);
    const fromEnd = days - date;
    const byEnd = fromEnd < FROM_END ? proven(31 + fromEnd) : 0;
    return Math.abs(byEnd) > Math.abs(byDate) ? byEnd : byDate;
  }

  function once(): number {
    if (marks === 0) return 0;
    // What yesterday's date had last was yesterday itself, which is no earlier month.
    let most = Math.max(last(date - 2, 1), last(date, 0), larger(date - 1));
    const fromEnd = days - date;
    if (fromEnd < FROM_END) most = Math.max(most, larger(31 + fromEnd));
    return most;
  }

  /** The last one, or the larger of two that prove each other. */
  function larger(slot: number): number {
    return proven(slot) > 0 ? Math.max(last(slot, 0), last(slot, 1)) : last(slot, 0);
  }

  function last(slot: number, months: number): number {
    return latest[slot * KEPT + months] ?? 0;
  }

  function learn(difference: number, least: number): void {
    const shown = Math.abs(difference) > least ? difference : 0;
    if (shown !== 0) marks++;
    if (marks === 0) return;
    remember(date - 1, shown);
    if (days - date < FROM_END) remember(31 + days - date, shown);
  }

  function remember(slot: number, difference: number): void {
    const place = slot * KEPT;
    latest[place + 1] = latest[place] ?? 0;
    latest[place] = difference;
  }

  return { advance, effect, once, learn };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
