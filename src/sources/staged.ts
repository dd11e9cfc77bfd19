/** Charges staged for the store: what an import reads, adds up and hands out, whoever delivered it. */
import type { ZodType } from 'zod';
import type { Day } from '../core/day.ts';
import type { Basis, ChargeCategory } from '../core/dimension.ts';

/**
 * Reads files of charges. `fetch` reads, normalises and adds up and leaves the charges staged; it writes
 * nothing to the store and may be repeated: the same data gives the same digests.
 */
export interface FileSource<Settings = unknown> {
  /** The folder's name. */
  readonly id: string;
  readonly title: string;
  /** What has to be configured; parsed before check and fetch. */
  readonly settings: ZodType<Settings>;
  /** What must be granted on the other side, as the vendor writes it. */
  readonly permissions: readonly string[];
  check(settings: Settings): Promise<FileCheck>;
  fetch(settings: Settings, request: StageRequest): Promise<StagedCharges>;
}

export type FileCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly hint?: string };

export interface StageRequest {
  /** Keep ChargeDescription however many different ones there are (an allocation rule reads it). */
  readonly keepDescriptions: boolean;
  /** Resources are kept for all days (an allocation rule reads them); part of each bill's digest. */
  readonly keepResources: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly what: 'checking' | 'reading' | 'adding up' | 'writing';
  /** A file, or what else is being worked on. */
  readonly of: string;
  /** 0 to 1. */
  readonly done: number;
}

/** A value per cost column. */
export type PerBasis<T> = Readonly<Record<Basis, T>>;

/** Charges read and added up, outside of the store, until `close`. */
export interface StagedCharges {
  readonly files: readonly StagedFile[];
  /** One per billing account and billing period. */
  readonly bills: readonly StagedBill[];
  /** Last whole day that the charges cover; undefined when they do not say. */
  readonly completeThrough: Day | undefined;
  /** Exact sums of everything staged. */
  breakdown(): Promise<ExactBreakdown>;
  /** Rounds the planned bills to micros and hands them out as rows for the store. */
  rows(plan: RowPlan): Promise<StagedRows>;
  close(): Promise<void>;
}

export interface StagedFile {
  readonly path: string;
  readonly sha256: string;
  readonly format: string;
  readonly focusVersion: string;
  readonly rowsRead: number;
  readonly quarantinedCount: number;
  /** At most MAX_QUARANTINED of them. */
  readonly quarantined: readonly QuarantinedLine[];
  readonly warnings: readonly string[];
  /** Indexes into `bills`. */
  readonly bills: readonly number[];
}

export const MAX_QUARANTINED = 10_000;

export interface QuarantinedLine {
  /** 1-based line of the file where the row starts; the row's number in a Parquet file. */
  readonly line: number;
  readonly reason: string;
}

export interface StagedBill {
  readonly account: string;
  /** Day the billing period starts. */
  readonly periodStart: Day;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Equal for equal content, whatever the file's format or order. */
  readonly digest: string;
  readonly days: readonly StagedDay[];
}

export interface StagedDay {
  readonly day: Day;
  readonly currency: string;
  readonly rows: number;
  /** Exact decimal texts; null when the file has no such column. */
  readonly exact: PerBasis<string | null>;
}

export interface ExactAmounts extends PerBasis<string | null> {
  readonly rows: number;
}

/** One name's exact sum in one currency. */
export interface ExactLine {
  readonly name: string;
  readonly currency: string;
  readonly amounts: ExactAmounts;
}

export interface ExactBreakdown {
  readonly totals: readonly ExactLine[];
  readonly byProvider: readonly ExactLine[];
  readonly byService: readonly ExactLine[];
  readonly byChargeCategory: readonly (ExactLine & { readonly name: ChargeCategory | string })[];
  /** Per tag key; what does not carry the key is under UNTAGGED. */
  readonly byTag: ReadonlyMap<string, readonly ExactLine[]>;
  readonly warnings: readonly string[];
}

export const UNTAGGED = '<untagged>';

export interface RowPlan {
  /** Which staged bills to hand out, and their ids in the store. */
  readonly bills: readonly { readonly index: number; readonly billId: number }[];
  /** What the handed-out facts of a day must add up to, in micros; null where unknown. */
  readonly targets: readonly DayTarget[];
  /** First day whose resources are kept. */
  readonly resourcesFrom: Day;
}

export interface DayTarget {
  readonly day: Day;
  readonly currency: string;
  readonly micros: PerBasis<bigint | null>;
}

/** At most this many facts come in one chunk. */
export const FACTS_PER_CHUNK = 10_000;

/** Chunks of JSON arrays, made for bulk inserts; the columns are those of the store's tables in order. */
export interface StagedRows {
  readonly focusKeys: AsyncIterable<string>;
  readonly tagSets: AsyncIterable<string>;
  readonly resources: AsyncIterable<string>;
  readonly facts: AsyncIterable<string>;
  readonly factCount: number;
  /** Facts that each file had a part in. */
  readonly factsPerFile: readonly number[];
}
