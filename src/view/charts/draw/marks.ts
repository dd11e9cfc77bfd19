/** What Chart.js has no mark for: average, ghost of the period before, unknown days. */
import type { ChartSeries } from '../types.ts';
import type { Pen } from './pen.ts';
import type { Plot } from './plot.ts';
import type { Theme } from './theme.ts';
import { font, INK } from './theme.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A dark line in a light casing, so that it stands out on every colour; broken where unknown. */
export function drawAverage(pen: Pen, plot: Plot, series: ChartSeries, { lineWidth }: Theme): void {
  const runs = knownRuns(series.values).map((run) =>
    // A lone day has no line of its own: it gets a dash.
    (run.length === 1 ? [-0.3, 0.3] : [0]).flatMap((shift) =>
      run.map(({ day, value }): Point => ({ x: plot.x(day) + shift * plot.step, y: plot.y(value) })),
    ),
  );
  pen.save();
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  strokeRuns(pen, runs, INK.panel, lineWidth * 2.1);
  strokeRuns(pen, runs, INK.line, lineWidth);
  pen.restore();
}

/** The period before: the skyline of its bars, or a plain line where those would be a scribble. */
export function drawGhost(
  pen: Pen,
  plot: Plot,
  { values, stepped }: { values: ChartSeries['values']; stepped: boolean },
  { lineWidth, scale }: Theme,
): void {
  // One day alone is as wide as the plot; its outline stays near its bar.
  const half = !stepped ? 0 : values.length === 1 ? 64 * scale : plot.step / 2;
  const runs = knownRuns(values).map((run) =>
    run.flatMap(({ day, value }): Point[] => [
      { x: plot.x(day) - half, y: plot.y(value) },
      { x: plot.x(day) + half, y: plot.y(value) },
    ]),
  );
  pen.save();
  pen.lineJoin = 'round';
  pen.globalAlpha = 0.75;
  strokeRuns(pen, runs, INK.panel, lineWidth * 1.4);
  pen.globalAlpha = 1;
  strokeRuns(pen, runs, INK.ghost, lineWidth * 0.6);
  pen.restore();
}

/** A pale column where a day is unknown, which an empty place would show as nothing spent. */
export function drawUnknown(pen: Pen, plot: Plot, days: readonly number[]): void {
  pen.save();
  pen.fillStyle = INK.unknown;
  for (const [index, day] of days.entries()) {
    if (days[index - 1] === day - 1) continue;
    let length = 1;
    while (days[index + length] === day + length) length += 1;
    pen.fillRect(plot.x(day) - plot.step / 2, plot.top, plot.step * length, plot.bottom - plot.top);
  }
  pen.restore();
}

/** Says in the middle of an empty plot that it is empty because nothing is known. */
export function drawEmpty(pen: Pen, plot: Plot, { textSize }: Theme): void {
  pen.save();
  pen.fillStyle = INK.unknown;
  pen.fillRect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
  pen.font = font(textSize * 1.1);
  pen.fillStyle = INK.quiet;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText('No cost data for these days yet', (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2);
  pen.restore();
}

function strokeRuns(pen: Pen, runs: readonly (readonly Point[])[], colour: string, width: number): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  for (const run of runs) {
    for (const [index, point] of run.entries()) {
      if (index === 0) pen.moveTo(point.x, point.y);
      else pen.lineTo(point.x, point.y);
    }
  }
  pen.stroke();
}

function knownRuns(values: readonly (number | null)[]): { day: number; value: number }[][] {
  const runs: { day: number; value: number }[][] = [];
  let open = false;
  for (const [day, value] of values.entries()) {
    if (value === null) {
      open = false;
      continue;
    }
    if (!open) runs.push([]);
    open = true;
    runs.at(-1)?.push({ day, value });
  }
  return runs;
}
