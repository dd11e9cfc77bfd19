/** The amount of the point a chart is about, beside it. */
import type { ChartLines } from '../../types.ts';
import type { Box, Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import { font, INK, type Theme } from '../theme.ts';
import { LINE_INK } from './colours.ts';
import { drawLabel, type Labels } from './labels.ts';
import { fillDot } from './strokes.ts';

export function drawNote(
  pen: Pen,
  plot: Plot,
  { at, value, tone }: NonNullable<ChartLines['note']>,
  text: string,
  labels: Labels,
  { textSize, lineWidth, scale }: Theme,
): void {
  const point = { x: plot.x(at), y: plot.y(value) };
  pen.save();
  if (tone === 'forecast') fillDot(pen, point, lineWidth * 1.5, LINE_INK.forecast);
  pen.font = font(textSize * 1.05, 'semibold');
  const width = pen.measureText(text).width + 8 * scale;
  const height = textSize * 1.3;
  const gap = 10 * scale;
  const spots = [
    { x: point.x - width / 2, y: point.y - height - gap },
    { x: point.x - width - gap, y: point.y - height / 2 },
    { x: point.x + gap, y: point.y - height / 2 },
    { x: point.x - width - gap, y: point.y - height - gap },
    { x: point.x + gap, y: point.y - height - gap },
    { x: point.x - width * 1.5 - gap, y: point.y - height / 2 },
    { x: point.x - width / 2, y: point.y + gap },
    { x: point.x - width - gap, y: point.y + gap },
  ];
  const box = labels.place(spots.map((spot) => inside(plot, { ...spot, width, height })));
  if (box) drawLabel(pen, box, text, tone === 'marked' ? LINE_INK.markedText : LINE_INK.forecast, scale);
  pen.restore();
}

/** Says that the cost itself is not known, where the lines around it are. */
export function drawUnknownWords(pen: Pen, plot: Plot, labels: Labels, { textSize, scale }: Theme): void {
  const text = 'No cost data for these days yet';
  pen.save();
  pen.font = font(textSize * 1.1);
  const width = pen.measureText(text).width + 16 * scale;
  const height = textSize * 1.5;
  const x = (plot.left + plot.right - width) / 2;
  const way = plot.bottom - plot.top - height;
  const box = labels.place(
    [0.5, 0.8, 0.95, 0.2].map((part) => ({ x, y: plot.top + way * part, width, height })),
  );
  if (box) drawLabel(pen, box, text, INK.quiet, scale);
  pen.restore();
}

function inside(plot: Plot, box: Box): Box {
  const x = Math.max(plot.left, Math.min(box.x, plot.right - box.width));
  const y = Math.max(plot.top - box.height * 0.2, Math.min(box.y, plot.bottom - box.height));
  return { ...box, x, y };
}
