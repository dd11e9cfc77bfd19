/** A chart spec as a Chart.js configuration: scales and bars are Chart.js's, the rest is drawn by us. */
import type { ChartConfiguration } from 'chart.js';
import { densityOf } from '../compose/density.ts';
import { compactAmount } from '../text/amounts.ts';
import type { ChartSpec } from '../types.ts';
import { amountGrid, dateAxisTicks } from './axes.ts';
import { dateTicks } from './date-ticks.ts';
import { headerLayout } from './header-layout.ts';
import type { Measure } from './legend.ts';
import { ourMarks } from './our-marks.ts';
import type { Theme } from './theme.ts';
import { FONT_FAMILY, INK, seriesColours, themeFor } from './theme.ts';
import type { ValueRange } from './value-range.ts';
import { valueRange } from './value-range.ts';
import { weekly, weeklyTicks } from './weekly.ts';

export interface PictureSize {
  /** In CSS pixels; the picture has `density` times as many. */
  readonly width: number;
  readonly height: number;
  readonly density: number;
}

type BarConfiguration = ChartConfiguration<'bar', (number | null)[], string>;

export function chartConfiguration(daily: ChartSpec, size: PictureSize, measure: Measure): BarConfiguration {
  const { width, height } = size;
  const theme = themeFor(width, height);
  const density = densityOf(daily.days.length);
  const spec = density === 'weeks' ? weekly(daily) : daily;
  const room = (width - 120 * theme.scale) / (98 * theme.scale);
  const dayTicks = dateTicks(daily.days, room);
  const ticks = density === 'weeks' ? weeklyTicks(dayTicks) : dayTicks;
  const range = valueRange(spec);
  const stepped = density !== 'many-days';
  const header = headerLayout({ spec, width, theme, measure, stepped, empty: range.empty });
  const stack = spec.series.filter((one) => one.role === 'stack');
  const colours = seriesColours(stack.map((one) => one.name));
  const dense = density === 'many-days';
  return {
    type: 'bar',
    data: {
      labels: [...spec.days],
      datasets: stack.map((one, index) => ({
        label: one.name,
        data: [...one.values],
        backgroundColor: colours[index] ?? INK.ghost,
        // Days without gaps once they are too many for gaps to be seen.
        barPercentage: dense ? 1 : 0.8,
        categoryPercentage: dense ? 1 : 0.95,
        maxBarThickness: dense ? width : 76 * theme.scale,
      })),
    },
    options: {
      devicePixelRatio: size.density,
      events: [],
      layout: {
        padding: {
          top: header.bottom,
          // An empty plot has no amounts at its left to keep the dates off the edge.
          left: theme.margin * (range.empty ? 1.8 : 0.8),
          right: theme.margin,
          bottom: theme.margin * 0.5,
        },
      },
      plugins: { legend: { display: false }, title: { display: false }, tooltip: { enabled: false } },
      scales: scales(spec.currency, ticks, theme, range),
    },
    plugins: [ourMarks({ spec, width, height, theme, header, range, stepped })],
  };
}

function scales(currency: string, labels: ReadonlyMap<number, string>, theme: Theme, range: ValueRange) {
  const tickFont = { family: FONT_FAMILY, size: theme.textSize };
  return {
    x: {
      stacked: true,
      border: { display: false },
      grid: { display: false },
      ticks: dateAxisTicks(labels, theme),
    },
    y: {
      stacked: true,
      min: range.min * 1.06,
      // Head room, and more of it where only the label of a far-off budget is shown.
      max: range.max * (range.budgetOffChart ? 1.22 : 1.06),
      border: { display: false },
      grid: amountGrid(range.min, theme),
      ticks: {
        display: !range.empty,
        includeBounds: false,
        maxTicksLimit: 6,
        color: INK.quiet,
        font: tickFont,
        padding: 10 * theme.scale,
        callback: (value: string | number) => compactAmount(Number(value), currency),
      },
    },
  };
}
