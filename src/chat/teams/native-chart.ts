/** A chart that Teams draws itself. Older clients show the fallback, so nothing is lost there. */
import { shortDay } from '../../view/charts/text/dates.ts';
import type { ChartSeries, ChartSpec } from '../../view/charts/types.ts';
import type { CardElement, NativeChart, NativeSeries } from './card-types.ts';
import { oneLine, shorten } from './clip.ts';

const TITLE = 200;
const LEGEND = 60;

/** Colours of Teams' own palette for what a series is, so that light and dark both work. */
const COLOURS: Partial<Record<ChartSeries['role'], string>> = {
  expected: 'neutral',
  previous: 'neutral',
  budget: 'attention',
  forecast: 'categoricalBlue',
};

/** Undefined for a chart with nothing to draw, or of two parts: Teams has none of those. */
export function nativeChart(chart: ChartSpec, fallback: CardElement): NativeChart | undefined {
  if (chart.beside) return undefined;
  const lines = chart.lines !== undefined;
  const drawn = chart.series.filter(({ role }) => lines || role === 'stack');
  const data = drawn.map((series) => nativeSeries(chart, series)).filter(({ values }) => values.length > 0);
  if (data.length === 0) return undefined;
  const frame = { title: shorten(chart.title, TITLE), yAxisTitle: oneLine(chart.currency), data, fallback };
  return lines
    ? { type: 'Chart.Line', ...frame }
    : { type: 'Chart.VerticalBar.Grouped', stacked: true, ...frame };
}

/** What is not known is not drawn, and never zero. */
function nativeSeries(chart: ChartSpec, { name, role, values }: ChartSeries): NativeSeries {
  const color = COLOURS[role];
  return {
    legend: shorten(name, LEGEND),
    ...(color ? { color } : {}),
    values: chart.days.flatMap((day, index) => {
      const value = values[index];
      return typeof value === 'number' && Number.isFinite(value)
        ? [{ x: chart.lines ? day : shortDay(day), y: value }]
        : [];
    }),
  };
}
