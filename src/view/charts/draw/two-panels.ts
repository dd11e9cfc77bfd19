/** A chart with a second picture beside it as one Chart.js configuration: two value axes, one row of bars with a gap. */
import type { ChartConfiguration } from 'chart.js';
import { compactAmount } from '../text/amounts.ts';
import { shortDay, weekdayName } from '../text/dates.ts';
import type { ChartPanel, ChartSpec } from '../types.ts';
import type { PictureSize } from './configuration.ts';
import { headerLayout } from './header-layout.ts';
import type { Measure } from './legend.ts';
import { panelMarks } from './panel-marks.ts';
import { FONT_FAMILY, INK, seriesColours, type Theme, themeFor } from './theme.ts';
import { type ValueRange, valueRange } from './value-range.ts';

type BarConfiguration = ChartConfiguration<'bar', (number | null)[], string>;

/** Empty places between the two pictures. */
const GAP = 1;

export function twoPanels(
  spec: ChartSpec,
  beside: ChartPanel,
  size: PictureSize,
  measure: Measure,
): BarConfiguration {
  const { width, height } = size;
  const theme = themeFor(width, height);
  const right: ChartSpec = { ...spec, ...beside, provisionalFrom: beside.provisionalFrom };
  const ranges = { left: valueRange(spec), right: valueRange(right) };
  const empty = ranges.left.empty && ranges.right.empty;
  const explained: ChartSpec = {
    ...spec,
    series: [...spec.series, ...beside.series.filter(({ role }) => role === 'previous')],
  };
  const header = headerLayout({ spec: explained, width, theme, measure, stepped: true, empty });
  const first = spec.days.length + GAP;
  const slots = first + beside.days.length;
  const stack = spec.series.filter(({ role }) => role === 'stack');
  const colours = seriesColours(stack.map(({ name }) => name));
  const blank = (count: number) => Array.from({ length: count }, () => null);
  const bars = { barPercentage: 0.84, categoryPercentage: 0.95, maxBarThickness: 76 * theme.scale };
  const days = beside.series.filter(({ role }) => role === 'stack');
  return {
    type: 'bar',
    data: {
      labels: [...spec.days, ...Array.from({ length: GAP }, () => ''), ...beside.days],
      datasets: [
        ...stack.map(({ name, values }, index) => ({
          label: name,
          data: [...values, ...blank(slots - values.length)],
          backgroundColor: colours[index] ?? INK.ghost,
          yAxisID: 'y',
          ...bars,
        })),
        ...days.map(({ name, values }, index) => ({
          label: name,
          data: [...blank(first), ...values],
          backgroundColor: colours[index] ?? INK.ghost,
          yAxisID: 'y2',
          ...bars,
        })),
      ],
    },
    options: {
      devicePixelRatio: size.density,
      events: [],
      layout: {
        padding: {
          // The captions stand between the legend and the plot.
          top: header.bottom + theme.textSize * 1.5,
          left: theme.margin * 0.8,
          right: theme.margin * 0.8,
          bottom: theme.margin * 0.5,
        },
      },
      plugins: { legend: { display: false }, title: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: xAxis(tickLabels(spec, beside, first), theme),
        y: valueAxis('left', ranges.left, spec.currency, theme),
        y2: valueAxis('right', ranges.right, spec.currency, theme),
      },
    },
    plugins: [
      panelMarks({ spec, right, captions: beside.captions, first, width, height, theme, header, ranges }),
    ],
  };
}

/** Every other week by the day it starts, the last one among them; every day by its weekday. */
function tickLabels({ days: weeks }: ChartSpec, { days }: ChartPanel, first: number): Map<number, string> {
  const labels = new Map<number, string>();
  for (let week = weeks.length - 1; week >= 0; week -= 2) labels.set(week, shortDay(weeks[week] ?? ''));
  for (const [index, day] of days.entries()) labels.set(first + index, weekdayName(day));
  return labels;
}

function xAxis(labels: ReadonlyMap<number, string>, { textSize, scale }: Theme) {
  return {
    stacked: true,
    border: { display: false },
    grid: { display: false },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      color: INK.quiet,
      font: { family: FONT_FAMILY, size: textSize * 0.92 },
      padding: 4 * scale,
      callback: (_: string | number, index: number) => labels.get(index) ?? '',
    },
  };
}

function valueAxis(position: 'left' | 'right', range: ValueRange, currency: string, theme: Theme) {
  return {
    position,
    stacked: true,
    min: range.min * 1.06,
    max: range.max * (range.budgetOffChart ? 1.22 : 1.06),
    border: { display: false },
    // Lines are drawn by us, as each half has its own.
    grid: { display: false },
    ticks: {
      display: !range.empty,
      includeBounds: false,
      maxTicksLimit: 6,
      color: INK.quiet,
      font: { family: FONT_FAMILY, size: theme.textSize * 0.92 },
      padding: 8 * theme.scale,
      callback: (value: string | number) => compactAmount(Number(value), currency),
    },
  };
}
