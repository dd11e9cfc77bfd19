/** What the commands answer in a small organisation with an anomaly, and the dialogs they open. */

import { homeView } from '../../../src/commands/home.ts';
import type { CommandContext } from '../../../src/commands/types.ts';
import type { SloSettings } from '../../../src/core/analysis-settings.ts';
import { eachDay } from '../../../src/core/day.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { analysisRound } from '../../../src/flows/analysis-round.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { addUsage } from '../../../src/store/usage.ts';
import type { View } from '../../../src/view/elements.ts';
import { JON, LENA, MIRA, SETTINGS, TOMAS } from '../../commands/workbench.ts';
import { addFacts, contextOf, openTempStore, type TestFact } from '../../temp-store.ts';
import { answerOf, asking, formOf, openMailbox, type Samples, teamsId } from './collect.ts';

const NOW = '2026-11-21T09:00:00Z';
const DAYS = eachDay('2026-09-21', '2026-11-19');

const SLO: SloSettings = {
  name: 'bert-inference',
  scope: { kind: 'model', name: 'bert', stage: 'inference' },
  per: 'requests',
  targetMicros: 400_000n,
  currency: 'USD',
  windowDays: 28,
  objective: 0.95,
};

const both = <Person extends object>(person: Person, number: number) => ({
  ...person,
  teams: teamsId(number),
});

const ORGANISATION: Partial<Settings> = {
  ...SETTINGS,
  teams: (SETTINGS.teams ?? []).map((team, index) => ({
    ...team,
    members: [[both(MIRA, 1), both(TOMAS, 2)], [both(LENA, 3)], [both(JON, 4)]][index] ?? [],
  })),
  slos: [SLO],
};

/** Every command that only tells something, by the name of its sample. */
const ASKED: Readonly<Record<string, string>> = {
  cost: 'model bert',
  'cost-by-resource': 'model bert 30d by resource',
  'cost-all': 'team all mtd',
  top: 'top',
  why: 'why model bert',
  'why-anomaly': 'why ANM-1',
  anomalies: 'anomalies all 30d',
  'anomaly-stats': 'anomalies stats',
  anomaly: 'anomaly 1',
  backtest: 'backtest',
  compare: 'compare bert ranker',
  forecast: 'forecast model bert',
  owners: 'owner',
  owner: 'owner model:ranker',
  report: 'report',
  'report-daily': 'report org daily',
  subscriptions: 'subscribe list',
  pins: 'pins',
  budgets: 'budget',
  budget: 'budget model:bert',
  'budget-history': 'budget history model:bert',
  plans: 'plan list',
  slos: 'slo',
  slo: 'slo bert-inference',
  proposals: 'proposal',
  actions: 'actions',
  ttls: 'ttl',
  schedules: 'schedules',
  settings: 'settings',
  coverage: 'coverage',
  sources: 'sources',
  source: 'sources focus',
  help: 'help',
  'help-budget': 'help budget',
  'unknown-command': 'modle bert',
  'unknown-name': 'model bret',
  refusal: 'anomaly 99',
};

/** What changes something and says so, in this order. */
const CHANGED: Readonly<Record<string, string>> = {
  'owner-set': 'owner set model:ranker @tomas',
  'subscribe-set': 'subscribe team search weekly here',
  'budget-set': 'budget set model:ranker 1000 USD monthly',
  'budget-request': 'budget request model:ranker 2000 USD monthly two more retrains',
  'plan-set': 'plan model:bert/training 5000 2026-12-10..14 "retrain"',
  'ttl-set': 'ttl model:bert/training 48h "two nights are enough"',
  'anomaly-ack': 'anomaly 1 ack',
  'anomaly-snooze': 'anomaly 1 snooze 3d +50%',
};

const OPENED: Readonly<Record<string, readonly [form: string, command: string]>> = {
  change: ['change', 'model bert 30d by service'],
  'budget-set': ['budget-set', 'budget set model:bert'],
  'budget-request': ['budget-request', 'budget request model:bert'],
  'owner-set': ['owner-set', 'owner set model:ranker'],
  compare: ['compare', 'compare bert'],
  subscribe: ['subscribe', 'subscribe'],
  'anomaly-approve': ['anomaly-approve', 'anomaly 1 expected'],
  'anomaly-snooze': ['anomaly-snooze', 'anomaly 1 snooze'],
  'anomaly-reassign': ['anomaly-reassign', 'anomaly 1 assign'],
  'anomaly-investigate': ['anomaly-investigate', 'anomaly 1 investigate'],
};

export async function sampleAnswers(): Promise<Samples> {
  const { store, close } = await openTempStore();
  try {
    const context = contextOf(store, { now: NOW, settings: ORGANISATION });
    await syncSettings(context);
    await addFacts(context, DAYS.flatMap(costsOf));
    await serve(context);
    const mailbox = openMailbox(store);
    await analysisRound(context);
    const mira = asking(context, MIRA.slack);
    const views: Record<string, View> = await mailbox('anomaly-opened', 'anomaly-thread', 'budget-used-up');
    for (const [name, command] of Object.entries(ASKED)) views[name] = await answerOf(mira, command);
    views.home = await homeView(mira);
    const forms = Object.fromEntries(
      await Promise.all(
        Object.entries(OPENED).map(async ([name, [form, command]]) => [
          name,
          await formOf(mira, form, command),
        ]),
      ),
    );
    for (const [name, command] of Object.entries(CHANGED))
      views[name] = await answerOf(name === 'budget-request' ? asking(context, TOMAS.slack) : mira, command);
    views['budget-requests'] = await answerOf(mira, 'budget requests');
    Object.assign(
      views,
      await mailbox('anomaly-snoozed', 'budget-asked', 'anomaly-log-taken', 'anomaly-log-snoozed'),
    );
    return { views, forms };
  } finally {
    await close();
  }
}

/** bert's training costs seventy times as much on the last two days. */
function costsOf(day: string): TestFact[] {
  const spike = day >= '2026-11-18' ? '700' : '10';
  const where = { account: '111122223333', region: 'us-east-1' };
  return [
    {
      ...where,
      day,
      cost: spike,
      service: 'Amazon SageMaker',
      resource: 'arn:aws:sagemaker:us-east-1:111122223333:training-job/bert_retrain_7',
      tags: { model: 'bert', team: 'search', stage: 'training', feature: 'search-box' },
    },
    {
      ...where,
      day,
      cost: '3.5',
      service: 'Amazon SageMaker',
      tags: { model: 'bert', team: 'search', stage: 'inference' },
    },
    { ...where, day, cost: '30', service: 'Amazon EC2', tags: { model: 'ranker', team: 'search' } },
    {
      day,
      cost: '5',
      service: 'Azure OpenAI',
      provider: 'Microsoft',
      tags: { model: 'churn', team: 'growth' },
    },
    { day, cost: '2.25', service: 'Amazon S3' },
  ];
}

/** Ten thousand requests a day. */
async function serve({ store }: Pick<CommandContext, 'store'>): Promise<void> {
  await store.source.create({ data: { name: 'usage', kind: 'usage', watermark: '2026-11-19' } });
  const used = DAYS.map((day) => ({
    day,
    metric: 'requests' as const,
    dimensions: { model: 'bert' },
    quantityMicros: 10_000_000_000n,
  }));
  await store.$transaction((tx) => addUsage(tx, 'usage', used));
}
