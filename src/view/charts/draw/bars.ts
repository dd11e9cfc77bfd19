/** Where Chart.js has put its bars, and the stripes over those that are still arriving. */
import type { Chart } from 'chart.js';
import { hatch } from './hatch.ts';
import type { Pen } from './pen.ts';
import type { Theme } from './theme.ts';

interface Bar {
  readonly x: number;
  readonly y: number;
  readonly base: number;
  readonly width: number;
}

/** The stacked bars at a position of the x axis. */
export function barsOf(chart: Chart, position: number): Bar[] {
  return chart.data.datasets.flatMap((_, index) => {
    const element = chart.getDatasetMeta(index).data[position];
    if (!element) return [];
    const bar = element.getProps(['x', 'y', 'base', 'width'], true) satisfies object as Bar;
    return Number.isFinite(bar.y) && Number.isFinite(bar.base) ? [bar] : [];
  });
}

/** Upper end of the bars at each position, in pixels. */
export function barTops(chart: Chart, positions: number): number[] {
  return Array.from({ length: positions }, (_, position) =>
    barsOf(chart, position).reduce((top, bar) => Math.min(top, bar.y, bar.base), chart.chartArea.bottom),
  );
}

/** Stripes the bars from `start` up to, but without, `end`. */
export function hatchBars(
  pen: Pen,
  chart: Chart,
  { start, end }: { start: number; end: number },
  { scale }: Theme,
): void {
  for (let position = start; position < end; position += 1) {
    for (const { x, y, base, width } of barsOf(chart, position)) {
      const box = { x: x - width / 2, y: Math.min(y, base), width, height: Math.abs(base - y) };
      if (box.height > 0) hatch(pen, box, scale);
    }
  }
}
