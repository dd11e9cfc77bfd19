/** What the money bought: usage metrics, their units, and the unit costs people speak of. */

import type { Day } from './day.ts';
import type { Allocation, Dimension } from './dimension.ts';

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

/** What a cost is divided by: a metric, or all kinds of tokens together. */
export type UnitMetric = UsageMetric | 'tokens';

/** Columns that usage may be about: the dimensions, and who provided it. */
export type UsageColumn = Dimension | 'provider' | 'service';

/** One day's quantity of one metric, as stored. Quantities are integer micro-units: 1.5 GPU-hours is 1_500_000n. */
export interface UsageRow {
  readonly day: Day;
  readonly metric: UsageMetric;
  readonly dimensions: Allocation & { readonly provider?: string; readonly service?: string };
  readonly quantityMicros: bigint;
}

/** Usage as read from the store: the sum of a day, metric and the columns grouped by. */
export interface UsageSum {
  readonly day: Day;
  readonly metric: UsageMetric;
  readonly quantityMicros: bigint;
  /** How many rows were added up: what is averaged is divided by it. */
  readonly rows: number;
}

/** Cost ÷ usage for a metric. Null means unknown, never zero; `unknown` then says why, in words. */
export interface UnitCost {
  readonly metric: UnitMetric;
  /** What it is per: "1k requests", "1M input tokens", "GPU-hour". */
  readonly per: string;
  /** 10^-18 of the answer's currency for one `per`. */
  readonly attos: bigint | null;
  readonly previousAttos: bigint | null;
  readonly changeRatio: number | null;
  /** Micro-units of the metric in the days that count; of quality, the average. */
  readonly quantity: bigint | null;
  readonly previousQuantity: bigint | null;
  /** Which cost was divided, when it is not all of it: "inference" or "training". */
  readonly stage?: string;
  /** Days with both cost and usage, of the period's complete days, when some lack usage. */
  readonly days?: { readonly known: number; readonly of: number };
  /** Models whose cost and usage were divided, of those with such cost, when some have no usage. */
  readonly models?: { readonly known: number; readonly of: number };
  readonly unknown?: string;
}
