/** What a poll is asked for and what it gives back. Scripts rely on the names in PollResult. */
import type { Actor } from '../../core/actor.ts';
import type { Day } from '../../core/day.ts';
import type { SourceSettings } from '../../core/settings.ts';
import type {
  Access,
  AnySource,
  Charge,
  MeteredUsage,
  Progress,
  StagedCharges,
} from '../../sources/types.ts';
import type { ImportParts } from '../import-focus/types.ts';

/** What the wiring hands in. */
export interface PollParts {
  readonly importing: ImportParts;
  /** Writes charges down for the importer; resolves to undefined when there are none. */
  readonly spool: (charges: AsyncIterable<readonly Charge[]>) => Promise<Spooled | undefined>;
  readonly findSource: (kind: string) => AnySource;
  readonly variable: Access['variable'];
  readonly random: () => number;
  readonly pace: number;
  /** Names this process; a lease of another process that is gone is taken over at once. */
  readonly owner: string;
  readonly isAlive: (owner: string) => boolean;
}

export interface Spooled {
  readonly path: string;
  readonly rows: number;
  close(): Promise<void>;
}

export interface PollRequest {
  readonly source: SourceSettings;
  readonly actor: Actor;
  /** Days to fetch instead of the newest and what is missing. */
  readonly window?: { readonly start: Day; readonly end: Day };
  /** Accept that days which had charges come back without any. */
  readonly acceptLoss?: boolean;
  /** History is left for a later poll. */
  readonly newestOnly?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PollProgress) => void;
}

export interface PollProgress {
  readonly source: string;
  readonly what: 'fetching' | Progress['what'];
  readonly of: string;
  /** 0 to 1. */
  readonly done: number;
}

/** An amount of one currency, decimal texts; null where the source does not say. */
export interface PolledAmount {
  readonly currency: string;
  readonly billedCost: string | null;
  readonly effectiveCost: string | null;
}

export interface PolledBatch {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly origin: string | null;
  readonly state: 'complete' | 'provisional';
  readonly rows: number;
  readonly unchanged: boolean;
}

export interface RestatedDay {
  readonly billingAccountId: string;
  readonly day: Day;
  readonly currency: string;
  readonly billedCost: { readonly before: string | null; readonly after: string | null };
  readonly effectiveCost: { readonly before: string | null; readonly after: string | null };
}

export interface PollResult {
  readonly source: string;
  readonly kind: string;
  readonly status: 'done' | 'partly' | 'failed';
  readonly startedAt: string;
  readonly endedAt: string;
  /** Days fetched by this poll, all batches together; null when there were none. */
  readonly window: { readonly start: Day; readonly end: Day } | null;
  readonly batches: readonly PolledBatch[];
  readonly requests: {
    readonly sent: number;
    readonly failed: number;
    /** Decimal text; "0" where asking is free. */
    readonly cost: string;
    readonly currency: string;
    readonly today: { readonly sent: number; readonly cost: string; readonly budget: number | null };
  };
  /** What the store holds for `window`, per currency. */
  readonly totals: readonly PolledAmount[];
  readonly byService: readonly (PolledAmount & { readonly service: string })[];
  /** Per day, so that boundaries can be checked. */
  readonly byDay: readonly (PolledAmount & { readonly day: Day })[];
  /** Last complete day; null when none is. */
  readonly watermark: Day | null;
  readonly history: { readonly from: Day | null; readonly wanted: Day | null; readonly complete: boolean };
  readonly restated: readonly RestatedDay[];
  readonly reconciliation: { readonly days: number; readonly ok: boolean };
  readonly evidence: number;
  readonly warnings: readonly string[];
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
}

/** What a batch brings besides charges, written in the same transaction. */
export interface Beside {
  readonly usage: readonly MeteredUsage[] | undefined;
  readonly staged: StagedCharges;
}
