/** What messages about sources are composed from: everything decided, nothing worded. */
import type { Day } from '../../core/day.ts';

/**
 * "fresh"; "loading": fresh while its history is still fetched; "failing": polls fail, its figures are still recent;
 * "stale": its newest figures are unknown; "failed": an import did; "nothing-complete"; "never-polled";
 * "waiting": fresh, but something keeps it from asking for now; "not-polled": no longer configured.
 */
export type SourceCondition =
  | 'fresh'
  | 'loading'
  | 'failing'
  | 'stale'
  | 'failed'
  | 'nothing-complete'
  | 'never-polled'
  | 'waiting'
  | 'not-polled';

export interface SourceReport {
  readonly name: string;
  /** "usage" for what holds no cost. */
  readonly kind: string;
  readonly condition: SourceCondition;
  /** Last day that is complete. */
  readonly watermark?: Day;
  readonly firstDay?: Day;
  readonly lastDay?: Day;
  /** Days after the watermark are unknown: it fails, or has been silent for too long. */
  readonly stale: boolean;
  readonly error?: string;
  /** What to do about the error. */
  readonly hint?: string;
  readonly lastImport?: ImportLine;
  /** Days whose bill, facts and allocated costs were compared, and how many differ. */
  readonly reconciled: { readonly days: number; readonly different: number };
  /** Of the last 30 days, largest change first. */
  readonly restated: readonly RestatedDay[];
  /** Present when it is polled, or was. */
  readonly polling?: PollingReport;
}

export interface ImportLine {
  readonly at: Date;
  readonly files: number;
  readonly rows: number;
  readonly quarantined: number;
}

export interface PollingReport {
  /** It has an entry in pennywatch.yaml. */
  readonly configured: boolean;
  /** A poll is under way since then. */
  readonly runningSince?: Date;
  readonly lastStartedAt?: Date;
  readonly lastSuccessAt?: Date;
  readonly failures: number;
  readonly failingSince?: Date;
  readonly warnings: readonly string[];
  /** Absent while nothing polls it by itself. In the past: due. */
  readonly nextPoll?: Date;
  readonly history: {
    readonly from?: Day;
    readonly wanted?: Day;
    /** Set while it is being loaded: the fraction of its days that is. */
    readonly loading?: { readonly from: Day; readonly wanted: Day; readonly done: number };
  };
  readonly requests: RequestSums;
  /** Requests per UTC day. */
  readonly budget?: number;
}

export interface RequestSums {
  readonly currency: string;
  /** The UTC day, and its month so far. */
  readonly today: RequestSum;
  readonly month: RequestSum;
}

export interface RequestSum {
  readonly sent: number;
  readonly failed: number;
  readonly costMicros: bigint;
}

export interface RestatedDay {
  readonly day: Day;
  readonly billingAccount: string;
  readonly currency: string;
  /** EffectiveCost, or BilledCost where the bill has no other; exact decimal texts, null is unknown. */
  readonly before: string | null;
  readonly after: string | null;
  /** Null when a side is unknown. */
  readonly change: string | null;
  /** When the bill last said otherwise. */
  readonly at: Date;
}

/** How far estimates of a model's cost were off, once the bill was there. */
export interface EstimateDrift {
  readonly source: string;
  /** The vendor's name of the language model. */
  readonly llmModel: string;
  readonly currency: string;
  readonly days: number;
  readonly estimatedMicros: bigint;
  readonly billedMicros: bigint;
  /** Above zero the bill was higher than the estimate. */
  readonly ratio: number;
}

/** More of one source than a line has room for. */
export interface SourceDetail {
  readonly report: SourceReport;
  /** Who bills through it, e.g. "AWS". */
  readonly provider?: string;
  /** Newest first. */
  readonly imports: readonly (ImportLine & { readonly written: number; readonly replaced: number })[];
  /** Days on which something was asked, newest first. */
  readonly requests: readonly (RequestSum & { readonly day: Day; readonly currency: string })[];
  readonly forecasts: readonly ProviderForecast[];
  readonly anomalies: readonly ProviderAnomaly[];
  readonly drift: readonly EstimateDrift[];
}

/** What the provider itself expects; decimal texts. */
export interface ProviderForecast {
  readonly start: Day;
  readonly end: Day;
  readonly currency: string;
  readonly mean: string;
  readonly lower?: string;
  readonly upper?: string;
  readonly percent?: number;
  /** When it said so. */
  readonly at: Date;
}

export interface ProviderAnomaly {
  readonly start: Day;
  readonly end: Day;
  readonly currency: string;
  readonly impact: string;
  readonly about: string;
}
