/** Announced stretches and deploys: washes, ticks, and their names above the plot. */
import type { ChartLines } from '../../types.ts';
import type { Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import { font, INK, type Theme } from '../theme.ts';
import { LINE_INK, SPAN_ALPHA } from './colours.ts';
import { laneLayout } from './lane-layout.ts';
import { drawFlag } from './swatches.ts';

/** More ticks than this are triangles only: their lines would be a fence. */
const MAX_LINED = 14;
/** More triangles than this would be a comb. */
const MIN_APART = 4;

export function laneHeight({ textSize }: Theme): number {
  return textSize * 1.3;
}

export function laneFont({ textSize }: Theme): string {
  return font(textSize * 0.92);
}

/** The washes of announced stretches, from one day's edge to the other's, up to their names. */
export function drawSpans(
  pen: Pen,
  plot: Plot,
  { spans = [] }: ChartLines,
  rows: number,
  theme: Theme,
): void {
  const top = plot.top - (rows > 1 ? laneHeight(theme) : 0);
  pen.save();
  pen.globalAlpha = SPAN_ALPHA;
  pen.fillStyle = LINE_INK.span;
  for (const { from, to } of spans) {
    const left = plot.x(from) - plot.step / 2;
    pen.fillRect(left, top, plot.x(to) + plot.step / 2 - left, plot.bottom - top);
  }
  pen.restore();
}

/** The ticks of deploys: a dotted line under a small triangle. */
export function drawFlags(pen: Pen, plot: Plot, { flags }: ChartLines, { scale }: Theme): void {
  const all = [...(flags?.at ?? [])].sort((a, b) => a.at - b.at);
  pen.save();
  pen.strokeStyle = INK.ghost;
  pen.lineWidth = 1.4 * scale;
  pen.setLineDash([2 * scale, 4 * scale]);
  for (const { at } of all.length > MAX_LINED ? [] : all) {
    pen.beginPath();
    pen.moveTo(plot.x(at), plot.top);
    pen.lineTo(plot.x(at), plot.bottom);
    pen.stroke();
  }
  pen.setLineDash([]);
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of all) {
    const x = plot.x(at);
    if (x - last < MIN_APART * scale) continue;
    drawFlag(pen, x, plot.top - 2 * scale, 11 * scale);
    last = x;
  }
  pen.restore();
}

/** The names that fit; how many do not is said at the left of their row. */
export function drawLanes(pen: Pen, plot: Plot, lines: ChartLines, rows: number, theme: Theme): void {
  pen.save();
  pen.font = laneFont(theme);
  const widthOf = (text: string): number => pen.measureText(text).width;
  const { names, leftOut } = laneLayout(lines, { plot, widthOf, theme }, rows);
  const middle = (row: number): number => plot.top - laneHeight(theme) * (row + 0.6);
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  for (const { kind, text, x, row } of names) {
    pen.fillStyle = kind === 'span' ? LINE_INK.spanText : INK.text;
    pen.fillText(text, x, middle(row));
  }
  pen.fillStyle = INK.quiet;
  for (const { row, count } of leftOut) pen.fillText(`+${count}`, plot.left, middle(row));
  pen.restore();
}
