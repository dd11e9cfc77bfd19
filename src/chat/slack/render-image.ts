/** A chart as a picture Slack already holds, or in words while there is none. */
import type { KnownBlock } from '@slack/types';
import type { ChartSpec } from '../../view/charts/types.ts';
import { printable } from '../../view/fallback.ts';
import { clip } from './clip.ts';
import { limits } from './limits.ts';
import { renderNote } from './render-context.ts';

/** Where the picture of a chart stands. */
export type Picture =
  | { readonly state: 'ready'; readonly fileId: string }
  | { readonly state: 'drawing' }
  | { readonly state: 'failed'; readonly reason: string };

/** The pictures of a view by chart; a chart without one is described in words. */
export type Pictures = ReadonlyMap<ChartSpec, Picture>;

export function renderImage(chart: ChartSpec, picture: Picture | undefined): KnownBlock[] {
  if (!picture) return renderNote(`Chart: ${chart.alt}`);
  switch (picture.state) {
    case 'ready':
      return [
        {
          type: 'image',
          slack_file: { id: picture.fileId },
          alt_text: clip(printable(chart.alt) || printable(chart.title) || 'Chart', limits.image.altText),
        },
      ];
    case 'drawing':
      return renderNote(`Drawing the chart… ${chart.alt}`);
    case 'failed':
      return renderNote(`The chart cannot be shown (${picture.reason}). In words: ${chart.alt}`);
  }
}
