/** Where a chart of lines has a gap because nothing is known, not because it is yet to come. */
import type { ChartLines, ChartSpec } from '../../types.ts';

/** Positions without an actual amount, up to what is still arriving or yet to come. */
export function gapSteps(spec: ChartSpec, lines: ChartLines): number[] {
  const actual = spec.series.find(({ role }) => role === 'actual');
  if (!actual) return [];
  const end = Math.min(
    spec.provisionalFrom ?? spec.days.length,
    lines.forecastFrom ?? spec.days.length,
    spec.days.length,
  );
  return Array.from({ length: end }, (_, at) => at).filter((at) => (actual.values[at] ?? null) === null);
}
