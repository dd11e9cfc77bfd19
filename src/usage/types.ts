/** The port of the usage family: where usage comes from, and the rows it stages for the store. */
import type { ZodType } from 'zod';
import type { Day } from '../core/day.ts';
import type { UsageRow } from '../core/usage.ts';

/** One way usage comes in. `fetch` opens and checks; it writes nothing and may be repeated. */
export interface UsageSource<Settings = unknown> {
  /** The folder's name. */
  readonly id: string;
  readonly title: string;
  /** What has to be configured; parsed before check and fetch. */
  readonly settings: ZodType<Settings>;
  /** What must be granted on the other side, as the vendor writes it. */
  readonly permissions: readonly string[];
  check(settings: Settings): Promise<UsageCheck>;
  fetch(settings: Settings, request: UsageFetchRequest): Promise<StagedUsage>;
}

export type UsageCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly hint?: string };

export interface UsageFetchRequest {
  /** The UTC day it is: later days have not happened. */
  readonly today: Day;
  readonly onProgress?: (progress: UsageProgress) => void;
}

export interface UsageProgress {
  readonly what: 'checking' | 'reading';
  /** A file, or what else is being read. */
  readonly of: string;
  /** 0 to 1. */
  readonly done: number;
}

/** Usage that was found and can be read. */
export interface StagedUsage {
  readonly files: readonly StagedUsageFile[];
  /** Everything in the files, a stretch at a time, so that memory stays flat. Names are as the source writes them. */
  read(): AsyncIterable<UsageBatch>;
}

export interface StagedUsageFile {
  readonly path: string;
  readonly sha256: string;
  readonly format: string;
  readonly warnings: readonly string[];
}

export interface UsageBatch {
  /** Index into the staged files. */
  readonly file: number;
  /** Rows of the source that this stretch covers, good and bad. */
  readonly rowsRead: number;
  readonly rows: readonly UsageRow[];
  readonly quarantined: readonly QuarantinedUsage[];
}

/** At most this many rows come in one batch. */
export const ROWS_PER_BATCH = 5_000;

export interface QuarantinedUsage {
  /** 1-based line of the file where the row starts. */
  readonly line: number;
  readonly reason: string;
}
