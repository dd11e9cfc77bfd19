/** Messages that come by themselves: reports, and what is told of sources and budgets. */
import { tellSourceNotices } from '../../../src/flows/source-notices.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { saveBudget } from '../../../src/store/budgets.ts';
import { saveReportRecord } from '../../../src/store/report-records.ts';
import type { View } from '../../../src/view/elements.ts';
import { costs, fill, make } from '../../flows/report/workbench.ts';
import { addFacts, contextOf, openTempStore } from '../../temp-store.ts';
import { openMailbox, type Samples } from './collect.ts';

/** A report with everything in it that a report can have, hostile names among it. */
export async function sampleReports(): Promise<Samples> {
  const { store, close } = await openTempStore();
  try {
    await fill(
      store,
      [
        ...costs({ cost: 310 }, { service: 'Amazon SageMaker', region: 'us-east-1' }),
        ...costs(
          { cost: (day) => (day === '2026-11-19' ? 900 : 40) },
          { stage: 'training', service: 'Amazon EC2', region: 'eu-west-1' },
        ),
        ...costs({ model: '<at>all</at> **ranker**', cost: (day) => (day >= '2026-11-18' ? 90 : 150) }),
        ...costs({ model: '', cost: 12.5 }),
        ...Array.from({ length: 12 }, (_, index) =>
          costs({ model: `small_${index + 1}`, cost: index + 1 }),
        ).flat(),
      ],
      '2026-11-21',
    );
    const budget = { scope: 'team:search', period: 'monthly', currency: 'USD', managedBy: 'file' } as const;
    await saveBudget(store, { ...budget, amountMicros: 18_000_000_000n }, new Date(0));
    const { record } = await make(store, { now: '2026-11-16T08:00:00Z' });
    if (record) await store.$transaction((tx) => saveReportRecord(tx, record, new Date(0)));
    await store.dailyCost.updateMany({
      where: { day: '2026-11-08', model: 'bert', stage: 'inference' },
      data: { effectiveMicros: 422_000_000n },
    });
    const views: Record<string, View> = {};
    for (const frequency of ['weekly', 'daily'] as const)
      for (const [index, view] of (await make(store, { frequency })).views.entries())
        views[`report-${frequency}-${index + 1}`] = view;
    return { views, forms: {} };
  } finally {
    await close();
  }
}

/** A source that fails where others go on. */
export async function sampleNotices(): Promise<Samples> {
  const { store, close } = await openTempStore();
  try {
    const jon = { name: 'Jon Park', email: 'jon@x.example', slack: 'U0JON001' };
    const context = contextOf(store, {
      now: '2026-11-21T09:00:00Z',
      settings: {
        sources: [
          {
            name: 'aws',
            kind: 'aws-cost-explorer',
            schedule: '0 6 * * *',
            historyMonths: 13,
            trailingDays: 5,
            lagDays: 2,
            options: {},
          },
        ],
        teams: [{ name: 'search', title: 'Search', members: [jon], channel: { slack: 'C0SEARCH' } }],
        admins: [jon.email],
      },
    });
    await syncSettings(context);
    await addFacts(context, [{ day: '2026-11-18', cost: '60', source: 'aws', tags: { team: 'search' } }]);
    await store.sourceState.create({
      data: {
        name: 'aws',
        failures: 3,
        failingSince: new Date('2026-11-19T06:00:00Z'),
        error: 'AWS refused the request: AccessDenied.',
        hint: 'Grant ce:GetCostAndUsage.',
        lastStartedAt: new Date('2026-11-21T08:00:00Z'),
        nextAttemptAt: new Date('2026-11-21T12:00:00Z'),
      },
    });
    let ids = 0;
    const mailbox = openMailbox(store);
    await tellSourceNotices(context, { newId: () => `id-${++ids}` });
    return { views: await mailbox('source-fails'), forms: {} };
  } finally {
    await close();
  }
}
