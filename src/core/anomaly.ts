/** What is known of an anomaly: words shared by detection, explanation, alerts and messages. Amounts are micros. */
import type { Direction, Severity } from './analysis-settings.ts';
import type { Day } from './day.ts';
import type { Breakdown } from './dimension.ts';
import type { ScopePath } from './scope-path.ts';
import type { Grain } from './series.ts';
import type { UnitMetric } from './usage.ts';

/** Where an anomaly stands. `no-data`: the days it is about are not known any more (a source is silent). */
export const ANOMALY_STATES = ['open', 'acknowledged', 'snoozed', 'expected', 'no-data', 'resolved'] as const;
export type AnomalyState = (typeof ANOMALY_STATES)[number];

/** What people say of an anomaly afterwards. */
export const VERDICTS = ['expected', 'false-alarm', 'real'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const CAUSES = [
  /** More was used, at the same price. */
  'traffic',
  /** Each unit costs more to make: more tokens or GPU-hours per request, another mix. */
  'efficiency',
  /** The same at a higher price. */
  'price',
  /** A dearer mix of models or instance types. */
  'mix',
  /** It costs and nothing comes out: a job that does not end, a machine that stands idle. */
  'runaway',
  'egress',
  /** A charge that comes once. */
  'one-off',
  /** Something that never cost before. */
  'new-spend',
  /** The figures say what rose, not why. */
  'unknown',
] as const;
export type Cause = (typeof CAUSES)[number];

/** An incident as detection finds it, before it is kept. */
export interface FoundAnomaly {
  readonly path: ScopePath;
  readonly grain: Grain;
  readonly detector: string;
  readonly direction: Exclude<Direction, 'both'>;
  readonly currency: string;
  /** First and last anomalous step and the last one judged: '2026-11-18' or '2026-11-18T14'. */
  readonly firstStamp: string;
  readonly lastStamp: string;
  readonly judgedThrough: string;
  /** Means per step over the anomalous steps. */
  readonly expectedMicros: bigint;
  readonly actualMicros: bigint;
  readonly excessMicros: bigint;
  readonly severity: Severity;
  readonly score: number;
  /** Other places where it shows: parents and children with their excess. */
  readonly related: readonly { readonly path: ScopePath; readonly excessMicros: bigint }[];
}

/** How much one value of a column contributes to the change. */
export interface Contribution {
  readonly dimension: Breakdown | 'sku';
  /** Null: without a value. */
  readonly key: string | null;
  readonly label: string;
  /** Per day, during and before. */
  readonly actualMicros: bigint;
  readonly expectedMicros: bigint;
  readonly changeMicros: bigint;
  /** Share of the whole change; more than 1 when others fell. */
  readonly share: number;
  /** First day it cost anything, when that is within the days looked at. */
  readonly firstSeen?: Day;
  /** How many values this stands for together, when it is the rest of a long list. */
  readonly others?: number;
}

/** The change of cost split into what was used, at which price, in which mix. Parts add up to the change. */
export interface PriceVolumeMix {
  readonly metric: UnitMetric;
  readonly volumeMicros: bigint;
  readonly priceMicros: bigint;
  readonly mixMicros: bigint;
  /** Change of the quantity, and of the price within the parts: 0.78 is 78 % more. */
  readonly volumeRatio: number | null;
  readonly priceRatio: number | null;
  readonly mixRatio: number | null;
}

/** Usage beside cost, during against before; null where it is unknown. */
export interface UsageChange {
  readonly metric: UnitMetric | 'latency' | 'errors';
  readonly before: number | null;
  readonly during: number | null;
  readonly ratio: number | null;
}

export interface NearbyChange {
  readonly at: Date;
  readonly kind: string;
  readonly title: string;
  readonly version?: string;
  readonly url?: string;
  readonly sender: string;
  /** Days before (negative) or after the first anomalous day. */
  readonly daysFromStart: number;
}

/** What a provider itself found odd around the same days. */
export interface ProviderFinding {
  readonly source: string;
  readonly about: string;
  readonly start: Day;
  readonly end: Day;
  /** Decimal text in `currency`. */
  readonly impact: string;
  readonly currency: string;
}

export interface Explanation {
  readonly cause: Cause;
  /** One sentence with numbers: what messages say after "Why:". */
  readonly sentence: string;
  /** Days compared: those of the anomaly with the usual ones before. */
  readonly during: { readonly start: Day; readonly end: Day };
  readonly before: { readonly start: Day; readonly end: Day };
  readonly currency: string;
  /** Change per day. */
  readonly changeMicros: bigint;
  /** The two sides of it, means per day; absent where one is unknown. */
  readonly actualMicros?: bigint;
  readonly expectedMicros?: bigint;
  /** The most telling dimension first, each dimension's parts largest first. */
  readonly contributions: readonly Contribution[];
  readonly split?: PriceVolumeMix;
  readonly usage: readonly UsageChange[];
  readonly changes: readonly NearbyChange[];
  readonly evidence?: readonly ProviderFinding[];
  /** The first resource that rose and when it was first seen. */
  readonly firstResource?: { readonly name: string; readonly firstSeen: Day };
  /** What is not known, in words. */
  readonly unknown: readonly string[];
}
