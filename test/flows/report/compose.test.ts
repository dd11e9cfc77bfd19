/** Weekly reports from known facts: what they say, and what they say when something is not known. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderMessage } from '../../../src/chat/slack/render.ts';
import { saveBudget } from '../../../src/store/budgets.ts';
import { savePin } from '../../../src/store/pins.ts';
import { liveParts } from '../../chat/slack/block-kit.ts';
import { openTempStore, type TempStore } from '../../temp-store.ts';
import { costs, fill, make } from './workbench.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

const budget = (amount: bigint, scope = 'team:search', period: 'monthly' | 'quarterly' = 'monthly') =>
  saveBudget(
    temp.store,
    { scope, period, amountMicros: amount * 1_000_000n, currency: 'USD', managedBy: 'file' },
    new Date(0),
  );

describe('a whole week', () => {
  it('says whose, how much, and compared with what', async () => {
    const rise = (day: string) => (day >= '2026-11-16' ? 120 : 100);
    await fill(temp.store, [...costs({ cost: rise }), ...costs({ model: 'ranker', cost: 50 })]);
    const { heading, data, text } = await make(temp.store);
    expect(heading).toBe('search: $1,190 last week (16–22 Nov), +13 % (+$140) on the week before');
    expect(data).toMatchObject({
      scope: 'team:search',
      period: { start: '2026-11-16', end: '2026-11-22' },
      previous: { start: '2026-11-09', end: '2026-11-15' },
      total: '1190',
      previousTotal: '1050',
      changePercent: 13.33,
      rows: [
        { key: 'bert', cost: '840', previousCost: '700', change: '140' },
        { key: 'ranker', cost: '350', previousCost: '350', change: '0' },
      ],
      missing: null,
      restated: null,
    });
    expect(text).toContain('1. bert +$140 (+20 %)');
    expect(text).toContain('ranker       $350           flat');
    expect(text).not.toContain('still arriving');
  });

  it('uses the title of the team', async () => {
    await fill(temp.store, costs({ cost: 1 }));
    const team = { name: 'search', title: 'Search & Discovery', members: [], channel: {} };
    expect((await make(temp.store, { settings: { teams: [team] } })).heading).toMatch(
      /^Search & Discovery: /,
    );
  });

  it('gives the reasons that the data has', async () => {
    const retrain = (day: string) => (['2026-11-18', '2026-11-19'].includes(day) ? 500 : 0);
    await fill(temp.store, [
      ...costs({ cost: 100 }, { service: 'Amazon SageMaker', region: 'eu-west-1' }),
      ...costs({ cost: retrain }, { stage: 'training', service: 'Amazon EC2', region: 'us-east-1' }),
      ...costs({ model: 'gone', cost: 80, end: '2026-11-15' }),
    ]);
    const { text } = await make(temp.store);
    expect(text).toContain(
      '1. bert +$1,000 (+143 %): training +$1,000, all of it Amazon EC2 in us-east-1, most of it on Wed 18 Nov and Thu 19 Nov',
    );
    expect(text).toContain('2. gone −$560 (−100 %): nothing any more, all of it Amazon SageMaker');
  });

  it('draws eight weeks and the days of the last one', async () => {
    await fill(temp.store, costs({ cost: 10 }));
    const { views } = await make(temp.store);
    const chart = views[0].elements.flatMap((element) =>
      element.kind === 'chart' ? [element.chart] : [],
    )[0];
    expect(chart).toMatchObject({ id: 'weekly-cost', title: 'search cost about as much as the week before' });
    expect(chart?.days).toHaveLength(8);
    expect(chart?.series[0]?.values).toEqual(Array.from({ length: 8 }, () => 70));
    expect(chart?.beside?.days[0]).toBe('2026-11-16');
  });
});

describe('the month', () => {
  it.each([
    [3_500n, 'On course for $3k of the $3.5k budget in November 🟢 within budget.'],
    [2_900n, 'On course for $3k of the $2.9k budget in November 🔴 heading over budget.'],
    [2_000n, 'On course for $3k of the $2k budget in November 🔴 over budget.'],
  ])('beside a budget of %s', async (amount, said) => {
    await fill(temp.store, costs({ cost: 100 }));
    await budget(amount);
    expect((await make(temp.store)).text).toContain(said);
  });

  it('says when the range reaches over the budget', async () => {
    const swing = (day: string) => (Number(day.slice(8)) % 3 === 0 ? 190 : 55);
    await fill(temp.store, costs({ cost: swing }));
    await budget(2_980n);
    const { text, data } = await make(temp.store);
    expect(text).toMatch(/On course for \$2.94k .* 🟠 may go over budget \(80 %: \$[\d.]+k–\$[\d.]+k\)/);
    const { low, forecast, high } = data.month as Record<string, string>;
    expect(Number(low)).toBeLessThan(Number(forecast));
    expect(Number(high)).toBeGreaterThan(2_980);
  });

  it('has no forecast before there are fourteen days', async () => {
    await fill(temp.store, costs({ cost: 100, start: '2026-11-12' }));
    expect((await make(temp.store)).text).toContain(
      'No month-end forecast: 11 complete days are known, and it takes 14.',
    );
  });

  it('has no forecast when a source has fallen silent', async () => {
    await fill(temp.store, [
      ...costs({ cost: 100 }),
      ...costs({ model: 'gpt', cost: 5, end: '2026-11-10' }, { source: 'openai' }),
    ]);
    await temp.store.source.update({ where: { name: 'openai' }, data: { watermark: '2026-11-10' } });
    const { text } = await make(temp.store);
    expect(text).toContain('No month-end forecast: openai has sent nothing complete after Tue 10 Nov.');
    expect(text).toContain('⚠ openai complete until 10 Nov; since then unknown');
  });

  it('of a quarterly budget is what is used of it', async () => {
    await fill(temp.store, costs({ cost: 100 }));
    await budget(10_600n, 'team:search', 'quarterly');
    const { text } = await make(temp.store);
    expect(text).toContain('On course for $3k in November');
    expect(text).toContain('50 % of the $10,600 quarterly budget (1 Oct – 31 Dec) is used.');
  });

  it('that is complete is closed', async () => {
    await fill(temp.store, costs({ cost: 100, end: '2026-11-30' }));
    await budget(3_500n);
    const { text } = await make(temp.store, { now: '2026-12-01T08:00:00Z' });
    expect(text).toContain('November closed at $3,000 of $3.5k 🟢 within budget.');
  });
});

describe('what is not complete', () => {
  it('is not counted, is said, and is compared with the same weekdays', async () => {
    const sunday = (day: string) => (day === '2026-11-15' ? 900 : day === '2026-11-22' ? 7 : 100);
    await fill(temp.store, costs({ cost: sunday }), '2026-11-21');
    const { heading, text, data, views } = await make(temp.store);
    expect(heading).toBe('search: $600 last week, Mon–Sat (16–21 Nov), flat on Mon–Sat of the week before');
    expect(text).toContain(
      'Complete until Sat 21 Nov; Sun 22 Nov is still arriving ($7.00 so far, not counted).',
    );
    expect(data).toMatchObject({ total: '600', previousTotal: '600', change: '0' });
    const chart = views[0].elements.flatMap((element) =>
      element.kind === 'chart' ? [element.chart] : [],
    )[0];
    expect([chart?.provisionalFrom, chart?.beside?.provisionalFrom]).toEqual([7, 6]);
  });

  it('at all is said without a figure', async () => {
    await fill(temp.store, costs({ cost: 100, end: '2026-11-18' }), '2026-11-15');
    const { heading, text, data } = await make(temp.store, { now: '2026-11-23T08:00:00Z' });
    expect(heading).toBe('search: cost unknown last week (16–22 Nov)');
    expect(text).toContain(
      'No day is complete yet; Mon 16 Nov – Sun 22 Nov are unknown from focus ($300 so far, not counted).',
    );
    expect(data).toMatchObject({ total: null, change: null, rows: [] });
  });
});

describe('what is not known', () => {
  it('a team without any cost', async () => {
    await fill(temp.store, costs({ cost: 1 }));
    const { heading, text, data } = await make(temp.store, { scope: 'team:growth' });
    expect(heading).toBe('growth: cost unknown last week (16–22 Nov)');
    expect(text).toContain('no tag and no rule gives it one');
    expect(text).not.toContain('$0');
    expect(data).toMatchObject({ total: null, rows: [], movers: [] });
  });

  it('an empty database', async () => {
    const { text } = await make(temp.store, { scope: 'org' });
    expect(text).toContain('No bill is here yet');
  });

  it('a team that has stopped costing anything', async () => {
    await fill(temp.store, [
      ...costs({ cost: 5, end: '2026-11-01' }),
      ...costs({ team: 'growth', model: 'x', cost: 1 }),
    ]);
    const { heading, data, text } = await make(temp.store);
    expect(text).toContain('The last day with any cost is Sun 1 Nov.');
    expect(heading).toBe('search: no cost last week (16–22 Nov)');
    expect(data).toMatchObject({ total: null, previousTotal: '0' });
  });

  it('the first week there is', async () => {
    await fill(temp.store, costs({ cost: 10, start: '2026-11-16' }));
    const { heading, text, data } = await make(temp.store);
    expect(heading).toBe('search: $70.00 last week (16–22 Nov)');
    expect(text).toContain('nothing whole to compare with');
    expect(text).not.toContain('What moved');
    expect(data).toMatchObject({
      previousTotal: null,
      change: null,
      weeks: [{ start: '2026-11-16', cost: '70' }],
    });
  });

  it('bills without EffectiveCost', async () => {
    await fill(temp.store, costs({ cost: 1 }, { cost: null }));
    const { heading, text, data } = await make(temp.store);
    expect(heading).toBe('search: cost unknown last week (16–22 Nov)');
    expect(text).toContain('No month-end forecast: some of the cost is unknown');
    expect(data).toMatchObject({ total: null, rows: [{ key: 'bert', cost: null }] });
    expect(text).not.toContain('$0');
  });

  it('a currency without a rate is in no figure and is said', async () => {
    await fill(temp.store, [
      ...costs({ cost: 10 }),
      ...costs({ model: 'eu', cost: 20 }, { source: 'azure', currency: 'EUR' }),
    ]);
    const { heading, text, data } = await make(temp.store);
    expect(heading).toBe('search: $70.00 last week (16–22 Nov)');
    expect(text).toContain('€140 could not be converted to USD and is in no figure above.');
    expect(text).toContain('No month-end forecast: there is no EUR→USD rate for all of its days.');
    expect(data).toMatchObject({ change: null });
  });

  it('with a rate it is converted', async () => {
    const fx = [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.1' }];
    await fill(temp.store, costs({ model: 'eu', cost: 20 }, { currency: 'EUR' }));
    expect((await make(temp.store, { settings: { fx } })).heading).toBe(
      'search: $154 last week (16–22 Nov), flat on the week before',
    );
  });

  it('credits can make a week negative', async () => {
    await fill(temp.store, [
      ...costs({ cost: 10 }),
      ...costs({ cost: -50, start: '2026-11-16' }, { category: 'Credit' }),
    ]);
    const { heading, text } = await make(temp.store);
    expect(heading).toBe('search: −$280 last week (16–22 Nov), −500 % (−$350) on the week before');
    expect(text).toContain('includes credit −$350');
  });
});

describe('long and hostile', () => {
  it('sixty models go on in the thread, and all of them add up', async () => {
    const facts = Array.from({ length: 60 }, (_, index) =>
      costs({ model: `m${String(index + 1).padStart(2, '0')}`, cost: index + 1, start: '2026-11-09' }),
    );
    await fill(temp.store, facts.flat());
    const { text, thread, heading, views } = await make(temp.store);
    expect(heading).toContain('$12,810');
    expect(text).toContain('and 50 more, $8,925: in the thread');
    expect(thread).toHaveLength(2);
    expect(thread[0]).toContain('search, 16–22 Nov: model 11–50 of 60, together');
    const rows = views.flatMap((view) =>
      view.elements.flatMap((element) => (element.kind === 'table' ? element.rows : [])),
    );
    expect(new Set(rows.map(([name]) => name)).size).toBe(60);
    const sum = rows.reduce((total, row) => total + Number(row[1]?.replace(/[$,]/g, '')), 0);
    expect(sum).toBe(12_810);
    const alone = await make(temp.store, { alone: true });
    expect(alone.thread).toEqual([]);
    expect(alone.text).toMatch(/and 30 more, \$[\d,.]+$/m);
  });

  it('names like markup stay names', async () => {
    const names = ['<!channel>', '*bold*', '{{ change }}', '<@U123|x>'];
    await fill(
      temp.store,
      names.flatMap((model, index) =>
        costs({ model, cost: (day) => (day >= '2026-11-16' ? 40 + index : 20) }),
      ),
    );
    const { views, text } = await make(temp.store);
    for (const name of names.slice(1)) expect(text).toContain(name);
    let id = 0;
    for (const view of views) {
      const elements = view.elements.map((element) =>
        element.kind === 'actions'
          ? { ...element, buttons: element.buttons.map((button) => ({ ...button, id: `b${id++}` })) }
          : element,
      );
      const message = renderMessage({ elements });
      expect(liveParts(message)).toEqual([]);
    }
  });
});

describe('the rest of it', () => {
  it('an organisation’s report has the models, and the teams in the thread', async () => {
    await fill(temp.store, [
      ...costs({ cost: 10 }),
      ...costs({ team: 'growth', model: 'ltv', cost: 5 }),
      ...costs({ team: '', model: '', cost: 1 }),
    ]);
    const { heading, thread, text, views } = await make(temp.store, { scope: 'org' });
    expect(heading).toMatch(/^Test: \$112 last week/);
    expect(text).toContain('94 % allocated to models ($7.00 has none)');
    const chart = views[0].elements.flatMap((element) =>
      element.kind === 'chart' ? [element.chart] : [],
    )[0];
    expect(chart?.subtitle).toBe('by team · USD');
    expect(chart?.series.map(({ name }) => name)).toEqual(['search', 'growth', 'unallocated']);
    expect(thread).toHaveLength(1);
    expect(thread[0]).toMatch(
      /By team[\s\S]*search +\$70\.00[\s\S]*growth +\$35\.00[\s\S]*unallocated +\$7\.00/,
    );
  });

  it('a model’s report is by stage', async () => {
    await fill(temp.store, [...costs({ cost: 10 }), ...costs({ cost: 5 }, { stage: 'training' })]);
    expect((await make(temp.store, { scope: 'model:bert' })).data).toMatchObject({
      by: 'stage',
      total: '105',
      rows: [
        { key: 'inference', cost: '70' },
        { key: 'training', cost: '35' },
      ],
    });
    expect((await make(temp.store, { scope: 'model:bert/training' })).heading).toMatch(
      /^bert training: \$35\.00/,
    );
  });

  it('pins are shown to their team and named to the caller', async () => {
    await fill(temp.store, costs({ cost: 1 }));
    const pin = {
      platform: 'slack',
      channel: 'C1',
      messageId: '1',
      pinnedBy: 'slack:U1',
      createdAt: new Date(0),
    };
    const { id } = await savePin(temp.store, {
      ...pin,
      team: 'search',
      excerpt: 'we <!here> retrain',
      author: 'Mira',
    });
    await savePin(temp.store, { ...pin, team: 'growth', excerpt: 'not ours' });
    const { text, pins } = await make(temp.store);
    expect(pins).toEqual([id]);
    expect(text).toContain('Pinned\n\n• “we <!here> retrain” (Mira)');
    expect((await make(temp.store, { frequency: 'daily' })).pins).toEqual([]);
  });

  it('there is none about a provider', async () => {
    await expect(make(temp.store, { scope: 'provider:AWS' })).rejects.toMatchObject({ code: 'INVALID' });
  });
});
