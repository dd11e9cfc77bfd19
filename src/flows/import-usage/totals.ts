/** What was read and what is stored, side by side. */
import { type Day, earlier, later } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { divideRounded, microsToDecimal } from '../../core/money.ts';
import { USAGE_METRICS, type UsageMetric, type UsageRow, type UsageSum } from '../../core/usage.ts';
import type { MetricSum } from './types.ts';

export interface ReadTotals {
  add(rows: readonly UsageRow[]): void;
  /** Metrics and days that were read, each once. */
  pairs(): { readonly metric: UsageMetric; readonly day: Day }[];
  /** Throws INTERNAL when the store holds anything else for these metrics and days. */
  beside(stored: readonly Omit<UsageSum, 'day'>[]): MetricSum[];
}

interface Total {
  readonly days: Set<Day>;
  sum: bigint;
  rows: number;
}

export function createTotals(): ReadTotals {
  const totals = new Map<UsageMetric, Total>();
  return {
    add(rows) {
      for (const { metric, day, quantityMicros } of rows) {
        const total = totals.get(metric) ?? { days: new Set<Day>(), sum: 0n, rows: 0 };
        total.days.add(day);
        total.sum += quantityMicros;
        total.rows++;
        totals.set(metric, total);
      }
    },
    pairs: () => [...totals].flatMap(([metric, { days }]) => [...days].map((day) => ({ metric, day }))),
    beside(stored) {
      return USAGE_METRICS.flatMap((metric) => {
        const total = totals.get(metric);
        if (!total) return [];
        const held = stored.find((one) => one.metric === metric);
        if (held?.quantityMicros !== total.sum)
          throw new AppError('INTERNAL', `What was stored of ${metric} is not what the files say.`, {
            hint: 'Nothing was imported.',
          });
        const days = [...total.days];
        return [
          {
            metric,
            days: days.length,
            firstDay: days.reduce(earlier),
            lastDay: days.reduce(later),
            quantity: quantityOf(metric, total.sum, total.rows),
            stored: quantityOf(metric, held.quantityMicros, held.rows),
          },
        ];
      });
    },
  };
}

function quantityOf(metric: UsageMetric, sum: bigint, rows: number): string {
  return microsToDecimal(metric === 'quality' ? divideRounded(sum, BigInt(rows)) : sum);
}
