/** Times in words with the days they mean, reckoned here with plain UTC dates and nothing of the program's. */
import { plusDays, WATERMARK } from './organisation.ts';

export interface TimeTruth {
  readonly words: string;
  readonly start: string;
  readonly end: string;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const pad = (value: number) => String(value).padStart(2, '0');
const monthEnd = (year: number, month: number) =>
  `${year}-${pad(month)}-${pad(new Date(Date.UTC(year, month, 0)).getUTCDate())}`;
const weekdayOf = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay();

/** Some time in words; `pick` is a number from 0 to 1 each time it is called. */
export function someTime(today: string, pick: () => number): TimeTruth {
  const [year = 0, month = 0, date = 0] = today.split('-').map(Number);
  const yesterday = plusDays(today, -1);
  const anchor = WATERMARK < yesterday ? WATERMARK : yesterday;
  const monday = plusDays(today, -((weekdayOf(today) + 6) % 7));
  const whole = (many: number) => 1 + Math.floor(pick() * many);
  const one = <T>(list: readonly T[]) => list[Math.floor(pick() * list.length)] as T;
  const toDate = (start: string) => ({
    start,
    end: anchor < start ? (yesterday < start ? start : yesterday) : anchor,
  });
  const monthsBack = (count: number) => {
    const index = year * 12 + (month - 1) - count;
    const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
    return [y, m, `${y}-${pad(m)}-${pad(Math.min(date, Number(monthEnd(y, m).slice(8))))}`] as const;
  };
  /** The newest date of a month that is not after today. */
  const newest = (m: number, d: number) =>
    [year, year - 1].map((y) => `${y}-${pad(m)}-${pad(d)}`).find((day) => day <= today) as string;
  const short = (m: number) => (MONTHS[m - 1] as string).slice(0, 3);
  const long = (m: number) => MONTHS[m - 1] as string;

  const cases: readonly (() => TimeTruth)[] = [
    () => ({ words: 'last week', start: plusDays(monday, -7), end: plusDays(monday, -1) }),
    () => ({ words: one(['this week', 'week to date', 'this week so far']), ...toDate(monday) }),
    () => {
      const [y, m] = monthsBack(1);
      return {
        words: one(['last month', 'in the previous month']),
        start: `${y}-${pad(m)}-01`,
        end: monthEnd(y, m),
      };
    },
    () => ({
      words: one(['this month', 'so far this month', 'month to date', 'mtd']),
      ...toDate(`${today.slice(0, 7)}-01`),
    }),
    () => ({ words: one(['this year', 'year to date', 'ytd']), ...toDate(`${year}-01-01`) }),
    () => ({ words: 'yesterday', start: yesterday, end: yesterday }),
    () => ({ words: 'today', start: today, end: today }),
    () => {
      const n = 1 + whole(80);
      return {
        words: one([`in the last ${n} days`, `over the past ${n} days`, `${n}d`, `last ${n} days`]),
        start: plusDays(anchor, 1 - n),
        end: anchor,
      };
    },
    () => {
      const n = 1 + whole(7);
      return { words: `in the last ${n} weeks`, start: plusDays(anchor, 1 - 7 * n), end: anchor };
    },
    () => ({ words: 'over the past week', start: plusDays(anchor, -6), end: anchor }),
    () => {
      const n = 1 + whole(5);
      const names = ['two', 'three', 'four', 'five', 'six'];
      return {
        words: `in the last ${one([String(n), names[n - 2] as string])} months`,
        start: monthsBack(n)[2],
        end: yesterday,
      };
    },
    () => ({ words: 'in the last half year', start: monthsBack(6)[2], end: yesterday }),
    () => {
      const m = whole(12);
      const start = newest(m, 1);
      return {
        words: one([`in ${long(m)}`, `in ${short(m)}`]),
        start,
        end: monthEnd(Number(start.slice(0, 4)), m),
      };
    },
    () => {
      const m = whole(10);
      return {
        words: one([`in ${long(m)} 2026`, `in ${short(m)} 2026`, `2026-${pad(m)}`]),
        start: `2026-${pad(m)}-01`,
        end: monthEnd(2026, m),
      };
    },
    () => {
      const q = whole(4);
      const first = newest(q * 3 - 2, 1);
      const y = Number(first.slice(0, 4));
      return { words: one([`in Q${q}`, `in Q${q} ${y}`]), start: first, end: monthEnd(y, q * 3) };
    },
    () => {
      const [m, d] = [whole(12), whole(28)];
      const day = newest(m, d);
      return {
        words: one([`on ${d} ${long(m)}`, `on ${short(m)} ${d}`, `on the ${d}. ${long(m)}`, day]),
        start: day,
        end: day,
      };
    },
    () => {
      const m = whole(12);
      const day = newest(m, 12);
      return { words: one([`on ${short(m)} 12th`, `on the 12th of ${long(m)}`]), start: day, end: day };
    },
    () => {
      const m = whole(12);
      const [a, b] = [whole(12), 12 + whole(15)];
      const start = newest(m, a);
      return {
        words: one([
          `between ${a} and ${b} ${long(m)}`,
          `from ${a} ${short(m)} to ${b} ${short(m)}`,
          `from ${a} to ${b} ${long(m)}`,
          `${short(m)} ${a}-${b}`,
        ]),
        start,
        end: `${start.slice(0, 7)}-${pad(b)}`,
      };
    },
    () => {
      const [m, d] = [whole(12), whole(28)];
      return { words: `since ${d} ${long(m)}`, start: newest(m, d), end: today };
    },
    () => {
      const back = whole(6);
      const day = plusDays(today, -back);
      return { words: `since ${DAYS[weekdayOf(day)]}`, start: day, end: today };
    },
    () => {
      const back = whole(6);
      const day = plusDays(today, -back);
      return { words: `on ${DAYS[weekdayOf(day)]}`, start: day, end: day };
    },
    () => {
      const n = 1 + whole(40);
      return { words: `${n} days ago`, start: plusDays(today, -n), end: plusDays(today, -n) };
    },
  ];
  return one(cases)();
}
