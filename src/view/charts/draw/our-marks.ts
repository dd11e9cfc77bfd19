/** What is drawn by us around and over Chart.js's bars. */
import type { Chart, Plugin } from 'chart.js';
import type { ChartSpec } from '../types.ts';
import { barTops, hatchBars } from './bars.ts';
import { drawBudget } from './budget.ts';
import { freePixels } from './free-pixels.ts';
import { drawHeader, drawPanel } from './header.ts';
import type { Header } from './header-layout.ts';
import { unknownDays } from './legend.ts';
import { drawAverage, drawEmpty, drawGhost, drawUnknown } from './marks.ts';
import type { Pen } from './pen.ts';
import type { Plot } from './plot.ts';
import type { Theme } from './theme.ts';
import type { ValueRange } from './value-range.ts';
import { budgetValue } from './value-range.ts';

export interface Picture {
  /** As drawn: by day or by week. */
  readonly spec: ChartSpec;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly header: Header;
  readonly range: ValueRange;
  /** The period before is a skyline, not a plain line. */
  readonly stepped: boolean;
}

/** The Chart.js plugin that draws the picture's own marks, and frees its pixels at the end. */
export function ourMarks({ spec, width, height, theme, header, range, stepped }: Picture): Plugin<'bar'> {
  const seriesOf = (role: string) => spec.series.find((one) => one.role === role);
  return {
    id: 'pennywatch-marks',
    ...freePixels(),
    beforeDraw(chart: Chart) {
      const pen: Pen = chart.ctx;
      drawPanel(pen, width, height, theme);
      drawHeader(pen, header, theme);
      drawUnknown(pen, plotOf(chart, spec.days.length), unknownDays(spec));
    },
    afterDatasetsDraw(chart: Chart) {
      const pen: Pen = chart.ctx;
      const plot = plotOf(chart, spec.days.length);
      if (range.empty) return drawEmpty(pen, plot, theme);
      hatchProvisional(pen, chart, spec, theme);
      const previous = seriesOf('previous');
      if (previous) drawGhost(pen, plot, { values: previous.values, stepped }, theme);
      const average = seriesOf('average');
      if (average) drawAverage(pen, plot, average, theme);
      const value = budgetValue(spec);
      if (value === undefined) return;
      const line = { name: seriesOf('budget')?.name ?? '', value, offChart: range.budgetOffChart };
      drawBudget(pen, plot, line, barTops(chart, spec.days.length), theme);
    },
  };
}

function plotOf(chart: Chart, days: number): Plot {
  const { left, right, top, bottom } = chart.chartArea;
  const { x, y } = chart.scales;
  return {
    left,
    right,
    top,
    bottom,
    step: (right - left) / Math.max(1, days),
    x: (day) => x?.getPixelForValue(day) ?? left,
    y: (value) => y?.getPixelForValue(value) ?? bottom,
  };
}

function hatchProvisional(pen: Pen, chart: Chart, spec: ChartSpec, theme: Theme): void {
  const end = spec.days.length;
  hatchBars(pen, chart, { start: spec.provisionalFrom ?? end, end }, theme);
}
