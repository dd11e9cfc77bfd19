/** The picture of a place: 60 days, the band they were expected in, and the days that stand out. */
import type { NearbyChange } from '../../core/anomaly.ts';
import { type Day, msToDay } from '../../core/day.ts';
import { buildAnomalyBand } from '../charts/anomaly-band.ts';
import type { ChartSpec } from '../charts/types.ts';
import { formatRange } from '../format.ts';

/** Micros per day; null is unknown. */
export interface BandShown {
  readonly days: readonly Day[];
  readonly currency: string;
  readonly actual: readonly (bigint | null)[];
  readonly expected: readonly (bigint | null)[];
  readonly lower: readonly (bigint | null)[];
  readonly upper: readonly (bigint | null)[];
  readonly anomalous: readonly boolean[];
  readonly provisionalFrom?: Day;
  readonly planned: readonly { readonly label: string; readonly from: Day; readonly to: Day }[];
}

/** Undefined when there is nothing known to draw. `title` is the finding. */
export function anomalyChart(
  title: string,
  band: BandShown,
  options: { readonly changes: readonly NearbyChange[]; readonly today: Day },
): ChartSpec | undefined {
  const { days, actual } = band;
  const [start, end] = [days[0], days.at(-1)];
  if (days.length < 2 || start === undefined || end === undefined) return undefined;
  if (actual.every((amount) => amount === null)) return undefined;
  return buildAnomalyBand({
    ...band,
    title,
    subtitle: formatRange({ start, end }, options.today),
    deploys: options.changes
      .filter(({ kind }) => kind === 'deploy')
      .map(({ at, title: label, version }) => ({ day: msToDay(at.getTime()), label: version ?? label })),
  });
}
