/** The lines themselves: what was expected, what was, what is to come. */
import type { ChartLines, ChartSpec } from '../../types.ts';
import type { Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import type { Theme } from '../theme.ts';
import { LINE_INK } from './colours.ts';
import { runsOf, strokeRuns } from './strokes.ts';

/** Above this many points a line is drawn thinner, or it would be a smear. */
const MANY = 150;

export function drawSeries(pen: Pen, plot: Plot, spec: ChartSpec, lines: ChartLines, theme: Theme): void {
  const width = theme.lineWidth * (spec.days.length > MANY ? 0.7 : 1);
  const { scale } = theme;
  for (const { role, values } of spec.series)
    if (role === 'expected')
      strokeRuns(pen, runsOf(plot, values), { colour: LINE_INK.expected, width: theme.lineWidth * 0.55 });
  const forecast = runsOf(plot, joinedForecast(spec, lines));
  const dash = [8 * scale, 5 * scale];
  strokeRuns(pen, forecast, { colour: LINE_INK.forecast, width: width * 0.9, dash });
  for (const { role, values } of spec.series) {
    if (role !== 'actual') continue;
    const complete = spec.provisionalFrom ?? values.length;
    const solid = values.map((value, at) => (at < complete ? value : null));
    // The dashes begin at the last complete point, so that the line does not break.
    const arriving = values.map((value, at) => (at >= complete - 1 ? value : null));
    const hasTail = values.slice(complete).some((value) => value !== null);
    const tail = { colour: LINE_INK.actual, width: width * 0.85, dash: [4 * scale, 4 * scale] };
    if (hasTail) strokeRuns(pen, runsOf(plot, arriving), tail);
    strokeRuns(pen, runsOf(plot, solid), { colour: LINE_INK.actual, width, cased: true });
  }
}

/** The forecast with the last amount before it as its root. */
export function joinedForecast(spec: ChartSpec, lines: ChartLines): (number | null)[] {
  const actual = spec.series.find(({ role }) => role === 'actual')?.values ?? [];
  const forecast = [...(spec.series.find(({ role }) => role === 'forecast')?.values ?? [])];
  const first = forecast.findIndex((value) => value !== null);
  const root = first - 1;
  const value = actual[root] ?? null;
  const isJoined = first > 0 && root >= 0 && first === (lines.forecastFrom ?? first);
  if (isJoined && value !== null) forecast[root] = value;
  return forecast;
}
