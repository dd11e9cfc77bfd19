/** Where the figures come from and how fresh they are. */
import { findTroubles, scheduledReports } from '../flows/job-troubles.ts';
import { reportSources } from '../flows/sources-report.ts';
import { composeSources } from '../view/messages/sources.ts';
import type { Command } from './types.ts';

export const sources: Command = {
  name: 'sources',
  task: 'trust',
  offer: 'sources',
  summary: 'Where the figures come from, how fresh they are, and whether they add up',
  usage: '',
  examples: ['sources'],
  async run(context) {
    const report = await reportSources(context);
    const troubles = await findTroubles(context);
    const scheduled = await scheduledReports(context);
    return {
      view: composeSources({ ...report, timeZone: context.settings.timeZone, troubles, scheduled }),
      data: {
        question: 'sources',
        rows: report.sources.map((source) => ({
          key: source.name,
          kind: source.kind,
          watermark: source.watermark ?? null,
          firstDay: source.firstDay ?? null,
          lastDay: source.lastDay ?? null,
          stale: source.stale,
          error: source.error ?? null,
          lastImport: source.lastImport
            ? { ...source.lastImport, at: source.lastImport.at.toISOString() }
            : null,
          reconciledDays: source.reconciled.days,
          differentDays: source.reconciled.different,
        })),
        scheduledReports: scheduled.count,
        nextReport: scheduled.next === undefined ? null : new Date(scheduled.next).toISOString(),
        warnings: troubles.map(({ what, error }) => `${what}: ${error}`),
      },
    };
  },
};
