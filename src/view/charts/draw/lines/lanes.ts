/** Names above the plot: announced stretches in one row, deploys in another. */
import { cleanName, cutToFit } from '../../text/names.ts';
import type { ChartLines } from '../../types.ts';
import type { Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import { font, INK, type Theme } from '../theme.ts';
import { LINE_INK, SPAN_ALPHA } from './colours.ts';
import { drawFlag } from './swatches.ts';

/** Rows of names that a chart needs. */
export function laneRows({ spans, flags }: ChartLines): number {
  return Number(Boolean(spans)) + Number(Boolean(flags));
}

/** The washes of announced stretches, from one day's edge to the other's. */
export function drawSpans(pen: Pen, plot: Plot, { spans = [] }: ChartLines): void {
  pen.save();
  pen.globalAlpha = SPAN_ALPHA;
  pen.fillStyle = LINE_INK.span;
  for (const { from, to } of spans) {
    const left = plot.x(from) - plot.step / 2;
    pen.fillRect(left, plot.top, plot.x(to) + plot.step / 2 - left, plot.bottom - plot.top);
  }
  pen.restore();
}

/** The ticks of deploys: a dotted line under a small triangle. */
export function drawFlags(pen: Pen, plot: Plot, { flags }: ChartLines, { scale }: Theme): void {
  pen.save();
  pen.strokeStyle = INK.ghost;
  pen.lineWidth = 1.4 * scale;
  pen.setLineDash([2 * scale, 4 * scale]);
  for (const { at } of flags?.at ?? []) {
    pen.beginPath();
    pen.moveTo(plot.x(at), plot.top);
    pen.lineTo(plot.x(at), plot.bottom);
    pen.stroke();
  }
  pen.setLineDash([]);
  for (const { at } of flags?.at ?? []) drawFlag(pen, plot.x(at), plot.top - 2 * scale, 11 * scale);
  pen.restore();
}

interface Name {
  readonly text: string;
  readonly x: number;
  /** The name begins or ends here, or is around it. */
  readonly align: 'beside' | 'around';
}

/** The names, as many as there is room for; what is left out is counted at the end of the row. */
export function drawLanes(pen: Pen, plot: Plot, { spans = [], flags }: ChartLines, theme: Theme): void {
  const { textSize } = theme;
  const row = textSize * 1.3;
  // Flags right above their triangles, spans above those.
  if (flags) {
    const newest = [...flags.at].sort((a, b) => b.at - a.at);
    const names = newest.map(({ name, at }): Name => ({ text: name, x: plot.x(at), align: 'beside' }));
    drawRow(pen, plot, names, { y: plot.top - row * 0.55, colour: INK.text }, theme);
  }
  const stretches = spans.map(({ name, from, to }): Name => {
    return { text: name, x: (plot.x(from) + plot.x(to)) / 2, align: 'around' };
  });
  const y = plot.top - row * (flags ? 1.5 : 0.55);
  drawRow(pen, plot, stretches, { y, colour: LINE_INK.spanText }, theme);
}

function drawRow(
  pen: Pen,
  plot: Plot,
  names: readonly Name[],
  { y, colour }: { y: number; colour: string },
  { textSize, scale }: Theme,
): void {
  const taken: { from: number; to: number }[] = [];
  const end = plot.right - (names.length > 1 ? 40 * scale : 0);
  let leftOut = 0;
  pen.save();
  pen.font = font(textSize * 0.84);
  pen.fillStyle = colour;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  for (const { text: name, x, align } of names) {
    const text = cutToFit(cleanName(name), (one) => pen.measureText(one).width <= 240 * scale);
    const width = pen.measureText(text).width;
    const starts = align === 'around' ? [x - width / 2] : [x + 9 * scale, x - 9 * scale - width];
    const free = starts
      .map((start) => (align === 'around' ? Math.max(plot.left, Math.min(start, end - width)) : start))
      .find((from) => {
        const to = from + width;
        return from >= plot.left && to <= end && taken.every((one) => to < one.from || from > one.to);
      });
    if (free === undefined) leftOut += 1;
    else {
      taken.push({ from: free - 12 * scale, to: free + width + 12 * scale });
      pen.fillText(text, free, y);
    }
  }
  if (leftOut > 0) {
    pen.textAlign = 'right';
    pen.fillText(`+${leftOut}`, plot.right, y);
  }
  pen.restore();
}
