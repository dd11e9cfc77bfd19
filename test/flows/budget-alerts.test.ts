import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachDay } from '../../src/core/day.ts';
import type { BudgetSettings, Settings } from '../../src/core/settings.ts';
import { tellBudgetAlerts } from '../../src/flows/budget-alerts.ts';
import type { Context } from '../../src/flows/context.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import { saveBudget } from '../../src/store/budgets.ts';
import type { View } from '../../src/view/elements.ts';
import { renderText } from '../../src/view/fallback.ts';
import { addFacts, contextOf, openTempStore, rememberingLog, type TempStore } from '../temp-store.ts';

const MIRA = { name: 'Mira Chen', email: 'mira@x.example', slack: 'U0MIRA01' };
const JON = { name: 'Jon Park', email: 'jon@x.example', slack: 'U0JON001' };
const BERT: BudgetSettings = {
  scope: { kind: 'model', name: 'bert' },
  amountMicros: 3_000_000_000n,
  currency: 'USD',
  period: 'monthly',
};
const SETTINGS: Partial<Settings> = {
  teams: [
    {
      name: 'search',
      title: 'Search',
      owner: MIRA.email,
      members: [MIRA],
      channel: { slack: 'C0SEARCH' },
    },
    { name: 'growth', title: 'Growth', members: [JON], channel: {} },
  ],
  models: [
    { name: 'bert', title: 'BERT', team: 'search', aliases: [] },
    { name: 'churn', title: 'Churn', team: 'growth', aliases: [] },
  ],
  budgets: [BERT],
  admins: [JON.email],
};

let temp: TempStore;
let ids = 0;
const newId = () => `id-${++ids}`;

beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

/** The organisation on a morning, as its file says. */
async function on(day: string, settings: Partial<Settings> = {}): Promise<Context> {
  const context = morning(day, settings);
  await syncSettings(context);
  return context;
}

function morning(day: string, settings: Partial<Settings> = {}): Context {
  return contextOf(temp.store, { now: `${day}T09:00:00Z`, settings: { ...SETTINGS, ...settings } });
}

/** What a model cost on each of these days. */
async function cost(
  [start, end]: readonly [string, string],
  amount: string,
  { model = 'bert', source = 'aws', watermark }: { model?: string; source?: string; watermark?: string } = {},
): Promise<void> {
  const facts = eachDay(start, end).map((day) => ({ day, cost: amount, source, tags: { model } }));
  await addFacts(morning(end), facts, watermark);
}

async function tell(day: string, settings?: Partial<Settings>): Promise<string[]> {
  const before = await temp.store.outboxMessage.count();
  const log = rememberingLog();
  const written = await tellBudgetAlerts({ ...(await on(day, settings)), log }, { newId });
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  const rows = await temp.store.outboxMessage.findMany({ orderBy: { id: 'asc' }, skip: before });
  expect(rows).toHaveLength(written);
  return rows.map(({ channel, view }) => `${channel} ${renderText(JSON.parse(view) as View)}`);
}

async function lastView(): Promise<View> {
  const row = await temp.store.outboxMessage.findFirst({ orderBy: { id: 'desc' } });
  return JSON.parse(row?.view ?? '{}') as View;
}

function mentions({ elements }: View): string[] {
  return elements.flatMap((element) =>
    element.kind === 'text'
      ? element.spans.flatMap((span) => (span.kind === 'mention' ? (span.ids.slack ?? []) : []))
      : [],
  );
}

describe('a budget that is used up', () => {
  it('begins with the highest threshold that is reached, then tells each further one once', async () => {
    await cost(['2026-11-01', '2026-11-18'], '90');
    const [first, ...more] = await tell('2026-11-20');
    expect(more).toEqual([]);
    expect(first).toContain('C0SEARCH 🟢 bert: 54 % of the $3,000 monthly budget is used with 12 days to go');
    expect(first).toContain('$1,620 of $3,000 is used in 1–30 Nov, 60 % of the period is over.');
    expect(first).toContain('Forecast $2.7k of $3k by 30 Nov.');
    expect(first).toContain('$90.00 a day on 18 complete days; at this pace not used up in the period.');
    expect(mentions(await lastView())).toEqual([]);
    expect(await tell('2026-11-20')).toEqual([]);

    await cost(['2026-11-19', '2026-11-21'], '350');
    const [second] = await tell('2026-11-22');
    expect(second).toMatch(
      /bert is heading over its monthly budget: forecast \S+ of \$3k by 30 Nov, over on 23 Nov/,
    );
    expect(second).toContain('$2,670 of $3,000 is used in 1–30 Nov');
    await cost(['2026-11-22', '2026-11-22'], '40');
    const [third] = await tell('2026-11-23');
    expect(third).toContain('bert: 90 % of the $3,000 monthly budget is used');
    expect(mentions(await lastView())).toEqual([MIRA.slack]);
    const told = await temp.store.budgetAlert.findMany({ orderBy: { id: 'asc' } });
    expect(told.map(({ kind, threshold, periodStart }) => [kind, threshold, periodStart])).toEqual([
      ['actual', 50, '2026-11-01'],
      ['actual', 75, '2026-11-01'],
      ['actual', 80, '2026-11-01'],
      ['forecast', 100, '2026-11-01'],
      ['actual', 90, '2026-11-01'],
    ]);
  });

  it('stays told when a corrected bill takes the use back, and begins anew in the next period', async () => {
    await cost(['2026-11-01', '2026-11-18'], '90');
    await tell('2026-11-20');
    await cost(['2026-11-19', '2026-11-19'], '-600');
    expect(await tell('2026-11-20')).toEqual([]);
    await cost(['2026-11-20', '2026-11-20'], '600');
    expect(await tell('2026-11-21')).toEqual([]);
    await cost(['2026-11-21', '2026-12-16'], '95');
    const [december] = await tell('2026-12-17');
    expect(december).toContain('bert: 51 % of the $3,000 monthly budget is used');
  });

  it('may be told again when its amount was raised and is not reached any more', async () => {
    await cost(['2026-11-01', '2026-11-18'], '90');
    await tell('2026-11-20');
    const raised = { budgets: [{ ...BERT, amountMicros: 3_500_000_000n }] };
    expect(await tell('2026-11-20', raised)).toEqual([]);
    await cost(['2026-11-19', '2026-11-19'], '200');
    expect((await tell('2026-11-20', raised))[0]).toContain('52 % of the $3,500 monthly budget');
  });

  it('is told of the month before too while its last days arrive', async () => {
    await cost(['2026-11-01', '2026-11-28'], '106');
    await tell('2026-11-30');
    await cost(['2026-11-29', '2026-11-30'], '106');
    await cost(['2026-12-01', '2026-12-01'], '10');
    const [late] = await tell('2026-12-03');
    expect(late).toContain('🔴 bert: 106 % of the $3,000 monthly budget is used');
    expect(late).toContain('1–30 Nov');
  });

  it('is told by one of several processes', async () => {
    await cost(['2026-11-01', '2026-11-18'], '90');
    const context = await on('2026-11-20');
    const counts = await Promise.all([tellBudgetAlerts(context), tellBudgetAlerts(context)]);
    expect(counts.sort()).toEqual([0, 1]);
  });
});

describe('a forecast beyond the budget', () => {
  const heavy = { budgets: [{ ...BERT, amountMicros: 2_500_000_000n, thresholds: [100] }] };

  it('is told once, with the day on which it is over, and calls the owner', async () => {
    await cost(['2026-10-20', '2026-11-10'], '100');
    const [only, ...more] = await tell('2026-11-11', heavy);
    expect(more).toEqual([]);
    expect(only).toContain(
      '🔴 bert is heading over its monthly budget: forecast $3k of $2.5k by 30 Nov, over on 26 Nov',
    );
    expect(only).toContain('at this pace used up on 25 Nov');
    expect(mentions(await lastView())).toEqual([MIRA.slack]);
    const view = await lastView();
    expect(view.elements.find(({ kind }) => kind === 'chart')).toMatchObject({
      chart: { id: 'budget-burn', title: 'bert is heading for $3k of $2.5k: over on 26 Nov' },
    });
    await cost(['2026-11-11', '2026-11-12'], '100');
    expect(await tell('2026-11-13', heavy)).toEqual([]);
  });

  it('is not told where that is switched off, or while a source is silent, which is said', async () => {
    await cost(['2026-10-20', '2026-11-10'], '100');
    const off = { ...heavy, budgetAlerts: { thresholds: [50], forecast: false, approvers: [] } };
    expect(await tell('2026-11-11', off)).toEqual([]);
    await cost(['2026-10-20', '2026-10-25'], '1', { source: 'gcp' });
    expect(await tell('2026-11-11', heavy)).toEqual([]);
    await cost(['2026-11-11', '2026-11-11'], '1600');
    const [actual] = await tell('2026-11-12', heavy);
    expect(actual).toContain('🔴 bert: 104 % of the $2,500 monthly budget is used');
    expect(actual).toContain(
      'There is no forecast: gcp has sent nothing complete after Sun 25 Oct. What is missing is not zero.',
    );
  });

  it('is told of the middle of a month for nobody who asked: half of a budget is always foreseen', async () => {
    await cost(['2026-10-20', '2026-11-05'], '60');
    expect(await tell('2026-11-06')).toEqual([]);
  });
});

describe('other budgets', () => {
  it('of a team without a channel go to whoever gets the news, else into the log', async () => {
    const churn = { ...BERT, scope: { kind: 'model', name: 'churn' }, amountMicros: 500_000_000n } as const;
    await cost(['2026-11-01', '2026-11-18'], '30', { model: 'churn' });
    expect((await tell('2026-11-20', { budgets: [churn] }))[0]).toMatch(/^U0JON001 🔴 churn: 108 %/);
    expect(mentions(await lastView())).toEqual([]);
    const log = rememberingLog();
    const context = {
      ...(await on('2026-11-20', { budgets: [{ ...churn, period: 'yearly' }], admins: [] })),
      log,
    };
    expect([await tellBudgetAlerts(context), await tellBudgetAlerts(context)]).toEqual([0, 0]);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
  });

  it('of a day are told only when it is all used, each day by itself', async () => {
    const daily = { budgets: [{ ...BERT, amountMicros: 100_000_000n, period: 'daily' }] } as const;
    await cost(['2026-11-01', '2026-11-18'], '90');
    expect(await tell('2026-11-19', daily)).toEqual([]);
    await cost(['2026-11-19', '2026-11-20'], '150');
    const told = await tell('2026-11-21', daily);
    expect(told.map((text) => text.split('\n')[0])).toEqual([
      'C0SEARCH 🔴 bert: 150 % of the $100 daily budget is used',
      'C0SEARCH 🔴 bert: 150 % of the $100 daily budget is used',
    ]);
    expect(told.map((text) => /is used in (\d+ Nov)/.exec(text)?.[1])).toEqual(['20 Nov', '19 Nov']);
  });

  it('that are capped count from their first day on, whatever was before', async () => {
    const cap = {
      ...BERT,
      period: 'fixed',
      startDay: '2026-11-10',
      endDay: '2026-12-10',
      thresholds: [80, 100],
    } as const;
    await cost(['2026-10-10', '2026-11-18'], '200');
    expect(await tell('2026-11-20', { budgets: [{ ...cap, amountMicros: 9_000_000_000n }] })).toEqual([]);
    const small = { budgets: [{ ...cap, amountMicros: 2_000_000_000n }] };
    const [told] = await tell('2026-11-20', small);
    expect(told).toContain('🔴 bert is heading over its fixed cap: forecast $6.2k of $2k by 10 Dec');
    expect(told).toContain('$1,800 of $2,000 is used in 10 Nov – 10 Dec');
    await cost(['2026-11-19', '2026-11-19'], '300');
    expect((await tell('2026-11-20', small))[0]).toContain(
      '🔴 bert: 105 % of the $2,000 fixed cap is used with 21 days to go',
    );
  });

  it('of tokens are told in tokens', async () => {
    const context = await on('2026-11-20');
    await addFacts(context, [{ day: '2026-11-19', cost: '5', source: 'aws', tags: { model: 'bert' } }]);
    for (const day of eachDay('2026-11-01', '2026-11-18'))
      await temp.store.usageFact.create({
        data: {
          source: 'aws',
          day,
          metric: 'output_tokens',
          model: 'bert',
          quantityMicros: 1_000_000_000_000n,
        },
      });
    await saveBudget(
      temp.store,
      {
        scope: 'team:search',
        period: 'monthly',
        metric: 'tokens',
        amountMicros: 20_000_000_000_000n,
        currency: '',
        managedBy: 'chat',
      },
      new Date('2026-11-01T00:00:00Z'),
    );
    const [told] = await tell('2026-11-20', { budgets: [] });
    expect(told).toContain('Team search is heading over its monthly tokens budget: forecast 28');
    expect(told).toContain('18M tokens of 20M tokens is used in 1–30 Nov');
  });

  it('that cannot be converted are not guessed', async () => {
    await cost(['2026-11-01', '2026-11-18'], '90');
    expect(await tell('2026-11-20', { budgets: [{ ...BERT, currency: 'EUR' }] })).toEqual([]);
  });
});
