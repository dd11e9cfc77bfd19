/** How spend varies: weekdays, seasons, growth, retrains and bursts. Each factor is around 1. */
import { addDays, type Day, daysBetween, startOfMonth, weekday } from '../../core/day.ts';
import { chance, wobble } from './random.ts';
import type { Use } from './types.ts';

export const DAYS_A_MONTH = 30.4;

/** Sunday … Saturday: people shop on weekdays, at their desks. */
const TRAFFIC = [0.76, 1.08, 1.1, 1.09, 1.08, 1.03, 0.86];
const NIGHTLY = [0.62, 1.16, 1.15, 1.15, 1.14, 1.13, 0.65];

/** January … December: furniture is bought before the holidays and when people move. */
const SEASON = [0.97, 0.95, 0.98, 0.99, 1.0, 0.98, 0.96, 0.97, 1.0, 1.03, 1.08, 1.1];

const RETRAIN_SPLIT = [0.6, 0.4];
const BURST_WEEKDAY = 0.4;
const BURST_WEEKEND = 0.1;
const BURST_MEAN = (5 * BURST_WEEKDAY + 2 * BURST_WEEKEND) / 7;

/** One day of the bill, worked out once for all lines. */
export interface BillDay {
  readonly day: Day;
  /** Exclusive end of the day, and the first day of its month. */
  readonly end: Day;
  readonly period: Day;
  readonly daysAgo: number;
  /** Counts days since 2000, for the noise. */
  readonly index: number;
  /** Day of the month, and months since the year 0. */
  readonly date: number;
  readonly month: number;
  /** 0 = Sunday. */
  readonly weekday: number;
  readonly season: number;
}

export function billDay(day: Day, daysAgo: number): BillDay {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return {
    day,
    end: addDays(day, 1),
    period: startOfMonth(day),
    daysAgo,
    index: daysBetween('2000-01-01', day),
    date,
    month: year * 12 + month,
    weekday: weekday(day),
    season: seasonFactor(month - 1, date),
  };
}

/** Share of today's size that `daysAgo` days ago had. A plain division, so that it is exact everywhere. */
export function growthFactor(ratePerMonth: number, daysAgo: number): number {
  return 1 / (1 + (ratePerMonth * daysAgo) / DAYS_A_MONTH);
}

/** Season of a day, gliding from the middle of one month (0 = January) to the middle of the next. */
export function seasonFactor(month: number, date: number): number {
  const progress = date / DAYS_A_MONTH - 0.5;
  const here = SEASON[month] ?? 1;
  const neighbour = SEASON[(month + (progress < 0 ? 11 : 1)) % 12] ?? 1;
  return here + (neighbour - here) * Math.min(Math.abs(progress), 0.5);
}

/** Date of the month on which the retrain began that runs on `at`, or undefined when none does. */
export function retrainDate(use: Use, at: BillDay, key: number): number | undefined {
  const runs = use.perMonth ?? 1;
  const slot = Math.floor(28 / runs);
  for (let run = 0; run < runs; run++) {
    const first = 1 + run * slot + Math.floor(chance(key, at.month * 8 + run) * (slot - 2));
    if (at.date >= first && at.date < first + RETRAIN_SPLIT.length) return first;
  }
  return undefined;
}

/** Factor on a use's usual daily amount; 0 means that it is not billed that day. */
export function shapeFactor(use: Use, at: BillDay, key: number): number {
  const { weekday: date, index, season } = at;
  switch (use.shape) {
    case 'traffic':
      return (TRAFFIC[date] ?? 1) * season * wobble(key, index, 0.05);
    case 'steady':
      return wobble(key, index, 0.015);
    case 'nightly':
      return (NIGHTLY[date] ?? 1) * wobble(key, index, 0.14);
    case 'weekly':
      return date === 0 ? 7 * wobble(key, index, 0.1) : 0;
    case 'burst': {
      const runs = chance(key, index) < (date === 0 || date === 6 ? BURST_WEEKEND : BURST_WEEKDAY);
      return runs ? (1 / BURST_MEAN) * wobble(key ^ 0x9e3779b9, index, 0.6) : 0;
    }
    case 'retrain': {
      const first = retrainDate(use, at, key);
      if (first === undefined) return 0;
      const share = RETRAIN_SPLIT[at.date - first] ?? 0;
      return (DAYS_A_MONTH / (use.perMonth ?? 1)) * share * wobble(key, index, 0.12);
    }
  }
}
