/** Figures for Prometheus: the process itself and how fresh each source is. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { dayToMs } from './core/day.ts';
import type { Context } from './flows/context.ts';
import { reportSources } from './flows/sources-report.ts';

export interface Metrics {
  readonly contentType: string;
  render(): Promise<string>;
}

export function createMetrics(context: Context): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const watermark = new Gauge({
    name: 'pennywatch_source_watermark_seconds',
    help: 'Unix time of the midnight that starts the last complete day of each source',
    labelNames: ['source'],
    registers: [registry],
  });
  const different = new Gauge({
    name: 'pennywatch_source_unreconciled_days',
    help: 'Days whose bill, facts and allocated costs do not add up',
    labelNames: ['source'],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    async render() {
      const { sources } = await reportSources(context);
      for (const source of sources) {
        if (source.watermark) watermark.set({ source: source.name }, dayToMs(source.watermark) / 1000);
        different.set({ source: source.name }, source.reconciled.different);
      }
      return registry.metrics();
    },
  };
}
