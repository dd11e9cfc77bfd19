/** Lines and ranges over days, broken where nothing is known. */
import type { Pen } from '../pen.ts';
import type { Plot } from '../plot.ts';
import { INK } from '../theme.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The known points of a row, run by run. */
export function runsOf(plot: Plot, values: readonly (number | null)[]): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] | undefined;
  for (const [at, value] of values.entries()) {
    if (value === null) run = undefined;
    else {
      if (!run) {
        run = [];
        runs.push(run);
      }
      run.push({ x: plot.x(at), y: plot.y(value) });
    }
  }
  return runs;
}

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
  /** A light edge that sets the line off from what it crosses. */
  readonly cased?: boolean;
}

/** A line through each run; a point on its own is a dot. */
export function strokeRuns(pen: Pen, runs: readonly (readonly Point[])[], stroke: Stroke): void {
  const { colour, width, dash = [], cased = false } = stroke;
  const passes = [
    ...(cased ? [{ colour: INK.panel, width: width * 1.9, dash: [] }] : []),
    { colour, width, dash },
  ];
  pen.save();
  pen.lineJoin = 'round';
  for (const pass of passes) {
    pen.strokeStyle = pass.colour;
    pen.lineWidth = pass.width;
    pen.lineCap = pass.dash.length > 0 ? 'butt' : 'round';
    pen.setLineDash([...pass.dash]);
    pen.beginPath();
    for (const run of runs)
      for (const [index, { x, y }] of run.entries()) {
        if (index === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      }
    pen.stroke();
    pen.setLineDash([]);
    for (const run of runs) {
      const [only] = run;
      if (run.length === 1 && only) fillDot(pen, only, pass.width * 1.1, pass.colour);
    }
  }
  pen.restore();
}

export function fillDot(pen: Pen, { x, y }: Point, radius: number, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.fill();
}

/** The wash between two rows; a day on its own is as wide as a day. */
export function fillBetween(
  pen: Pen,
  plot: Plot,
  { lower, upper }: { lower: readonly (number | null)[]; upper: readonly (number | null)[] },
  { colour, alpha }: { colour: string; alpha: number },
): void {
  const both = lower.map((low, at) => (low === null || (upper[at] ?? null) === null ? null : at));
  const runs: number[][] = [];
  for (const [index, at] of both.entries()) {
    if (at === null) continue;
    if (index === 0 || both[index - 1] === null) runs.push([]);
    runs.at(-1)?.push(at);
  }
  pen.save();
  pen.globalAlpha = alpha;
  pen.fillStyle = colour;
  for (const run of runs) {
    const corners = run.length === 1 ? [-0.5, 0.5] : [0];
    const edge = (row: readonly (number | null)[]): Point[] =>
      run.flatMap((at) =>
        corners.map((shift) => ({ x: plot.x(at) + shift * plot.step, y: plot.y(row[at] ?? 0) })),
      );
    pen.beginPath();
    for (const [index, { x, y }] of [...edge(upper), ...edge(lower).reverse()].entries()) {
      if (index === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    }
    pen.closePath();
    pen.fill();
  }
  pen.restore();
}
