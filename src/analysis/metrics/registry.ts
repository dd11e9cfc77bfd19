/** Every unit metric, the telling ones first. Adding one is an entry here (and in core/usage.ts, when it is counted anew). */
import type { UsageMetric } from '../../core/usage.ts';
import type { UnitMetricDefinition } from './types.ts';

const ONE = 1_000_000n;
const TOKENS = { perMicros: 1_000_000n * ONE, stage: 'inference', combine: 'sum' } as const;

export const UNIT_METRICS: readonly UnitMetricDefinition[] = [
  {
    id: 'requests',
    per: '1k requests',
    perMicros: 1_000n * ONE,
    counts: ['requests'],
    stage: 'inference',
    combine: 'sum',
  },
  { id: 'tokens', per: '1M tokens', counts: ['input_tokens', 'output_tokens', 'cached_tokens'], ...TOKENS },
  { id: 'input_tokens', per: '1M input tokens', counts: ['input_tokens'], ...TOKENS },
  { id: 'output_tokens', per: '1M output tokens', counts: ['output_tokens'], ...TOKENS },
  { id: 'cached_tokens', per: '1M cached tokens', counts: ['cached_tokens'], ...TOKENS },
  {
    id: 'gpu_hours',
    per: 'GPU-hour',
    perMicros: ONE,
    counts: ['gpu_hours'],
    stage: 'training',
    combine: 'sum',
  },
  {
    id: 'training_hours',
    per: 'training hour',
    perMicros: ONE,
    counts: ['training_hours'],
    stage: 'training',
    combine: 'sum',
  },
  { id: 'epochs', per: 'epoch', perMicros: ONE, counts: ['epochs'], stage: 'training', combine: 'sum' },
  // All cost of the days with a score ÷ the sum of their average scores: what a day costs per point of quality.
  { id: 'quality', per: 'quality point a day', perMicros: ONE, counts: ['quality'], combine: 'average' },
];

/** The stage whose cost buys a metric, where its rows do not say another. */
export function stageOfMetric(metric: UsageMetric): 'inference' | 'training' | undefined {
  return UNIT_METRICS.find(({ id }) => id === metric)?.stage;
}
