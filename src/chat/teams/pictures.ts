/** Gets the charts of a view in front of Teams' clients; a chart that fails becomes words, never a missing message. */
import type { Logger } from '../../core/log.ts';
import type { ChartSpec } from '../../view/charts/types.ts';
import type { View } from '../../view/elements.ts';
import { chartsOf, noPicture } from '../chart-pictures.ts';
import type { DrawChart } from '../types.ts';
import { limits } from './limits.ts';
import type { Picture, Pictures } from './render-image.ts';

export type { Picture, Pictures } from './render-image.ts';

/** Resolves when every chart of the view can be shown or has failed; never rejects. */
export type MakePictures = (view: View) => Promise<Pictures>;

/** With `chartUrl` clients load the pictures from there, else they travel in the message. */
export function createPictures(parts: {
  readonly drawChart: DrawChart;
  readonly chartUrl?: (chart: ChartSpec) => Promise<string>;
  readonly log: Logger;
}): MakePictures {
  const { drawChart, chartUrl, log } = parts;

  async function address(chart: ChartSpec): Promise<string> {
    if (chartUrl) return chartUrl(chart);
    const png = await drawChart(chart, { density: limits.image.density });
    return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  }

  async function picture(chart: ChartSpec): Promise<Picture> {
    try {
      return { state: 'ready', url: await address(chart) };
    } catch (error) {
      log.error({ err: error, chart: chart.id }, 'A chart could not be shown in Teams');
      return noPicture(error);
    }
  }

  return async (view) => {
    const charts = chartsOf(view);
    const made = await Promise.all(charts.map(picture));
    let room: number = limits.image.bytes;
    return new Map(
      charts.flatMap((chart, index) => {
        const one = made[index];
        if (one?.state !== 'ready' || !one.url.startsWith('data:')) return one ? [[chart, one]] : [];
        room -= one.url.length;
        if (room >= 0) return [[chart, one]];
        room += one.url.length;
        return [[chart, { state: 'failed', reason: 'a Teams message holds no more pictures' }]];
      }),
    );
  };
}
