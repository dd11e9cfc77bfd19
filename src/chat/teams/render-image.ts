/** A chart as a picture, as a chart that Teams draws itself, or in words while there is neither. */
import type { ChartSpec } from '../../view/charts/types.ts';
import type { CardElement } from './card-types.ts';
import { clip, oneLine } from './clip.ts';
import { renderNote } from './fit.ts';
import { limits } from './limits.ts';
import { nativeChart } from './native-chart.ts';
import type { Part } from './rich-text.ts';

/** Where the picture of a chart stands. */
export type Picture =
  | { readonly state: 'drawing' }
  /** An address that Teams' clients load, or the picture itself as "data:". */
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'failed'; readonly reason: string };

/** The pictures of a view by chart; a chart without one is described in words. */
export type Pictures = ReadonlyMap<ChartSpec, Picture>;

export function renderChart(chart: ChartSpec, picture: Picture | undefined, native: boolean): Part {
  const drawn = renderPicture(chart, picture);
  const [fallback, ...others] = drawn.elements;
  const own = native && fallback ? nativeChart(chart, fallback) : undefined;
  return own ? { elements: [own, ...others], mentions: [] } : drawn;
}

function renderPicture(chart: ChartSpec, picture: Picture | undefined): Part {
  if (!picture) return renderNote(`Chart: ${chart.alt}`);
  switch (picture.state) {
    case 'ready':
      return { elements: [image(chart, picture.url)], mentions: [] };
    case 'drawing':
      return renderNote(`Drawing the chart… ${chart.alt}`);
    case 'failed':
      return renderNote(`The chart cannot be shown (${picture.reason}). In words: ${chart.alt}`);
  }
}

function image(chart: ChartSpec, url: string): CardElement {
  return {
    type: 'Image',
    url,
    altText: clip(oneLine(chart.alt) || oneLine(chart.title) || 'Chart', limits.image.altText),
    size: 'Stretch',
    msteams: { allowExpand: true },
  };
}
