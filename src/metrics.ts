/** Figures for Prometheus: the process itself, how fresh each source is, anomalies, what waits to be posted, what is running. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Chat } from './chat-wiring.ts';
import { SEVERITIES } from './core/analysis-settings.ts';
import { ANOMALY_STATES } from './core/anomaly.ts';
import { dayToMs, msToDay } from './core/day.ts';
import { readAnalysed } from './flows/analyse/analysed.ts';
import type { Context } from './flows/context.ts';
import { reportSources } from './flows/sources-report.ts';
import { tallyAnomalies } from './store/anomalies.ts';
import { countMessages } from './store/outbox.ts';
import { readRequests } from './store/source-requests.ts';
import { readSourceStates } from './store/source-states.ts';
import type { Threads } from './threads/pools.ts';

/** What is over only ever grows; it is in `/cost anomalies stats`. */
const GOING_ON = ANOMALY_STATES.filter((state) => state !== 'resolved');

export interface Metrics {
  readonly contentType: string;
  render(): Promise<string>;
}

export function createMetrics(
  context: Context,
  threads: Pick<Threads, 'running'>,
  refusals: Chat['refusals'] = () => [],
): Metrics {
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
  const failures = new Gauge({
    name: 'pennywatch_source_failed_polls',
    help: 'Failed polls in a row of each live source',
    labelNames: ['source'],
    registers: [registry],
  });
  const requests = new Gauge({
    name: 'pennywatch_source_requests_today',
    help: 'Requests that polling sent since midnight UTC',
    labelNames: ['source'],
    registers: [registry],
  });
  const messages = new Gauge({
    name: 'pennywatch_outbox_messages',
    help: 'Messages waiting to be posted, and messages given up in the last 90 days',
    labelNames: ['state'],
    registers: [registry],
  });
  const running = new Gauge({
    name: 'pennywatch_running_tasks',
    help: 'Tasks under way in threads',
    labelNames: ['task'],
    registers: [registry],
  });
  const anomalies = new Gauge({
    name: 'pennywatch_anomalies',
    help: 'Anomalies that are not over, by state and severity',
    labelNames: ['state', 'severity'],
    registers: [registry],
  });
  const refused = new Gauge({
    name: 'pennywatch_chat_refused_requests',
    help: 'Requests to a chat endpoint that were refused since the start (forged, replayed, of another tenant …)',
    labelNames: ['platform', 'reason'],
    registers: [registry],
  });
  const judgedThrough = new Gauge({
    name: 'pennywatch_analysis_watermark_seconds',
    help: 'Unix time of the midnight that starts the last day that was judged',
    registers: [registry],
  });
  const analysisAge = new Gauge({
    name: 'pennywatch_analysis_age_seconds',
    help: 'Seconds since costs were last judged; they are when costs, settings, plans or answers have changed',
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
      for (const state of await readSourceStates(context.store))
        failures.set({ source: state.name }, state.failures);
      for (const { name } of context.settings.sources) {
        const today = await readRequests(context.store, name, msToDay(context.now()));
        requests.set({ source: name }, today.requests);
      }
      const { waiting, givenUp } = await countMessages(context.store);
      messages.set({ state: 'waiting' }, waiting);
      messages.set({ state: 'given_up' }, givenUp);
      for (const state of GOING_ON) for (const severity of SEVERITIES) anomalies.set({ state, severity }, 0);
      for (const { state, severity, count } of await tallyAnomalies(context.store))
        if (state !== 'resolved') anomalies.set({ state, severity }, count);
      const analysed = await readAnalysed(context.store);
      // Before the first analysis there is no age: no sample is better than a wrong one.
      if (analysed) {
        judgedThrough.set(dayToMs(analysed.through) / 1000);
        analysisAge.set(Math.max(0, context.now() - Date.parse(analysed.at)) / 1000);
      } else {
        judgedThrough.remove();
        analysisAge.remove();
      }
      for (const { platform, reason, count } of refusals()) refused.set({ platform, reason }, count);
      running.reset();
      for (const { task } of threads.running()) running.inc({ task });
      return registry.metrics();
    },
  };
}
