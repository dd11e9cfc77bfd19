/** Draws and uploads the charts of a view; a chart that fails becomes words, never a missing message. */
import { createHash } from 'node:crypto';
import type { Logger } from '../../core/log.ts';
import type { ChartSpec } from '../../view/charts/types.ts';
import type { View } from '../../view/elements.ts';
import { chartsOf, noPicture } from '../chart-pictures.ts';
import type { DrawChart } from '../types.ts';
import type { SlackApi, Wait } from './api.ts';
import type { Picture, Pictures } from './render-image.ts';
import { uploadPng } from './upload.ts';

/** Uploaded pictures that are remembered. */
const KEPT = 200;

/** Resolves when every chart of the view is in Slack or has failed; never rejects. */
export type MakePictures = (view: View) => Promise<Pictures>;

export function createPictures(parts: {
  readonly api: SlackApi;
  readonly drawChart: DrawChart;
  readonly log: Logger;
  readonly wait: Wait;
}): MakePictures {
  /** Of charts that are in Slack: a message that is rewritten often shows the same file. */
  const uploaded = new Map<string, string>();

  async function picture(chart: ChartSpec): Promise<Picture> {
    const drawn = createHash('sha256').update(JSON.stringify(chart)).digest('base64url');
    const known = uploaded.get(drawn);
    if (known !== undefined) return { state: 'ready', fileId: known };
    try {
      const png = await parts.drawChart(chart);
      const filename = `${chart.id.replace(/[^\w-]+/g, '-') || 'chart'}.png`;
      const fileId = await uploadPng(parts.api, parts.wait, {
        png,
        filename,
        title: chart.title,
        altText: chart.alt,
      });
      keep(drawn, fileId);
      return { state: 'ready', fileId };
    } catch (error) {
      parts.log.error({ err: error, chart: chart.id }, 'A chart could not be shown in Slack');
      return noPicture(error);
    }
  }

  /** The oldest goes first. */
  function keep(drawn: string, fileId: string): void {
    uploaded.set(drawn, fileId);
    const [oldest] = uploaded.keys();
    if (uploaded.size > KEPT && oldest !== undefined) uploaded.delete(oldest);
  }

  return async (view) => {
    const charts = chartsOf(view);
    const made = await Promise.all(charts.map(picture));
    return new Map(charts.flatMap((chart, index) => (made[index] ? [[chart, made[index]] as const] : [])));
  };
}
