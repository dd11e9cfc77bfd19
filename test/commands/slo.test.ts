import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SloSettings } from '../../src/core/analysis-settings.ts';
import { addDays, eachDay } from '../../src/core/day.ts';
import type { Context } from '../../src/flows/context.ts';
import { tellSloAlerts } from '../../src/flows/slo-alerts.ts';
import { addUsage } from '../../src/store/usage.ts';
import { addFacts } from '../temp-store.ts';
import { openWorkbench, SETTINGS, type Workbench } from './workbench.ts';

const SLO: SloSettings = {
  name: 'bert-inference',
  scope: { kind: 'model', name: 'bert', stage: 'inference' },
  per: 'requests',
  targetMicros: 400_000n,
  currency: 'USD',
  windowDays: 28,
  objective: 0.95,
};
const LAST = '2026-11-19';
let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench({ ...SETTINGS, slos: [SLO] });
});
afterEach(() => bench.temp.close());

/** 10,000 requests a day for $3.50 ($0.35 per 1k), but for other costs on some days; usage of all days but `silent`. */
async function serve(
  costs: Readonly<Record<string, string>> = {},
  { silent = [], end = LAST }: { silent?: readonly string[]; end?: string } = {},
): Promise<void> {
  const { context, temp } = bench;
  const days = eachDay(addDays(LAST, -40), end);
  await addFacts(
    context,
    days.map((day) => ({ day, cost: costs[day] ?? '3.5', tags: { model: 'bert', stage: 'inference' } })),
  );
  await temp.store.source.create({ data: { name: 'usage', kind: 'usage', watermark: end } });
  await temp.store.$transaction((tx) =>
    addUsage(
      tx,
      'usage',
      days
        .filter((day) => !silent.includes(day))
        .map((day) => ({
          day,
          metric: 'requests',
          dimensions: { model: 'bert' },
          quantityMicros: 10_000_000_000n,
        })),
    ),
  );
}

describe('slo', () => {
  it('says how it is written when there is none', async () => {
    const none = await openWorkbench();
    expect((await none.run('slo')).text).toContain('There is no cost SLO yet');
    expect((await none.refusal('slo bert')).hint).toContain('slos:');
    await none.temp.close();
  });

  it('is met while every known day is under the target', async () => {
    await serve();
    const { text, data } = await bench.run('slo');
    expect(text).toContain('1 cost SLO: none is missed or burning');
    expect(data.rows).toMatchObject([{ name: 'bert-inference', good: 28, bad: 0, met: true, budgetLeft: 1 }]);
    const one = await bench.run('slo BERT-inference');
    expect(one.text).toContain('bert inference: $0.350 per 1k requests on Thu 19 Nov; the SLO is met');
    for (const meant of ['bert', 'model:bert/inference'])
      expect((await bench.run(`slo ${meant}`)).text).toBe(one.text);
    expect(one.text).toContain('under $0.40 per 1k requests on 95 % of 28 days');
    expect(one.data).toMatchObject({ window: { start: '2026-10-23', end: LAST }, per: '1k requests' });
  });

  it('that is long used up is counted in budgets, not in percent of one', async () => {
    await serve(Object.fromEntries(eachDay(addDays(LAST, -20), LAST).map((day) => [day, '6'])));
    expect((await bench.run('slo bert-inference')).text).toContain(
      '21 of 1.4 bad days used: 15 times the error budget',
    );
  });

  it('counts a dear day as bad, one without usage as neither', async () => {
    await serve({ '2026-11-05': '6' }, { silent: ['2026-11-10'] });
    const { data, text } = await bench.run('slo bert-inference');
    expect(data).toMatchObject({ good: 26, bad: 1, unknown: 1, met: true });
    expect(text).toContain('1 of 1.4 bad days used, 29 % of the error budget left');
    expect(text).toContain('1 day without usage or cost counts as neither good nor bad');
    const days = data.days as { day: string; unitCost: string | null; good: boolean | null }[];
    expect(days.find(({ day }) => day === '2026-11-05')).toMatchObject({ unitCost: '0.6', good: false });
    expect(days.find(({ day }) => day === '2026-11-10')).toMatchObject({ unitCost: null, good: null });
  });

  it('holds the target itself for good, and the smallest bit above it for bad', async () => {
    await serve({ '2026-11-18': '4', '2026-11-19': '4.0001' });
    const days = (await bench.run('slo bert-inference')).data.days as { good: boolean }[];
    expect(days.slice(-2).map(({ good }) => good)).toEqual([true, false]);
  });

  it('names what is close to a misspelt one', async () => {
    expect(await bench.refusal('slo bert-inferense')).toMatchObject({
      code: 'NOT_FOUND',
      hint: 'There is bert-inference.',
    });
  });
});

describe('alerts of cost SLOs', () => {
  const at = (day: string): Context => ({ ...bench.context, now: () => Date.parse(`${day}T09:00:00Z`) });
  const outbox = () => bench.temp.store.outboxMessage.findMany({ orderBy: { id: 'asc' } });

  it('tell a burn once, in the team’s channel, with its owner, and its end once', async () => {
    await serve({ '2026-11-18': '9', '2026-11-19': '9' });
    expect(await tellSloAlerts(at('2026-11-21'))).toBe(2);
    expect(await tellSloAlerts(at('2026-11-21'))).toBe(0);
    const [fast, slow] = await outbox();
    expect(fast).toMatchObject({ channel: 'C0SEARCH', about: 'cost SLO bert-inference' });
    expect(fast?.view).toContain('"ids":{"slack":"U0MIRA01"}');
    expect(slow?.view).not.toContain('"mention"');
    expect(fast?.view).toContain('$0.900 per 1k requests on Thu 19 Nov');
    expect(fast?.view).toContain('🔴 Missed');
    await addFacts(
      bench.context,
      eachDay('2026-11-20', '2026-12-10').map((day) => ({
        day,
        cost: '3.5',
        tags: { model: 'bert', stage: 'inference' },
      })),
    );
    await bench.temp.store.source.update({ where: { name: 'usage' }, data: { watermark: '2026-12-10' } });
    await bench.temp.store.$transaction((tx) =>
      addUsage(
        tx,
        'usage',
        eachDay('2026-11-20', '2026-12-10').map((day) => ({
          day,
          metric: 'requests',
          dimensions: { model: 'bert' },
          quantityMicros: 10_000_000_000n,
        })),
      ),
    );
    expect(await tellSloAlerts(at('2026-12-11'))).toBe(2);
    expect(await tellSloAlerts(at('2026-12-11'))).toBe(0);
    expect((await outbox()).at(-1)?.view).toContain('does not burn any more');
  });

  it('begin anew for an SLO that was taken out and set again', async () => {
    await serve({ '2026-11-18': '9', '2026-11-19': '9' });
    const context = at('2026-11-21');
    await tellSloAlerts(context);
    await tellSloAlerts({ ...context, settings: { ...context.settings, slos: [] } });
    expect(await bench.temp.store.sloAlert.count({ where: { endedOn: null } })).toBe(0);
  });

  it('take silence for no recovery', async () => {
    await serve({ '2026-11-18': '9', '2026-11-19': '9' });
    await tellSloAlerts(at('2026-11-21'));
    await addFacts(bench.context, [
      { day: '2026-11-20', cost: '3.5', tags: { model: 'bert', stage: 'inference' } },
    ]);
    expect(await tellSloAlerts(at('2026-11-22'))).toBe(0);
  });

  it('say nothing of what is met', async () => {
    await serve();
    expect(await tellSloAlerts(at('2026-11-21'))).toBe(0);
  });
});
