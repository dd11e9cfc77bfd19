/** A chart of lines as a Chart.js configuration: the scales are Chart.js's, the lines are drawn by us. */
import type { ChartConfiguration } from 'chart.js';
import { axisAmount } from '../../text/amounts.ts';
import type { ChartLines, ChartSpec } from '../../types.ts';
import { amountGrid, dateAxisTicks } from '../axes.ts';
import type { PictureSize } from '../configuration.ts';
import { headerLayout } from '../header-layout.ts';
import type { Measure } from '../legend.ts';
import { FONT_FAMILY, INK, type Theme, themeFor } from '../theme.ts';
import { laneLayout } from './lane-layout.ts';
import { laneFont, laneHeight } from './lanes.ts';
import { lineLegend } from './line-legend.ts';
import { lineMarks } from './line-marks.ts';
import { type LineRange, lineRange } from './line-range.ts';
import { stampTicks } from './stamp-ticks.ts';

type Configuration = ChartConfiguration<'bar', (number | null)[], string>;

export function lineConfiguration(
  given: ChartSpec,
  lines: ChartLines,
  size: PictureSize,
  measure: Measure,
): Configuration {
  const { width, height } = size;
  const theme = themeFor(width, height);
  const range = lineRange(given, lines);
  const cut = range.near && !range.empty ? 'axis not from zero' : undefined;
  const spec = { ...given, subtitle: [given.subtitle, cut].filter(Boolean).join(', ') };
  const ticks = stampTicks(spec.days, (width - 120 * theme.scale) / (98 * theme.scale));
  const entries = range.empty ? [] : lineLegend(spec, lines);
  const header = headerLayout({ spec, width, theme, measure, stepped: false, empty: range.empty, entries });
  const lanes = range.empty ? 0 : lanesNeeded(spec, lines, width, theme, measure);
  return {
    type: 'bar',
    data: { labels: [...spec.days], datasets: [{ data: [] }] },
    options: {
      devicePixelRatio: size.density,
      events: [],
      layout: {
        padding: {
          top: header.bottom + lanes * laneHeight(theme),
          left: theme.margin * (range.empty ? 1.8 : 0.8),
          right: theme.margin,
          bottom: theme.margin * 0.5,
        },
      },
      plugins: { legend: { display: false }, title: { display: false }, tooltip: { enabled: false } },
      scales: scales(spec.currency, ticks, theme, range),
    },
    plugins: [lineMarks({ spec, lines, width, height, theme, header, range, lanes })],
  };
}

/** Rows of names above the plot, from where the plot will be as far as is known before it is laid out. */
function lanesNeeded(
  { days }: ChartSpec,
  lines: ChartLines,
  width: number,
  theme: Theme,
  measure: Measure,
): number {
  const left = theme.margin * 0.8 + 74 * theme.scale;
  const right = width - theme.margin;
  const step = (right - left) / Math.max(1, days.length);
  const plot = { left, right, x: (day: number) => left + (day + 0.5) * step };
  return laneLayout(lines, { plot, widthOf: (text) => measure(text, laneFont(theme)), theme }).rows;
}

function scales(currency: string, labels: ReadonlyMap<number, string>, theme: Theme, range: LineRange) {
  const tickFont = { family: FONT_FAMILY, size: theme.textSize };
  return {
    x: {
      offset: true,
      border: { display: false },
      grid: { display: false },
      ticks: dateAxisTicks(labels, theme),
    },
    y: {
      min: range.bottom,
      max: range.max,
      border: { display: false },
      // The axis runs on below its lowest amount where a second picture is; that one has marks of its own.
      afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
        axis.ticks = axis.ticks.filter(({ value }) => value >= range.min);
      },
      grid: amountGrid(range.min, theme),
      ticks: {
        display: !range.empty,
        includeBounds: false,
        maxTicksLimit: range.bottom < range.min ? 9 : 6,
        color: INK.quiet,
        font: tickFont,
        padding: 10 * theme.scale,
        callback: (value: string | number) => axisAmount(Number(value), currency),
      },
    },
  };
}
