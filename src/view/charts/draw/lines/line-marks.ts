/** What is drawn by us in a chart of lines: everything but its scales. */
import type { Chart, Plugin } from 'chart.js';
import { axisAmount } from '../../text/amounts.ts';
import type { ChartLines, ChartSpec } from '../../types.ts';
import { freePixels } from '../free-pixels.ts';
import { hatch } from '../hatch.ts';
import { drawHeader, drawPanel } from '../header.ts';
import type { Header } from '../header-layout.ts';
import { drawEmpty, drawUnknown } from '../marks.ts';

import type { Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import { INK, type Theme } from '../theme.ts';
import { washOf } from './colours.ts';
import { gapSteps } from './gap-steps.ts';
import { labelsAmong } from './labels.ts';
import { drawFlags, drawLanes, drawSpans } from './lanes.ts';
import { drawLevelLabels, drawLevels } from './levels.ts';
import type { LineRange } from './line-range.ts';
import { dotRadius, drawDistance, drawMarked, markedPoints } from './marked.ts';
import { drawNote, drawUnknownWords } from './note.ts';
import { drawSeries, joinedForecast } from './series.ts';
import { drawStrip } from './strip.ts';
import { fillBetween, type Point, runsOf } from './strokes.ts';

export interface LinePicture {
  readonly spec: ChartSpec;
  readonly lines: ChartLines;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly header: Header;
  readonly range: LineRange;
  /** Rows of names above the plot. */
  readonly lanes: number;
}

/** The Chart.js plugin that draws the lines and what is around them, and frees the pixels at the end. */
export function lineMarks(picture: LinePicture): Plugin<'bar'> {
  const { spec, lines, width, height, theme, header, range, lanes } = picture;
  return {
    id: 'pennywatch-line-marks',
    ...freePixels(),
    beforeDraw(chart: Chart) {
      const pen: Pen = chart.ctx;
      drawPanel(pen, width, height, theme);
      drawHeader(pen, header, theme);
      if (range.empty) return;
      const plot = plotOf(chart, spec.days.length, range.min);
      drawUnknown(pen, plot, gapSteps(spec, lines));
      drawSpans(pen, plot, lines, lanes, theme);
      drawArriving(pen, plot, spec, lines, theme);
    },
    afterDatasetsDraw(chart: Chart) {
      const pen: Pen = chart.ctx;
      const plot = plotOf(chart, spec.days.length, range.min);
      if (range.empty) return drawEmpty(pen, plot, theme);
      drawInside(pen, plot, picture);
      const labels = labelsAmong(
        [...spec.series.map(({ values }) => values), joinedForecast(spec, lines)].flatMap((values) =>
          runsOf(plot, values),
        ),
        { points: dotsOf(plot, spec, lines), radius: dotRadius(plot, theme) + 3 * theme.scale },
      );
      if (isUnknown(spec)) drawUnknownWords(pen, plot, labels, theme);
      if (lines.note)
        drawNote(pen, plot, lines.note, axisAmount(lines.note.value, spec.currency), labels, theme);
      const levels = lines.levels.map((level) => ({ ...level, offChart: range.isOffChart(level) }));
      drawLevelLabels(pen, plot, levels, labels, theme);
      drawLanes(pen, plot, lines, lanes, theme);
      if (!lines.below) return;
      drawStrip(pen, { ...plot, top: plot.bottom, bottom: chart.chartArea.bottom }, lines.below, theme);
    },
  };
}

/** What no label may hide: what is marked, and the ticks of deploys. */
function dotsOf(plot: Plot, spec: ChartSpec, lines: ChartLines): Point[] {
  const ticks = (lines.flags?.at ?? []).map(({ at }): Point => ({ x: plot.x(at), y: plot.top }));
  return [...markedPoints(plot, spec, lines), ...ticks];
}

/** The lines around are known, but not the one that the chart is about. */
function isUnknown({ series }: ChartSpec): boolean {
  return series.some(({ role, values }) => role === 'actual' && values.every((value) => value === null));
}

/** What must not leave the plot: ranges and lines may be longer than the axis. */
function drawInside(pen: Pen, plot: Plot, { spec, lines, theme, range }: LinePicture): void {
  const edge = 3 * theme.scale;
  pen.save();
  pen.beginPath();
  pen.rect(
    plot.left - 2 * edge,
    plot.top - edge,
    plot.right - plot.left + 4 * edge,
    plot.bottom - plot.top + 2 * edge,
  );
  pen.clip();
  for (const band of lines.bands) fillBetween(pen, plot, band, washOf(band.shade));
  drawDistance(pen, plot, spec, lines, theme);
  drawFlags(pen, plot, lines, theme);
  drawLevels(
    pen,
    plot,
    lines.levels.filter((level) => !range.isOffChart(level)),
    theme,
  );
  drawSeries(pen, plot, spec, lines, theme);
  pen.restore();
  drawMarked(pen, plot, spec, lines, theme);
}

/** Stripes from the first day that is still arriving to the last that is not yet to come. */
function drawArriving(pen: Pen, plot: Plot, spec: ChartSpec, lines: ChartLines, { scale }: Theme): void {
  if (spec.provisionalFrom === undefined) return;
  const actual = spec.series.find(({ role }) => role === 'actual')?.values ?? [];
  const seen = actual.findLastIndex((value) => value !== null);
  const end = Math.max((lines.forecastFrom ?? spec.days.length) - 1, seen);
  const left = plot.x(spec.provisionalFrom) - plot.step / 2;
  const width = plot.x(end) + plot.step / 2 - left;
  if (width <= 0) return;
  const box = { x: left, y: plot.top, width, height: plot.bottom - plot.top };
  pen.save();
  pen.fillStyle = INK.edge;
  pen.fillRect(box.x, box.y, box.width, box.height);
  pen.restore();
  hatch(pen, box, scale);
}

function plotOf(chart: Chart, days: number, lowest: number): Plot {
  const { left, right, top, bottom } = chart.chartArea;
  const { x, y } = chart.scales;
  return {
    left,
    right,
    top,
    bottom: y?.getPixelForValue(lowest) ?? bottom,
    step: (right - left) / Math.max(1, days),
    x: (day) => x?.getPixelForValue(day) ?? left,
    y: (value) => y?.getPixelForValue(value) ?? bottom,
  };
}
