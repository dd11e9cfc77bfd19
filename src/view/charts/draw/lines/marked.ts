/** What stands out: dots in vermilion, and a column between them and what was expected. */
import type { ChartLines, ChartSpec } from '../../types.ts';
import type { Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import { INK, type Theme } from '../theme.ts';
import { LINE_INK } from './colours.ts';
import { fillDot, type Point, strokeRuns } from './strokes.ts';

/** Widest column, as that of a bar. */
const MAX_COLUMN = 76;

/** The distance to the band, as a wash under the line. */
export function drawDistance(
  pen: Pen,
  plot: Plot,
  spec: ChartSpec,
  lines: ChartLines,
  { scale }: Theme,
): void {
  const band = lines.bands.find(({ shade }) => shade === 'expected');
  const values = actualOf(spec);
  const width = Math.min(plot.step * (plot.step < 6 * scale ? 1 : 0.8), MAX_COLUMN * scale);
  pen.save();
  pen.globalAlpha = 0.26;
  pen.fillStyle = LINE_INK.marked;
  for (const at of lines.marked?.at ?? []) {
    const value = values[at] ?? null;
    const [low, high] = [band?.lower[at] ?? null, band?.upper[at] ?? null];
    const edge =
      value === null ? null : high !== null && value > high ? high : low !== null && value < low ? low : null;
    if (value === null || edge === null) continue;
    const [top, bottom] = [plot.y(Math.max(value, edge)), plot.y(Math.min(value, edge))];
    pen.fillRect(plot.x(at) - width / 2, top, width, bottom - top);
  }
  pen.restore();
}

interface MarkedPoint extends Point {
  readonly at: number;
}

/** Where the dots are, for labels to keep off. */
export function markedPoints(plot: Plot, spec: ChartSpec, lines: ChartLines): MarkedPoint[] {
  const marked = new Set(lines.marked?.at ?? []);
  return actualOf(spec).flatMap((value, at) =>
    value !== null && marked.has(at) ? [{ at, x: plot.x(at), y: plot.y(value) }] : [],
  );
}

/** The dots, and the line between neighbours. */
export function drawMarked(pen: Pen, plot: Plot, spec: ChartSpec, lines: ChartLines, theme: Theme): void {
  const points = markedPoints(plot, spec, lines);
  const runs: MarkedPoint[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    if (run?.at(-1)?.at === point.at - 1) run.push(point);
    else runs.push([point]);
  }
  const joined = runs.filter((run) => run.length > 1);
  strokeRuns(pen, joined, { colour: LINE_INK.marked, width: theme.lineWidth });
  const radius = dotRadius(plot, theme);
  // Dots that would only be a thicker line are left to the line, but for lone ones.
  const dotted = radius > 3 * theme.scale ? points : runs.filter((run) => run.length === 1).flat();
  for (const point of dotted) fillDot(pen, point, radius + 1.6 * theme.scale, INK.panel);
  for (const point of dotted) fillDot(pen, point, Math.max(radius, 4 * theme.scale), LINE_INK.marked);
}

/** As large as days leave room for, and never too small for a thumbnail. */
export function dotRadius({ step }: Plot, { scale }: Theme): number {
  return Math.min(6.5, Math.max(2.6, (step / scale) * 0.5)) * scale;
}

function actualOf(spec: ChartSpec): readonly (number | null)[] {
  return spec.series.find(({ role }) => role === 'actual')?.values ?? [];
}
