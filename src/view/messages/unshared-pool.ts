/** Words for cost that a split could not share. */
import type { UnsharedPool } from '../../core/coverage.ts';
import type { Day } from '../../core/day.ts';
import { countOf, formatMoney, formatRange } from '../format.ts';

/** 'Not shared by "embeddings by requests": $430 of 12 days (1–12 Nov), because no requests are known for them. …' */
export function unsharedText(pool: UnsharedPool, today: Day): string {
  const { split, amounts, days, first, last } = pool;
  const amount = amounts.map(({ currency, micros }) => formatMoney(micros, currency)).join(' and ');
  const when = `${countOf(days, 'day')} (${formatRange({ start: first, end: last }, today)})`;
  return `Not shared by "${split}": ${amount} of ${when}, because ${reason(pool)}. It stays where the rules put it.`;
}

function reason({ by, among }: UnsharedPool): string {
  switch (by.kind) {
    case 'usage':
      return `no ${by.metric.replaceAll('_', ' ')} of any such ${among} are known for them`;
    case 'direct-cost':
      return `no such ${among} has direct cost in that currency then`;
    case 'evenly':
    case 'shares':
      return `no ${among} has direct cost then`;
  }
}
