/** What the money bought: usage metrics, their units, and the unit costs people speak of. */

import type { Day } from './day.ts';
import type { Allocation } from './dimension.ts';

/** Metrics that `pennywatch import usage` takes and unit costs are computed from. */
export const USAGE_METRICS = [
  'requests',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'gpu_hours',
  'training_hours',
  'epochs',
  'quality',
] as const;
export type UsageMetric = (typeof USAGE_METRICS)[number];

/** One day's quantity of one metric, as stored. Quantities are integer micro-units: 1.5 GPU-hours is 1_500_000n. */
export interface UsageRow {
  readonly day: Day;
  readonly metric: UsageMetric;
  readonly dimensions: Allocation & { readonly provider?: string; readonly service?: string };
  readonly quantityMicros: bigint;
}

/** Cost ÷ usage for a metric. Null means unknown, never zero; `unknown` then says why, in words. */
export interface UnitCost {
  readonly metric: UsageMetric;
  /** What it is per: "1k requests", "1M input tokens", "GPU-hour". */
  readonly per: string;
  /** 10^-18 of the answer's currency for one `per`. */
  readonly attos: bigint | null;
  readonly previousAttos: bigint | null;
  readonly changeRatio: number | null;
  /** Micro-units of the metric in the days that count. */
  readonly quantity: bigint | null;
  readonly previousQuantity: bigint | null;
  /** Which cost was divided, when it is not all of it: "inference" or "training". */
  readonly stage?: string;
  /** Days with both cost and usage, of the period's complete days, when some lack usage. */
  readonly days?: { readonly known: number; readonly of: number };
  readonly unknown?: string;
}
