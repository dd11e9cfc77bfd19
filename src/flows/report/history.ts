/** The record of a weekly report, and what was restated since the one before. */
import { createHash } from 'node:crypto';
import { allocationFingerprint } from '../../analysis/allocate/needs.ts';
import type { Convert } from '../../analysis/convert.ts';
import { earlier } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import { readSources } from '../../store/freshness.ts';
import { lastReportBefore, readSourceDays, type StoredReport } from '../../store/report-records.ts';
import type { ReportRestated } from '../../view/messages/weekly-report-types.ts';
import type { Context } from '../context.ts';
import { compareWithRecord, rememberedFrom, rememberedPeriod, rememberFigures } from './restated.ts';

export async function reportHistory(
  { store, settings }: Context,
  filter: CostFilter,
  about: { scope: string; period: Period; currency: string; convert: Convert },
): Promise<{ record: StoredReport; restated?: ReportRestated }> {
  const { scope, period, currency, convert } = about;
  const rules = createHash('sha256').update(allocationFingerprint(settings)).digest('hex').slice(0, 16);
  const last = await lastReportBefore(store, scope, period.start);
  const from = rememberedFrom(period.start);
  const start = last ? earlier(from, rememberedPeriod(last).start) : from;
  const rows = await readSourceDays(store, filter, { start, end: period.end });
  const watermarks = new Map(
    (await readSources(store)).flatMap(({ name, watermark }) =>
      watermark ? [[name, watermark] as const] : [],
    ),
  );
  const figures = rememberFigures(rows, { from, end: period.end, watermarks, rules });
  const restated = last && compareWithRecord(last, rows, { currency, convert, rules });
  return { record: { scope, week: period.start, currency, figures }, ...(restated && { restated }) };
}
