/** The low picture under a chart of lines: shares of a whole, from all to nothing. */
import type { ChartStrip } from '../../types.ts';
import type { Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import { font, INK, type Theme } from '../theme.ts';
import { LINE_INK } from './colours.ts';
import { fillBetween, runsOf, strokeRuns } from './strokes.ts';

/** `area` is where the picture may be, its caption's line included. */
export function drawStrip(pen: Pen, area: Plot, { name, values }: ChartStrip, theme: Theme): void {
  const { textSize, scale, lineWidth } = theme;
  const known = values.filter((value) => value !== null);
  const low = known.reduce((least, value) => Math.min(least, value), 0);
  // Overdrawn many times over, a line at the lower edge says enough.
  const floor = Math.max(low, -1);
  const top = area.top + textSize * 1.7;
  const y = (value: number): number =>
    area.bottom - ((Math.max(floor, Math.min(1, value)) - floor) / (1 - floor)) * (area.bottom - top);
  const plot: Plot = { ...area, top, y };
  const last = known.at(-1);
  const used = low < 0 || last === 0;
  pen.save();
  for (const value of floor < 0 ? [1, 0, floor] : [1, 0]) {
    pen.strokeStyle = value === 0 ? INK.zero : INK.grid;
    pen.lineWidth = 1.5 * scale;
    pen.beginPath();
    pen.moveTo(plot.left, y(value));
    pen.lineTo(plot.right, y(value));
    pen.stroke();
  }
  pen.font = font(textSize * 0.92);
  pen.fillStyle = INK.quiet;
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const value of [1, 0]) pen.fillText(percent(value), plot.left - 10 * scale, y(value));
  pen.textAlign = 'left';
  pen.font = font(textSize * 0.92, 'semibold');
  pen.fillStyle = INK.text;
  const words = last === undefined ? 'unknown' : last < 0 ? `overdrawn by ${percent(-last)}` : percent(last);
  pen.fillText(`${name}: ${words}`, plot.left + 4 * scale, area.top + textSize * 0.75);
  const above = values.map((value) => (value === null ? null : Math.max(0, value)));
  const below = values.map((value) => (value === null ? null : Math.min(0, value)));
  const zero = values.map((value) => (value === null ? null : 0));
  fillBetween(pen, plot, { lower: zero, upper: above }, { colour: LINE_INK.left, alpha: 0.2 });
  if (used) fillBetween(pen, plot, { lower: below, upper: zero }, { colour: LINE_INK.marked, alpha: 0.3 });
  strokeRuns(pen, runsOf(plot, values), { colour: LINE_INK.left, width: lineWidth * 0.85 });
  const over = values.map((value) => (value !== null && value < 0 ? value : null));
  strokeRuns(pen, runsOf(plot, over), { colour: LINE_INK.marked, width: lineWidth * 0.85 });
  pen.restore();
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
