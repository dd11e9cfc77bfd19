/** On which days a cost moved. Pure. */
import type { Day } from '../../core/day.ts';
import type { ReportMover } from '../../view/messages/weekly-report-types.ts';

/** Share of the movement that one or two days, or the days from one on, must hold to be named. */
const ON_ONE = 0.6;
const ON_TWO = 0.8;
const SINCE = 0.9;
/** "Since" needs a few days on both sides to be a step and not a spike. */
const STEP_DAYS = 2;

/**
 * `changes[i]` is how much day i moved against the same weekday a week before. Only movement in the direction of
 * the whole change counts. Undefined when it is spread over the week.
 */
export function timingOf(days: readonly Day[], changes: readonly bigint[]): ReportMover['timing'] {
  const net = changes.reduce((sum, change) => sum + change, 0n);
  if (net === 0n || days.length < 3) return undefined;
  const along = changes.map((change) => (change < 0n === net < 0n ? Math.abs(Number(change)) : 0));
  const movement = along.reduce((sum, size) => sum + size, 0);
  const ranked = along.map((size, index) => ({ size, index })).sort((a, b) => b.size - a.size);
  const share = (count: number) => ranked.slice(0, count).reduce((sum, { size }) => sum + size, 0) / movement;
  const named = share(1) >= ON_ONE ? 1 : share(2) >= ON_TWO ? 2 : 0;
  if (named > 0)
    return {
      kind: 'on',
      days: ranked
        .slice(0, named)
        .map(({ index }) => days[index] ?? '')
        .sort(),
    };
  for (let from = days.length - STEP_DAYS; from >= STEP_DAYS; from -= 1) {
    const after = along.slice(from).reduce((sum, size) => sum + size, 0);
    if (after / movement >= SINCE) return { kind: 'since', day: days[from] ?? '' };
  }
  return undefined;
}
