/** What a usage import is asked for and what it gives back. Scripts rely on the names in UsageImportResult. */
import type { Actor } from '../../core/actor.ts';
import type { Day } from '../../core/day.ts';
import type { UsageMetric } from '../../core/usage.ts';
import type { QuarantinedUsage, UsageProgress, UsageSource } from '../../usage/types.ts';
import type { AllocateDays } from '../import-focus/types.ts';

export interface UsageImportRequest {
  readonly files: readonly string[];
  /** Name the usage is filed under; default "usage". */
  readonly source?: string;
  readonly actor: Actor;
  readonly onProgress?: (progress: UsageProgress) => void;
}

export interface UsageImportParts {
  readonly source: UsageSource<{ files: string[] }>;
  readonly allocate: AllocateDays;
}

export interface ImportedUsageFile {
  readonly path: string;
  readonly sha256: string;
  readonly format: string;
  readonly rowsRead: number;
  readonly quarantinedCount: number;
  /** At most MAX_QUARANTINED of them. */
  readonly quarantined: readonly QuarantinedUsage[];
  readonly warnings: readonly string[];
}

export const MAX_QUARANTINED = 10_000;

/** One metric as read and as stored afterwards for the same days: decimal strings, equal; of quality, the average. */
export interface MetricSum {
  readonly metric: UsageMetric;
  readonly days: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly quantity: string;
  readonly stored: string;
}

export interface UsageImportResult {
  readonly source: string;
  readonly files: readonly ImportedUsageFile[];
  readonly totals: readonly MetricSum[];
  readonly factsWritten: number;
  /** Stored rows of the same metrics and days that gave way. */
  readonly replaced: number;
  /** Last complete day of the source. */
  readonly watermark: Day;
  /** Days whose shared costs are split by this usage: they were allocated again. */
  readonly affectedUsageDays: readonly Day[];
  readonly warnings: readonly string[];
}
