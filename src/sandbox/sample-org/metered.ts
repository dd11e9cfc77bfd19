/** What the organisation's own meters count: requests, tokens, GPU-hours … behind the charges of the bills. */
import { addDays, type Day, daysBetween } from '../../core/day.ts';
import type { UsageMetric } from '../../core/usage.ts';
import { INCIDENTS } from './incidents.ts';
import { meterOf } from './meters.ts';
import { MODELS } from './models.ts';
import { hash, wobble } from './random.ts';
import { growthFactor } from './shapes.ts';
import { SOURCES } from './sources.ts';
import type { Entry, ModelSeed, Use } from './types.ts';
import { usageOf } from './usage.ts';

export interface Metered {
  readonly day: Day;
  readonly model: string;
  readonly stage: string;
  readonly environment: string;
  readonly provider: string;
  readonly metric: UsageMetric;
  readonly quantity: number;
}

interface Span {
  readonly start: Day;
  readonly today: Day;
  readonly seed: number;
}

/** Nobody counts what these are used for. */
export const UNMETERED: readonly string[] = ['translate-m2m', 'log-anomaly', 'geo-intent', 'push-timing'];

/** The exporter of this model's requests was broken for nine days. */
export const EXPORTER_GAP = { model: 'visual-search', from: 20, to: 12 } as const;

/** Models that are scored every day, and their usual score. */
const SCORED: Readonly<Record<string, number>> = {
  bert: 0.914,
  'ranker-v3': 0.781,
  'fraud-net': 0.947,
  'text-toxicity': 0.902,
  'support-copilot': 0.868,
};

/** Models whose training is counted in epochs, and the GPU-hours of one. */
const EPOCHS: Readonly<Record<string, number>> = {
  bert: 9,
  'ranker-v3': 14,
  'two-tower': 6,
  'fraud-net': 5,
  'diffusion-thumbs': 42,
};

const GPUS: Readonly<Partial<Record<Use['meter'], number>>> = {
  'aws-train-p4d': 8,
  'aws-train-g5-48x': 8,
  'aws-train-g5-12x': 4,
  'aws-ec2-p4d': 8,
  'aws-ec2-g5-12x': 4,
  'gcp-train-a2': 1,
  'gcp-train-a2-8': 8,
  'gcp-a2': 1,
  'azure-train-nc24': 1,
};

/** What each provider calls hours. */
const HOURS: readonly string[] = ['Hours', 'h'];

/** Everything that was counted from `start` to yesterday, in the order of the days, rows of a kind added up. */
export function meteredUsage(span: Span): Metered[] {
  const sums = new Map<string, Metered>();
  // Meters are read the next morning; bills take longer.
  for (const source of Object.values(SOURCES))
    for (const entry of usageOf({ ...source, lag: 1, newest: 1 }, span))
      for (const part of countedIn(entry, source.provider, span)) {
        const key = `${part.day}|${part.model}|${part.metric}|${part.stage}|${part.environment}|${source.provider}`;
        const quantity = (sums.get(key)?.quantity ?? 0) + part.quantity;
        sums.set(key, { ...part, quantity });
      }
  return [...sums.values(), ...scores(span)].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function countedIn(entry: Entry, provider: string, span: Span): Metered[] {
  const { line, start: day } = entry;
  const model = MODELS.find(({ name }) => name === line.model);
  if (!model || entry.category !== 'Usage' || entry.quantity === undefined) return [];
  if (UNMETERED.includes(model.name) || isRunaway(entry, span.today)) return [];
  const daysAgo = daysBetween(day, span.today);
  const { stage, environment } = line.use;
  return counts(model, line.use, Number(entry.quantity) / 1e6, { day, daysAgo, seed: span.seed }).flatMap(
    ([metric, quantity]) =>
      quantity > 0 && !isLost(model.name, metric, daysAgo)
        ? [{ day, model: model.name, stage, environment, provider, metric, quantity }]
        : [],
  );
}

type At = { readonly day: Day; readonly daysAgo: number; readonly seed: number };

/** What `units` of a use's pricing unit were good for. */
function counts(model: ModelSeed, use: Use, units: number, at: At): [UsageMetric, number][] {
  const tokens = tokenMetric(use.meter);
  if (tokens && use.stage === 'inference') {
    const counted = Math.round(units * 1e6);
    const replies = tokens === 'output_tokens' ? Math.round(counted / tokensPerReply(model)) : 0;
    return [
      [tokens, counted],
      ['requests', replies],
    ];
  }
  if (use.stage === 'inference' && use.environment === 'prod' && use.shape === 'traffic')
    return isAsked(model) ? [] : [['requests', requests(model, use, units, at)]];
  if (use.stage !== 'training' || !HOURS.includes(meterOf(use.meter).unit)) return [];
  const gpuHours = units * (GPUS[use.meter] ?? 0);
  const perEpoch = EPOCHS[model.name];
  return [
    ['training_hours', rounded(units)],
    ['gpu_hours', rounded(gpuHours)],
    ['epochs', perEpoch ? Math.round(gpuHours / perEpoch) : 0],
  ];
}

/** Traffic fills the machines about as much every day; code and batching slowly make more of them, or less. */
function requests(model: ModelSeed, use: Use, hours: number, { day, daysAgo, seed }: At): number {
  const key = hash(`requests|${model.name}`);
  const perThousand = 0.12 + (key % 1000) / 1400;
  const drift = growthFactor(((key >>> 10) % 40) / 1000 - 0.012, daysAgo);
  const noise = wobble(hash(`${seed}|${use.resource}`), daysBetween('2000-01-01', day), 0.05);
  return Math.round(((hours * Number(meterOf(use.meter).price)) / perThousand) * 1000 * drift * noise);
}

function scores({ start, today, seed }: Span): Metered[] {
  return Object.entries(SCORED).flatMap(([model, usual]) =>
    Array.from({ length: daysBetween(start, today) }, (_, index): Metered => {
      const day = addDays(start, index);
      const noise = wobble(hash(`${seed}|quality|${model}`), daysBetween('2000-01-01', day), 0.006);
      const quantity = Math.round(usual * noise * 1e4) / 1e4;
      return { day, model, stage: '', environment: 'prod', provider: '', metric: 'quality', quantity };
    }),
  );
}

function tokenMetric(meter: string): UsageMetric | undefined {
  if (meter === 'aws-titan-embed' || meter.endsWith(':in')) return 'input_tokens';
  if (meter.endsWith(':out')) return 'output_tokens';
  return meter.endsWith(':cached') ? 'cached_tokens' : undefined;
}

/** Models that answer through an LLM: their requests are counted by the gateway, not by an endpoint. */
function isAsked({ uses }: ModelSeed): boolean {
  return uses.some(({ meter, stage }) => stage === 'inference' && tokenMetric(meter) !== undefined);
}

function tokensPerReply({ name }: ModelSeed): number {
  return 110 + (hash(`reply|${name}`) % 300);
}

/** A job that does not end, or a machine left running, costs money and does nothing. */
function isRunaway({ resource }: Entry, today: Day): boolean {
  return INCIDENTS.some(
    ({ effect, from }) =>
      effect.kind === 'extra' &&
      resource === `${effect.resource}-${addDays(today, -from).replaceAll('-', '')}`,
  );
}

function isLost(model: string, metric: UsageMetric, daysAgo: number): boolean {
  const { from, to } = EXPORTER_GAP;
  return model === EXPORTER_GAP.model && metric === 'requests' && daysAgo <= from && daysAgo >= to;
}

function rounded(hours: number): number {
  return Math.round(hours * 1000) / 1000;
}
