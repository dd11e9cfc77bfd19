/** What a report is composed from: everything decided, nothing worded. Amounts are micros of `currency`. */
import type { AnswerOwner, AnswerRow, CostAnswer } from '../../core/answer.ts';
import type { Day } from '../../core/day.ts';
import type { Breakdown } from '../../core/dimension.ts';
import type { ForecastOutcome } from '../../core/forecast.ts';
import type { Period } from '../../core/period.ts';
import type { UnitMetric } from '../../core/usage.ts';
import type { AnomalyShown } from './anomaly-words.ts';

export interface ReportFacts {
  readonly frequency: 'weekly' | 'daily';
  /** There is no thread to continue in. */
  readonly alone: boolean;
  /** Whose report it is, as people say it: "Search", "bert", "Acme". */
  readonly title: string;
  /** The same as a command's words, e.g. "team search"; buttons ask on from it. */
  readonly command: string;
  /** The answer about the reported time: sources, warnings, owner, budget, unit costs. */
  readonly answer: CostAnswer;
  readonly today: Day;
  readonly currency: string;
  readonly by: Breakdown;
  /** The reported week or day. */
  readonly period: Period;
  /** Its complete part, which every figure is about; undefined while no day is complete. */
  readonly complete?: Period;
  /** The days that the complete part is compared with: the same weekdays of the week before. */
  readonly previous: Period;
  /** Null means unknown, never zero. */
  readonly total: bigint | null;
  readonly previousTotal: bigint | null;
  readonly change: bigint | null;
  readonly changeRatio: number | null;
  /** The days that are not complete, with what has arrived of their cost. */
  readonly missing?: { readonly days: Period; readonly arrived: bigint | null };
  /** Largest first. */
  readonly rows: readonly AnswerRow[];
  /** The same money by team: for the organisation's report. */
  readonly byTeam: readonly AnswerRow[];
  readonly movers: readonly ReportMover[];
  readonly weeks: ReportWeeks;
  readonly month: ReportMonth;
  readonly restated?: ReportRestated;
  /** Cost of the complete days that no model claims; unknown is null. */
  readonly unallocated: bigint | null;
  readonly pins: readonly ReportPin[];
  /** What is unusual now, for weekly reports; the most severe first. */
  readonly open?: { readonly anomalies: readonly AnomalyShown[]; readonly resolvedLately: number };
}

/** The last weeks and the reported week's days, by the table's column; by team for an organisation. */
export interface ReportWeeks {
  readonly by: Breakdown;
  /** First day of each week, oldest first; the last one is the reported week. */
  readonly starts: readonly Day[];
  readonly parts: readonly {
    readonly label: string;
    readonly weeks: readonly (bigint | null)[];
    readonly days: readonly (bigint | null)[];
  }[];
  /** All parts on the days of the week before; null where unknown. */
  readonly previousDays: readonly (bigint | null)[];
  /** First day of the reported week that is not complete. */
  readonly provisionalFrom?: Day;
}

export interface ReportMover {
  readonly key: string | null;
  readonly label: string;
  readonly change: bigint;
  readonly changeRatio: number | null;
  readonly previous: bigint | null;
  readonly owner?: AnswerOwner;
  /** Columns that carry most of the movement, the most telling first. */
  readonly causes: readonly {
    readonly dimension: Breakdown;
    readonly label: string;
    readonly change: bigint;
  }[];
  /** When it moved, if not all through the week: on one or two days, or from a day on. */
  readonly timing?:
    | { readonly kind: 'on'; readonly days: readonly Day[] }
    | { readonly kind: 'since'; readonly day: Day };
  /** How much more was used, and what one unit cost more: fractions, 0.22 = +22 %. */
  readonly usage?: {
    readonly metric: UnitMetric;
    readonly quantityRatio: number;
    readonly priceRatio: number;
  };
}

/** The month of the last complete day. */
export interface ReportMonth {
  /** First day of the month; undefined when nothing is known. */
  readonly month?: Day;
  readonly until?: Day;
  readonly spent: bigint | null;
  readonly forecast?: {
    readonly amount: bigint;
    readonly low: bigint;
    readonly high: bigint;
    readonly learntDays: number;
    readonly range: 'none-left' | 'back-test';
  };
  /** How the month before was foreseen, and what it came to. */
  readonly last?: ForecastOutcome;
  /** Why there is no forecast, in words. */
  readonly reason?: string;
  /** The month's budget in the report's currency; absent without a monthly budget or without a rate. */
  readonly budget?: bigint;
}

export interface ReportRestated {
  /** First day of the week that the last report was about. */
  readonly lastWeek: Day;
  /** Null when a part of it has no rate into the report's currency. */
  readonly net: bigint | null;
  /** Largest first. */
  readonly days: readonly { readonly source: string; readonly day: Day; readonly change: bigint | null }[];
  /** The allocation rules are not the ones of the last report. */
  readonly rulesChanged: boolean;
}

export interface ReportPin {
  readonly excerpt: string;
  readonly author?: string;
  readonly command?: string;
}
