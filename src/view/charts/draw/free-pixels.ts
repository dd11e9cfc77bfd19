/** Frees a picture's pixels when its chart is done with. */
import type { Chart } from 'chart.js';

/** Hooks for a chart's plugin. Pixels live outside the heap, where the garbage collector sees no reason to hurry. */
export function freePixels() {
  let canvas: { width: number; height: number } | undefined;
  return {
    beforeInit(chart: Chart): void {
      canvas = chart.canvas;
    },
    afterDestroy(): void {
      if (!canvas) return;
      canvas.width = 1;
      canvas.height = 1;
    },
  };
}
