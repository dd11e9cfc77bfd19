/** The state of every source of cost and usage: how far its data reaches, its last import, and whether the money adds up. */
import { addDays, type Day, dayInZone } from '../core/day.ts';
import { readSources, readUsageSources } from '../store/freshness.ts';
import { lastImports, reconciliationCounts } from '../store/source-reports.ts';
import { STALE_AFTER_DAYS } from './answer/reach.ts';
import type { Context } from './context.ts';

export interface SourceReport {
  readonly name: string;
  readonly kind: string;
  readonly watermark?: Day;
  readonly firstDay?: Day;
  readonly lastDay?: Day;
  readonly stale: boolean;
  readonly error?: string;
  readonly lastImport?: {
    readonly at: Date;
    readonly files: number;
    readonly rows: number;
    readonly quarantined: number;
  };
  /** Days whose bill, facts and allocated costs were compared, and how many differ. */
  readonly reconciled: { readonly days: number; readonly different: number };
}

export async function reportSources(context: Context): Promise<{ today: Day; sources: SourceReport[] }> {
  const today = dayInZone(context.now(), context.settings.timeZone);
  const [costs, usage, imports, reconciled] = await Promise.all([
    readSources(context.store),
    readUsageSources(context.store),
    lastImports(context.store),
    reconciliationCounts(context.store),
  ]);
  return {
    today,
    sources: [...costs, ...usage].map((source) => ({
      name: source.name,
      kind: source.kind,
      watermark: source.watermark,
      firstDay: source.firstDay,
      lastDay: source.lastDay,
      stale: (source.watermark ?? '') < addDays(today, -STALE_AFTER_DAYS),
      error: source.lastError,
      lastImport: imports.get(source.name),
      reconciled: reconciled.get(source.name) ?? { days: 0, different: 0 },
    })),
  };
}
