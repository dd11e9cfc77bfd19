/** What is known of a change of cost, before it is put into words: what the cause is decided from. */
import type { PriceVolumeMix, UsageChange } from './anomaly.ts';
import type { Day } from './day.ts';

export interface ChangeStory {
  readonly currency: string;
  /** Means per day, micros. */
  readonly actualMicros: bigint;
  readonly expectedMicros: bigint;
  /** Set when there is no bill of the days before: what was expected is then 0, and means nothing. */
  readonly unknownBefore?: true;
  /** The newest day before the days compared on which it cost anything, where it cost nothing on those. */
  readonly lastCost?: Day;
  /** First and last day of the change. */
  readonly first: Day;
  readonly last: Day;
  /** Whether days after the last are known and usual again. */
  readonly over: boolean;
  /** Which stage, model and environment it is in: what the scope says, else what carries most of the change. */
  readonly stage?: string;
  readonly model?: string;
  readonly environment?: string;
  /** What carries most of the change, where it is one thing. */
  readonly resource?: StoryResource;
  readonly sku?: StoryPart;
  readonly service?: StoryPart;
  readonly region?: StoryPart;
  /** Model, team or stage below the scope, the most telling one. */
  readonly place?: StoryPart & { readonly column: string };
  /** Share of the change that is data on its way out. */
  readonly egressShare: number;
  /** Kinds that cost nothing usually, in place of kinds that cost nothing now. */
  readonly swap?: StorySwap;
  readonly split?: PriceVolumeMix;
  /** Usage of the stage the change is in. */
  readonly usage: readonly UsageChange[];
  /** Usage of the same model's other stages. */
  readonly beside: readonly UsageChange[];
}

export interface StoryPart {
  readonly label: string;
  /** Of the whole change. */
  readonly share: number;
  /** Change of its own cost; null when it cost nothing before. */
  readonly ratio: number | null;
}

export interface StoryResource extends StoryPart {
  /** When it was first seen, when that is within the days looked at. */
  readonly firstSeen?: Day;
  /** Last day it was seen, of the change. */
  readonly lastSeen: Day;
  /** From its first day to its last, both included. */
  readonly days: number;
  /** How many days jobs of its name usually run. */
  readonly usualDays?: number;
  /** Still costs on the last day. */
  readonly running: boolean;
  /** The same cost day and night. */
  readonly steady: boolean;
  readonly service?: string;
  readonly region?: string;
  readonly environment?: string;
  readonly stage?: string;
  readonly sku?: string;
}

export interface StorySwap {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Share of the change that what is new carries, less what is gone. */
  readonly share: number;
}
