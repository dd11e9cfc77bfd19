/** Budget, target and thresholds: level lines, each with its label on it. */
import { cleanLabel, cutToFit } from '../../text/names.ts';
import type { ChartLevel } from '../../types.ts';
import type { Box, Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import { font, INK, type Theme } from '../theme.ts';
import { drawLabel, type Labels } from './labels.ts';

/** Places along a line where its label may be. */
const PLACES = 14;

export function drawLevels(
  pen: Pen,
  plot: Plot,
  levels: readonly ChartLevel[],
  { lineWidth, scale }: Theme,
): void {
  pen.save();
  for (const { value, kind } of levels) {
    const y = plot.y(value);
    const strong = kind === 'budget';
    pen.setLineDash(strong ? [10 * scale, 6 * scale] : [3 * scale, 5 * scale]);
    pen.strokeStyle = strong ? INK.budget : INK.ghost;
    pen.lineWidth = lineWidth * (strong ? 0.7 : 0.5);
    pen.beginPath();
    pen.moveTo(plot.left, y);
    pen.lineTo(plot.right, y);
    pen.stroke();
  }
  pen.setLineDash([]);
  pen.restore();
}

/** The labels, the budget's first. One that is above the picture says so at the top edge. */
export function drawLevelLabels(
  pen: Pen,
  plot: Plot,
  levels: readonly (ChartLevel & { readonly offChart: boolean })[],
  labels: Labels,
  { textSize, scale }: Theme,
): void {
  const ordered = [...levels].sort((a, b) => Number(b.kind === 'budget') - Number(a.kind === 'budget'));
  const room = (plot.right - plot.left) * 0.6;
  for (const { name, value, kind, offChart } of ordered) {
    const strong = kind === 'budget';
    const size = textSize * (strong ? 0.95 : 0.9);
    pen.font = font(size, strong ? 'semibold' : 'regular');
    const words = `${offChart ? '↑ ' : ''}${cleanLabel(name)}`;
    const text = cutToFit(words, (one) => pen.measureText(one).width <= room);
    const width = pen.measureText(text).width + 12 * scale;
    const height = size * 1.25;
    const onLine = plot.y(value) - height / 2;
    // Clear of the upper edge, where announced stretches and deploys have their names.
    const y = offChart ? plot.top + 2 * scale : Math.max(plot.top - height * 0.4, onLine);
    const box = labels.place(places(plot, { width, height, y }, scale));
    if (box) drawLabel(pen, box, text, strong ? INK.budget : INK.quiet, scale);
  }
}

function places(plot: Plot, { width, height, y }: Omit<Box, 'x'>, scale: number): Box[] {
  const left = plot.left + 8 * scale;
  const way = Math.max(0, plot.right - 8 * scale - width - left);
  return Array.from({ length: PLACES }, (_, index) => ({
    x: left + (way * index) / (PLACES - 1),
    y,
    width,
    height,
  }));
}
