/** Draws a chart spec as a PNG with Chart.js. The only impure file of view: it loads a canvas and a font. */
import { createRequire } from 'node:module';
import type { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { chartConfiguration } from './draw/configuration.ts';
import type { Measure } from './draw/legend.ts';
import { lineConfiguration } from './draw/lines/line-configuration.ts';
import type { Pen } from './draw/pen.ts';
import { FONT_FAMILY } from './draw/theme.ts';
import { twoPanels } from './draw/two-panels.ts';
import type { ChartSpec } from './types.ts';

export interface RasteriseOptions {
  /** CSS pixels; 900 × 420 unless told. */
  readonly width?: number;
  readonly height?: number;
  /** Picture pixels per CSS pixel; 2 unless told. */
  readonly density?: number;
}

/** The font travels with the program, so that a chart looks the same on every machine. */
const FONT_FILES = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
] as const;

interface Canvas {
  /** A renderer for this size; one size is kept, as all our charts have the same. */
  renderer(width: number, height: number): ChartJSNodeCanvas;
  readonly measure: Measure;
}

// Fonts belong to the process, so loading them is done once per process, on first use.
let loading: Promise<Canvas> | undefined;

/** The chart as PNG bytes, width × density by height × density pixels, corners transparent. */
export async function rasterise(chart: ChartSpec, options: RasteriseOptions = {}): Promise<Uint8Array> {
  const { width = 900, height = 420, density = 2 } = options;
  loading ??= loadCanvas();
  const { renderer, measure } = await loading;
  const size = { width, height, density };
  const configuration = chart.lines
    ? lineConfiguration(chart, chart.lines, size, measure)
    : chart.beside
      ? twoPanels(chart, chart.beside, size, measure)
      : chartConfiguration(chart, size, measure);
  // The callback form of this renderer does not work on the canvas we use; this one also frees the chart.
  return renderer(width, height).renderToBufferSync(configuration, 'image/png');
}

async function loadCanvas(): Promise<Canvas> {
  const [{ ChartJSNodeCanvas }, { createCanvas, GlobalFonts }] = await Promise.all([
    import('chartjs-node-canvas'),
    import('@napi-rs/canvas'),
  ]);
  const { resolve } = createRequire(import.meta.url);
  for (const file of FONT_FILES) GlobalFonts.registerFromPath(resolve(file), FONT_FAMILY);
  const pen: Pen = createCanvas(1, 1).getContext('2d');
  let kept: { key: string; renderer: ChartJSNodeCanvas } | undefined;
  return {
    renderer(width, height) {
      const key = `${width}x${height}`;
      if (kept?.key !== key) kept = { key, renderer: new ChartJSNodeCanvas({ width, height }) };
      return kept.renderer;
    },
    measure(text, font) {
      pen.font = font;
      return pen.measureText(text).width;
    },
  };
}
