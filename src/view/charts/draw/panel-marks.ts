/** What is drawn by us around and over the bars of a chart with two halves. */
import type { Chart, Plugin } from 'chart.js';
import type { ChartSpec } from '../types.ts';
import { barTops, hatchBars } from './bars.ts';
import { drawBudget } from './budget.ts';
import { freePixels } from './free-pixels.ts';
import { drawHeader, drawPanel } from './header.ts';
import type { Header } from './header-layout.ts';
import { unknownDays } from './legend.ts';
import { drawEmpty, drawGhost, drawUnknown } from './marks.ts';
import type { Pen } from './pen.ts';
import type { Plot } from './plot.ts';
import { font, INK, type Theme } from './theme.ts';
import { budgetValue, type ValueRange } from './value-range.ts';

export interface PanelPicture {
  /** The left half, and the right one in the same shape. */
  readonly spec: ChartSpec;
  readonly right: ChartSpec;
  readonly captions: readonly [left: string, right: string];
  /** Position of the right half's first bar. */
  readonly first: number;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly header: Header;
  readonly ranges: { readonly left: ValueRange; readonly right: ValueRange };
}

/** The Chart.js plugin that draws grid, captions and marks of both halves, and frees the pixels at the end. */
export function panelMarks(picture: PanelPicture): Plugin<'bar'> {
  const { spec, right, captions, first, width, height, theme, header, ranges } = picture;
  const empty = ranges.left.empty && ranges.right.empty;
  const halves = (chart: Chart) => ({
    left: plotOf(chart, 'y', 0, spec.days.length),
    right: plotOf(chart, 'y2', first, right.days.length),
  });
  return {
    id: 'pennywatch-panel-marks',
    ...freePixels(),
    beforeDraw(chart: Chart) {
      const pen: Pen = chart.ctx;
      drawPanel(pen, width, height, theme);
      drawHeader(pen, header, theme);
      if (empty) return;
      const plots = halves(chart);
      for (const [plot, scale, caption] of [
        [plots.left, 'y', captions[0]],
        [plots.right, 'y2', captions[1]],
      ] as const) {
        drawGrid(pen, chart, plot, scale, theme);
        drawCaption(pen, plot, caption, theme);
      }
      drawUnknown(pen, plots.left, unknownDays(spec));
      drawUnknown(pen, plots.right, unknownDays(right));
    },
    afterDatasetsDraw(chart: Chart) {
      const pen: Pen = chart.ctx;
      const plots = halves(chart);
      if (empty) return drawEmpty(pen, { ...plots.left, right: plots.right.right }, theme);
      const { provisionalFrom: week = spec.days.length } = spec;
      const { provisionalFrom: day = right.days.length } = right;
      hatchBars(pen, chart, { start: week, end: spec.days.length }, theme);
      hatchBars(pen, chart, { start: first + day, end: first + right.days.length }, theme);
      const previous = right.series.find(({ role }) => role === 'previous');
      if (previous) drawGhost(pen, plots.right, { values: previous.values, stepped: true }, theme);
      const budget = budgetValue(spec);
      if (budget === undefined) return;
      const name = spec.series.find(({ role }) => role === 'budget')?.name ?? '';
      const line = { name, value: budget, offChart: ranges.left.budgetOffChart };
      drawBudget(pen, plots.left, line, barTops(chart, spec.days.length), theme);
    },
  };
}

function plotOf(chart: Chart, scale: string, first: number, count: number): Plot {
  const { top, bottom } = chart.chartArea;
  const { x, [scale]: y } = chart.scales;
  const middle = (position: number): number => x?.getPixelForValue(first + position) ?? 0;
  const step = middle(1) - middle(0);
  return {
    left: middle(0) - step / 2,
    right: middle(Math.max(0, count - 1)) + step / 2,
    top,
    bottom,
    step,
    x: middle,
    y: (value) => y?.getPixelForValue(value) ?? bottom,
  };
}

function drawGrid(pen: Pen, chart: Chart, plot: Plot, scale: string, theme: Theme): void {
  const axis = chart.scales[scale];
  pen.save();
  pen.lineWidth = 1.5 * theme.scale;
  for (const { value } of axis?.ticks ?? []) {
    pen.strokeStyle = value === 0 && (axis?.min ?? 0) < 0 ? INK.zero : INK.grid;
    pen.beginPath();
    pen.moveTo(plot.left, plot.y(value));
    pen.lineTo(plot.right, plot.y(value));
    pen.stroke();
  }
  pen.restore();
}

function drawCaption(pen: Pen, plot: Plot, caption: string, { textSize, scale }: Theme): void {
  pen.save();
  pen.font = font(textSize * 0.92, 'semibold');
  pen.fillStyle = INK.text;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(caption, plot.left + 4 * scale, plot.top - textSize * 0.85);
  pen.restore();
}
