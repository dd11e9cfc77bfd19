/** The port of the billing-source family: what a source is, and the batches it fetches. */
import type { ZodType } from 'zod';
import type { Day } from '../core/day.ts';
import type { FocusColumn } from '../core/settings.ts';

export * from './staged.ts';

/**
 * A billing API (or bucket of exports) that is polled. `fetch` asks the other side, normalises to FOCUS charges and
 * yields them in batches; it writes nothing to the store and may be repeated. Every vendor field name stays inside.
 */
export interface BillingSource<Settings = unknown> {
  /** The folder's name. */
  readonly id: string;
  readonly about: SourceFacts;
  /** What has to be configured beside what all sources have (strict object of described fields). */
  readonly settings: ZodType<Settings>;
  /** The least that must be granted on the other side, as the vendor writes it; without settings, with placeholders. */
  permissions(settings: Settings | undefined): Permissions;
  /** Whether polling would work now: credentials, rights, tables. Cheap; spends requests through `access.meter`. */
  check(settings: Settings, access: Access): Promise<readonly SourceCheck[]>;
  /**
   * Batches of the asked window. Throws AppError UPSTREAM (with what to mend) when the other side refuses or stays
   * unreachable after retries, LIMIT when the request budget is used up; batches yielded before stay imported.
   */
  fetch(settings: Settings, request: FetchRequest): AsyncIterable<Batch>;
}

/** A source whose settings are still as written; what registry.ts makes of each member. */
export type AnySource = BillingSource<unknown>;

export interface SourceFacts {
  readonly title: string;
  /** Cron expression (five fields, UTC) unless configured. */
  readonly schedule: string;
  /** A day is complete this many days after it: 2 means that on the 21st, the 19th is complete. */
  readonly lagDays: number;
  /** Newest days that are fetched again at every poll. */
  readonly trailingDays: number;
  /** The month before is fetched again until this day of the month; 0: it is final when it is complete. */
  readonly monthFinalOnDay: number;
  /** How far back the first polls go at most, in whole months beside the running one. */
  readonly historyMonths: number;
  /** Months per batch when going back. */
  readonly chunkMonths: number;
  /** Price of one request, decimal text in USD; absent where asking is free. */
  readonly requestPrice?: string;
  /** Requests per UTC day unless configured; absent: no limit. */
  readonly requestsPerDay?: number;
  /** Lag, cost of polling and such, one line each, for the README and `pennywatch permissions`. */
  readonly notes: readonly string[];
  /** The smallest useful entry under `sources:` in pennywatch.yaml (YAML text, no secrets). */
  readonly example: string;
  /** How to connect it: at most ten steps, plain sentences (Markdown code spans allowed). */
  readonly steps: readonly string[];
  /** Environment variables it reads, with what each is. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface Permissions {
  /** One sentence: what is granted to whom. */
  readonly summary: string;
  readonly documents: readonly {
    /** What it is and where it goes, e.g. "IAM policy". */
    readonly title: string;
    readonly language: 'json' | 'sh' | 'text';
    readonly text: string;
  }[];
}

export interface SourceCheck {
  readonly ok: boolean;
  /** What was looked at and found, one sentence. */
  readonly said: string;
  readonly hint?: string;
}

/** What a source may use of the outside, handed in so that tests and the clock are in our hands. */
export interface Access {
  /** A variable of the environment (a key, an endpoint); undefined when it is not set or empty. */
  variable(name: string): string | undefined;
  readonly meter: Meter;
  readonly signal: AbortSignal;
  /** The clock, milliseconds since the epoch. */
  readonly now: () => number;
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number;
  /** Multiplies every wait between requests and attempts: 1, or next to nothing in tests. */
  readonly pace: number;
  /** For what an operator may want to know; never secrets. */
  log(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Counts requests and keeps to the budget. */
export interface Meter {
  /** Call before every request that is sent, retries included. Throws LIMIT when the day's budget is used up. */
  request(): Promise<void>;
  /** The last request was answered with an error or not at all; some vendors do not charge it. */
  failed(): void;
  /** Requests left today; Infinity without a budget. */
  left(): number;
}

export interface FetchRequest extends Access {
  /** Days wanted, both included. */
  readonly window: { readonly start: Day; readonly end: Day };
  /** Today in UTC. */
  readonly today: Day;
  /** Last complete day by the source's lag; days after it are provisional. */
  readonly completeThrough: Day;
  /** Whether the window ends today (not a stretch of history): hours, evidence and late rows are asked for then. */
  readonly newest: boolean;
  /** What the last batch with a cursor left, as it was. */
  readonly cursor?: string;
}

/** One stretch of days, imported as a whole in one transaction. */
export type Batch = ChargeBatch | FileBatch | NothingBatch;

interface BatchFacts {
  /** Opaque text given back with the next fetch once this batch is stored. */
  readonly cursor?: string;
  /** Last day whose charges are complete when the source itself knows; otherwise its lag decides. */
  readonly completeThrough?: Day;
  readonly warnings?: readonly string[];
  readonly evidence?: readonly EvidenceItem[];
}

/** Charges that replace everything the source had on these days. */
export interface ChargeBatch extends BatchFacts {
  readonly kind: 'charges';
  readonly days: { readonly start: Day; readonly end: Day };
  /** Read once, while it is fetched; every day within `days`. */
  readonly charges: AsyncIterable<readonly Charge[]>;
  /** Known once `charges` has been read; replaces the source's metered usage of these days. */
  readonly usage?: () => readonly MeteredUsage[];
  /** Known once `charges` has been read; replaces the source's hours of these days. Never counted beside the days. */
  readonly hours?: () => readonly HourCharge[];
  /** Known once `charges` has been read. */
  readonly lateWarnings?: () => readonly string[];
}

/** Whole bills in files; each replaces what the source had of that bill. */
export interface FileBatch extends BatchFacts {
  readonly kind: 'files';
  /** Parts of one export, on this machine. */
  readonly files: readonly string[];
  /** What people know it by, e.g. "s3://bucket/prefix/…/BILLING_PERIOD=2026-11". */
  readonly origin: string;
  /** Removes the files. */
  close(): Promise<void>;
}

/** Nothing to store, but something to say. */
export interface NothingBatch {
  readonly kind: 'nothing';
  readonly warnings: readonly string[];
}

/** A normalised FOCUS charge of one UTC day. Absent columns are unknown; amounts are plain decimal text ("-0.00012"). */
export type Charge = { readonly [C in Exclude<FocusColumn, RequiredColumn>]?: string } & {
  readonly [C in RequiredColumn]: string;
} & {
  /** The UTC day of the charge. */
  readonly ChargePeriodStart: Day;
  /** First day of the month that is billed. */
  readonly BillingPeriodStart: Day;
  /** ISO 4217, upper case. */
  readonly BillingCurrency: string;
  readonly BilledCost: string | null;
  readonly EffectiveCost: string | null;
  readonly ListCost: string | null;
  readonly ContractedCost: string | null;
  readonly Tags: Readonly<Record<string, string>>;
};
type RequiredColumn = 'ProviderName' | 'BillingAccountId' | 'ServiceName' | 'ChargeCategory';

/** The tag under which language models are named, in charges and in metered usage alike. */
export const MODEL_TAG = 'model';

/** One day's quantity of one meter. */
export interface MeteredUsage {
  readonly day: Day;
  readonly provider: string;
  readonly service: string;
  /** The vendor's name of the language model, as in the charges' MODEL_TAG. */
  readonly model: string;
  readonly meter: UsageMeter;
  /** "standard", "batch", "priority", "flex" … as the vendor says. */
  readonly tier: string;
  /** Project, key, workspace, team …: the same tags as on the charges, so that the same rules allocate both. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whole units. */
  readonly quantity: bigint;
}

/** Kinds of tokens never overlap: all input is uncached + cached + cache writes. */
export const USAGE_METERS = [
  'requests',
  'uncached_input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
  'output_tokens',
] as const;
export type UsageMeter = (typeof USAGE_METERS)[number];

/** A charge of one hour ("2026-11-20T14", UTC). */
export type HourCharge = Charge & { readonly hour: string };

/** What a provider itself says; kept beside the bill, never counted. Amounts are decimal text. */
export type EvidenceItem =
  | {
      readonly kind: 'forecast';
      readonly id: string;
      readonly start: Day;
      readonly end: Day;
      readonly currency: string;
      readonly mean: string;
      readonly lower?: string;
      readonly upper?: string;
      /** Of the interval from lower to upper, e.g. 80. */
      readonly percent?: number;
    }
  | {
      readonly kind: 'anomaly';
      readonly id: string;
      readonly start: Day;
      readonly end: Day;
      readonly currency: string;
      readonly impact: string;
      readonly score?: number;
      /** What it is about, in the provider's words: service, account, region, usage type. */
      readonly about: string;
      readonly causes: readonly Readonly<Record<string, string>>[];
    };
