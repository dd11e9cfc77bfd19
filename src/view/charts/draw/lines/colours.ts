/** Colours of charts of lines: Okabe-Ito, with vermilion for what stands out and grey for what was expected. */
import type { ChartBand } from '../../types.ts';

export const LINE_INK = {
  actual: '#0072B2',
  forecast: '#00557F',
  expected: '#6B7480',
  marked: '#D55E00',
  markedText: '#A84300',
  span: '#CC79A7',
  spanText: '#8A3F66',
  left: '#009E73',
} as const;

/** The wash of announced spend. */
export const SPAN_ALPHA = 0.17;

interface Wash {
  readonly colour: string;
  readonly alpha: number;
}

const WASHES: Readonly<Record<ChartBand['shade'], Wash>> = {
  expected: { colour: '#6B7480', alpha: 0.24 },
  outer: { colour: '#0072B2', alpha: 0.13 },
  middle: { colour: '#0072B2', alpha: 0.17 },
  inner: { colour: '#0072B2', alpha: 0.25 },
};

/** The grid shows through the bands, so they are washes rather than paints. */
export function washOf(shade: ChartBand['shade']): Wash {
  return WASHES[shade];
}

/** How dark a shade looks once the wider ones are under it. */
export function seenAlpha(shade: ChartBand['shade'], all: readonly ChartBand['shade'][]): number {
  const under = all.slice(0, all.indexOf(shade) + 1);
  return 1 - under.reduce((light, one) => light * (1 - WASHES[one].alpha), 1);
}
