/** What a unit metric is, and the cost and usage it is computed from. */
import type { Day } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import type { UnitMetric, UsageMetric, UsageSum } from '../../core/usage.ts';

export interface UnitMetricDefinition {
  readonly id: UnitMetric;
  /** What one unit cost is per. */
  readonly per: string;
  /** Micro-units of the usage in one `per`. */
  readonly perMicros: bigint;
  /** Which usage is counted. */
  readonly counts: readonly UsageMetric[];
  /** Which cost buys it; absent for all cost. */
  readonly stage?: 'inference' | 'training';
  /** Usage adds up, except what is a score: that is averaged per day. */
  readonly combine: 'sum' | 'average';
}

/** One day's cost of a model and stage. */
export interface CostPart {
  readonly day: Day;
  readonly model: string | null;
  readonly stage: string | null;
  /** 10^-18 of the answer's currency; null when it is not known. */
  readonly attos: bigint | null;
}

/** One day's usage of a model; a null stage means the metric's own. */
export interface UsagePart extends UsageSum {
  readonly model: string | null;
  readonly stage: string | null;
}

export interface UnitInput {
  readonly costs: readonly CostPart[];
  readonly usage: readonly UsagePart[];
  /** Complete days only. */
  readonly period: Period;
  readonly previous: Period;
}
