/** What every detector looks like: pure, causal, and honest about what it cannot judge. */
import type * as z from 'zod';
import type { Direction } from '../../core/analysis-settings.ts';
import type { Grain, Series } from '../../core/series.ts';

export { DIRECTIONS, type Direction, SEVERITIES, type Severity } from '../../core/analysis-settings.ts';

/**
 * What a detector makes of a series, step by step: all four as long as the series, NaN where it cannot say (too
 * little history, or the value itself is unknown). Each step is judged from earlier steps only.
 */
export interface Judgement {
  /** What the value would have been if nothing unusual had happened. */
  readonly expected: Float64Array;
  /** The band in which values are usual. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /**
   * 0–1: how unusual the value is, to either side, comparable between series: 0 as expected, 0.5 on the band's
   * edge, towards 1 far outside.
   */
  readonly score: Float64Array;
}

/** A value that lies on the edge of its band. */
export const EDGE_SCORE = 0.5;

/** What is known of a series besides its numbers; arrays are as long as the series. */
export interface Hints {
  /** Money that was planned to be spent beside the usual: expected by so much, so the band reaches higher. */
  readonly planned?: Float64Array;
  /** 1 where people said "that is expected": learnt from at once, however unusual. */
  readonly accepted?: Uint8Array;
  /** 1 where people said "that was a real incident": never learnt from. */
  readonly excluded?: Uint8Array;
  /** Widens (over 1) or narrows (below 1) the band, from what people said of earlier alarms. */
  readonly bandFactor?: number;
}

/** A member of the family. */
export interface Detector<Params = unknown> {
  readonly id: string;
  /** What it finds, in one sentence. */
  readonly about: string;
  readonly grains: readonly Grain[];
  /** Parameters with their defaults: parsing {} gives them all. */
  readonly params: z.ZodType<Params>;
  /** Usual or unknown steps in a row that do not end an incident of it, where it is not the usual few. */
  readonly bridgedSteps?: Readonly<Record<Grain, number>>;
  /** Known values that must lie before the first step it can judge. */
  minPoints(grain: Grain, params: Params): number;
  judge(series: Series, params: Params, hints?: Hints): Judgement;
}

/** What makes an unusual value worth telling. */
export interface Gates {
  readonly direction: Direction;
  /** Difference from the expected value per step, in the series' unit. */
  readonly minimumImpact: number;
  /** Difference from the expected value as a share of it: 0.2 is 20 %. */
  readonly minimumShare: number;
  /** Steps in a row before it counts; the first of them then counts too, in hindsight. */
  readonly minimumSteps: number;
}

/** Steps in a row (short pauses bridged) that are anomalous to the same side. Indexes include both ends. */
export interface Episode {
  readonly first: number;
  readonly last: number;
  readonly direction: 'up' | 'down';
  /** Highest score within. */
  readonly score: number;
  /** Sum of value − expected over its known steps, in the series' unit: cost so far. */
  readonly excess: number;
  /** Means over its known steps. */
  readonly actual: number;
  readonly expected: number;
}
