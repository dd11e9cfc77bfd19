/** A long daily chart as one bar per week, in cost per day, so that units and budget pace still hold. */
import type { ChartSeries, ChartSpec } from '../types.ts';

const WEEK = 7;

/**
 * Each position becomes the mean of up to seven days, of the complete ones where there are any.
 * The 7-day average is left out: it is what the bars now show.
 */
export function weekly(spec: ChartSpec): ChartSpec {
  const starts = spec.days.flatMap((_, day) => (day % WEEK === 0 ? [day] : []));
  const complete = spec.provisionalFrom ?? spec.days.length;
  const bin = ({ values, ...rest }: ChartSeries): ChartSeries => ({
    ...rest,
    values: starts.map((start) => {
      const week = values.slice(start, start + WEEK);
      return mean(week.slice(0, Math.max(0, complete - start))) ?? mean(week);
    }),
  });
  return {
    ...spec,
    subtitle: [spec.subtitle, 'a bar per week'].filter(Boolean).join(', '),
    days: starts.map((start) => spec.days[start] ?? ''),
    series: spec.series.filter((one) => one.role !== 'average').map(bin),
    ...(spec.provisionalFrom === undefined
      ? {}
      : { provisionalFrom: Math.floor(spec.provisionalFrom / WEEK) }),
  };
}

/** The label positions of the days, moved to the weeks that hold them. */
export function weeklyTicks(ticks: ReadonlyMap<number, string>): Map<number, string> {
  return new Map([...ticks].map(([day, label]) => [Math.floor(day / WEEK), label]));
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
