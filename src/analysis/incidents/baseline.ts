/** What places cost above their own last weeks: an excess whose parts add up, for asking which part explains it. */
import type { CostNode, Flag } from './types.ts';

const WEEKS = 4;
/** What creeps is compared with weeks so many days earlier: the last ones have risen already. */
const CREEPING = 28;

/**
 * Cost from `first` to `last` beyond the mean of the same weekdays in the four weeks before `first`. Means are
 * linear, so the excesses of a place's parts add up to its own, which medians and fitted bands do not do. Steps with
 * `skip` 1 are no basis. A slow rise is compared with the four weeks before those. In the node's currency; NaN when nothing before is known.
 */
export function excessOver(
  { values }: Pick<CostNode, 'values'>,
  span: Pick<Flag, 'first' | 'last' | 'detector'>,
  skip?: Uint8Array,
): { readonly excess: number; readonly base: number } {
  const usual = weekdayMeans(values, span.first - (span.detector === 'drift' ? CREEPING : 0), skip);
  let [excess, base, known] = [0, 0, 0];
  for (let day = span.first; day <= Math.min(span.last, values.length - 1); day++) {
    const value = values[day] ?? Number.NaN;
    const before = usual[day % 7] ?? Number.NaN;
    if (Number.isNaN(value) || Number.isNaN(before)) continue;
    excess += value - before;
    base += before;
    known++;
  }
  return known > 0 ? { excess, base } : { excess: Number.NaN, base: Number.NaN };
}

/** Mean by weekday (index modulo 7) before `first`; of a weekday that is not known, the mean of all days. */
function weekdayMeans(values: Float64Array, first: number, skip: Uint8Array | undefined): number[] {
  const sums = new Float64Array(8);
  const counts = new Float64Array(8);
  for (let day = Math.max(0, first - WEEKS * 7); day < Math.min(first, values.length); day++) {
    const value = values[day] ?? Number.NaN;
    if (Number.isNaN(value) || skip?.[day] === 1) continue;
    for (const slot of [day % 7, 7]) {
      sums[slot] = (sums[slot] ?? 0) + value;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  const mean = (slot: number) => (sums[slot] ?? 0) / (counts[slot] ?? 0);
  return Array.from({ length: 7 }, (_, slot) => ((counts[slot] ?? 0) > 0 ? mean(slot) : mean(7)));
}
