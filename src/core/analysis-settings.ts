/** What pennywatch.yaml says about anomalies, budget alerts and cost SLOs. Amounts are micros. */
import type { Scope } from './scope.ts';
import type { UnitMetric } from './usage.ts';

export const DIRECTIONS = ['up', 'down', 'both'] as const;
/** Which way a cost may be unusual to count. */
export type Direction = (typeof DIRECTIONS)[number];

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** When an unusual cost is worth telling. */
export interface AnomalyGates {
  readonly direction: Direction;
  /** Above (or below) expected per day, micros of the reporting currency. */
  readonly minimumImpactMicros: bigint;
  /** The same as a share of what was expected: 0.2 is 20 %. */
  readonly minimumShare: number;
  /** Days in a row. */
  readonly minimumDays: number;
}

export interface AnomalySettings extends AnomalyGates {
  readonly enabled: boolean;
  /** Id of the detector, and its own parameters as written. */
  readonly detector: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Least excess per day of each severity, micros of the reporting currency; less is low. */
  readonly severity: { readonly medium: bigint; readonly high: bigint; readonly critical: bigint };
  /** From this severity on an anomaly gets a message of its own; the others wait for the weekly report. */
  readonly notify: Severity;
  /** Told again after so long without anybody's answer, in hours. */
  readonly renotifyHours: number;
  /** A critical one that nobody took goes to the FinOps channel after so long, in hours. */
  readonly escalateHours: number;
  readonly rules: readonly AnomalyRule[];
}

/** Another detector, other limits, or silence for a scope and everything below it; the narrowest scope decides. */
export interface AnomalyRule extends Partial<AnomalyGates> {
  readonly scope: Scope;
  readonly detector?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** What the cost is divided by, for the detector of rates. */
  readonly per?: UnitMetric;
  readonly mute: boolean;
}

export interface BudgetAlertSettings {
  /** Percentages of a budget that are told, each once per period. */
  readonly thresholds: readonly number[];
  /** Whether a forecast beyond the budget is told too. */
  readonly forecast: boolean;
  /** E-mails of people who may approve budget requests beside admins and the team's owner. */
  readonly approvers: readonly string[];
}

/** "Cost per 1,000 requests under $0.40 on 95 % of days over 28 days." */
export interface SloSettings {
  readonly name: string;
  readonly scope: Scope;
  readonly per: UnitMetric;
  /** Highest good cost of one unit as people speak of it (per 1k requests, per 1M tokens, per GPU-hour), micros. */
  readonly targetMicros: bigint;
  readonly currency: string;
  readonly windowDays: number;
  /** Share of the days that must be good: 0.95. */
  readonly objective: number;
}
