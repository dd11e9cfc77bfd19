/** `/cost why`: of an anomaly by its number, of a scope by its name; and the picture beside it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/commands/run.ts';
import type { CommandContext } from '../../src/commands/types.ts';
import { eachDay } from '../../src/core/day.ts';
import { explainAnomaly } from '../../src/flows/explain.ts';
import { judgedSeries } from '../../src/flows/judged-series.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import { whyAnomaly } from '../../src/flows/why.ts';
import { addAnomaly, type NewAnomaly } from '../../src/store/anomalies.ts';
import { addPlan } from '../../src/store/planned-spend.ts';
import { renderText } from '../../src/view/fallback.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const NOW = '2026-11-21T09:00:00Z';
const FIRST = '2026-11-16';
const PATH = ['search', 'bert', 'training'];
let temp: TempStore;
let context: CommandContext;

beforeAll(async () => {
  temp = await openTempStore();
  const models = [{ name: 'bert', title: 'BERT', team: 'search', aliases: [] }];
  const teams = [{ name: 'search', title: 'Search', members: [], channel: {} }];
  context = {
    ...contextOf(temp.store, { now: NOW, settings: { models, teams } }),
    actor: { kind: 'console', user: 'test' },
  };
  await syncSettings(context);
  const tags = { team: 'search', model: 'bert', stage: 'training' };
  // A weekly rhythm, then 900 a day more of one job; Friday the 20th is still arriving.
  const usual = eachDay('2026-08-01', '2026-11-20').map((day) => ({
    day,
    cost: new Date(day).getUTCDay() % 6 === 0 ? '60' : '100',
    tags,
    resource: 'training-job/bert-nightly',
  }));
  const job = eachDay(FIRST, '2026-11-20').map((day) => ({
    day,
    cost: '900',
    tags,
    resource: 'training-job/bert-retrain-7',
    region: 'us-east-1',
  }));
  await addFacts(context, [...usual, ...job], '2026-11-19');
});
afterAll(() => temp.close());

it('shows a slow rise beside what was usual before it, and adds up to what the message says', async () => {
  const days = eachDay('2026-08-01', '2026-11-19');
  const cost = (index: number) => 100 + 2 * Math.max(0, index - 70) + (index % 3);
  await addFacts(
    context,
    days.map((day, index) => ({
      day,
      cost: String(cost(index)),
      tags: { team: 'search', model: 'creeping', stage: 'inference' },
    })),
    '2026-11-19',
  );
  const found = { detector: 'drift', firstStamp: '2026-11-10', lastStamp: '2026-11-19' };
  const place = ['search', 'creeping', 'inference'];
  const end = '2026-11-19';
  const plain = await judgedSeries(context, place, { days: 20, end });
  const beside = await judgedSeries(context, place, { days: 20, end, found });
  expect(Number(plain?.expected.at(-1)) / 1e6).toBeGreaterThan(150);
  expect(Number(beside?.expected.at(-1)) / 1e6).toBeLessThan(130);
  expect(Number(beside?.upper.at(-1))).toBeLessThan(Number(beside?.actual.at(-1)));
  expect(beside?.expected[0]).toBe(plain?.expected[0]);
});

function anomaly(overrides: Partial<NewAnomaly> = {}): NewAnomaly {
  return {
    ...{ path: PATH, grain: 'day', detector: 'seasonal', direction: 'up', currency: 'USD', severity: 'high' },
    ...{ firstStamp: FIRST, lastStamp: '2026-11-19', judgedThrough: '2026-11-19', score: 0.98, related: [] },
    ...{ expectedMicros: 100_000_000n, actualMicros: 1_000_000_000n, excessMicros: 3_600_000_000n },
    ...{ status: 'open', notifications: 0, openedAt: new Date(NOW), updatedAt: new Date(NOW) },
    ...overrides,
  };
}

async function answerTo(command: string) {
  const { view, data } = await runCommand(context, command);
  return { text: renderText(view), data, view };
}

describe('of an anomaly', () => {
  it('says whose, how much, since when, why, with the picture and what it is made of', async () => {
    const id = await temp.store.$transaction((tx) => addAnomaly(tx, anomaly()));
    const { text, view, data } = await answerTo(`why ANM-${id}`);
    expect(text).toMatch(/^🔴 High: bert training is \$3,600 above expected since Mon 16 Nov\n/);
    expect(text).toContain('$1,000 a day against $100 expected (10.0 times)');
    expect(text).toContain('training-job/bert-retrain-7 in us-east-1 (Amazon SageMaker, since Mon 16 Nov');
    expect(text).toContain('[I take it] [Expected] [Snooze 3 days] [False alarm]');
    expect(text).toContain('16–19 Nov beside the same weekdays of 19 Oct – 15 Nov');
    const chart = view.elements.find((element) => element.kind === 'chart');
    expect(chart?.kind === 'chart' && chart.chart.lines?.marked?.at).toHaveLength(4);
    expect(data).toMatchObject({
      scope: 'model:bert/training',
      anomaly: { id, state: 'open', excess: '3600' },
      change: '900',
    });
    const [first] = (data as { contributions: readonly unknown[] }).contributions;
    const label = 'training-job/bert-retrain-7';
    expect(first).toMatchObject({ dimension: 'resource', label, change: '900', share: 1, firstSeen: FIRST });
    for (const typed of [`why ${id}`, `why anm-${id}`, `/cost why ANM${id}`])
      expect((await answerTo(typed)).text).toBe(text);
  });

  it('offers no verdict on what is over', async () => {
    const resolved = anomaly({ status: 'resolved', resolvedAt: new Date(NOW), statusReason: 'usual again' });
    const id = await temp.store.$transaction((tx) => addAnomaly(tx, resolved));
    const { text } = await answerTo(`why ${id}`);
    expect(text).not.toContain('False alarm');
    expect(text).toContain('Resolved Sat 21 Nov: usual again');
  });

  it('keeps what was found out while its resources were known', async () => {
    const found = anomaly({ firstStamp: '2026-09-07', lastStamp: '2026-09-08' });
    const explanation = { ...(await explainAnomaly(context, found)), sentence: 'As it was told then.' };
    const id = await temp.store.$transaction((tx) => addAnomaly(tx, { ...found, explanation }));
    expect((await whyAnomaly(context, id))?.explanation).toEqual(explanation);
  });

  it('that there is not is no failure of the command', async () => {
    const { text, data } = await answerTo('why ANM-4711');
    expect(text).toContain('There is no anomaly ANM-4711.');
    expect(data).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

describe('of a scope', () => {
  it('explains its days against those before', async () => {
    const { text, data } = await answerTo('why model bert 2026-11-16..2026-11-19');
    expect(text).toMatch(/^bert: \+[\d,]+ % \(\+\$\d+ a day\) in 16–19 Nov\n/);
    expect(text).toContain('training-job/bert-retrain-7 in us-east-1');
    expect(data).toMatchObject({ scope: 'model:bert', before: { start: '2026-11-12', end: '2026-11-15' } });
  });

  it('takes whatever names it, and asks back what it does not know', async () => {
    expect((await answerTo('why bert/training last week')).data).toMatchObject({
      scope: 'model:bert/training',
    });
    expect((await answerTo('why team:search')).data).toMatchObject({ scope: 'team:search' });
    expect((await answerTo('why')).data).toMatchObject({ scope: 'org' });
    const plain = await answerTo('why did the bert model go up so much last week?');
    expect(plain.data).toMatchObject({
      scope: 'model:bert',
      during: { start: '2026-11-09', end: '2026-11-15' },
    });
    expect((await answerTo('why bret')).text).toContain('called bret. Did you mean this?');
  });

  it('has nothing to explain before a day is complete', async () => {
    await expect(answerTo('why model bert 2026-11-21')).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('the picture', () => {
  it('has the band, the days that stand out, and those still arriving', async () => {
    const judged = await judgedSeries(context, PATH, { days: 14, end: '2026-11-21' });
    expect(judged?.days).toHaveLength(14);
    expect(judged?.provisionalFrom).toBe('2026-11-20');
    expect(judged?.actual.at(-2)).toBe(1_000_000_000n);
    expect(judged?.upper.at(-2)).toBeNull();
    const at = (day: string) => judged?.days.indexOf(day) ?? -1;
    expect(judged?.actual[at('2026-11-13')]).toBe(100_000_000n);
    expect(judged?.anomalous[at(FIRST)]).toBe(true);
    expect(judged?.anomalous[at('2026-11-13')]).toBe(false);
    const upper = judged?.upper[at('2026-11-13')] ?? 0n;
    expect(upper > 100_000_000n && upper < 500_000_000n).toBe(true);
  });

  it('reaches higher where spend was planned', async () => {
    const before = await judgedSeries(context, PATH, { days: 7, end: '2026-11-19' });
    const plan = {
      scope: 'model:bert/training',
      amountMicros: 3_600_000_000n,
      currency: 'USD',
      reason: 'retrain',
    };
    const days = { start: FIRST, end: '2026-11-19', createdBy: 'test', createdAt: new Date(NOW) };
    await temp.store.$transaction((tx) => addPlan(tx, { ...plan, ...days }));
    const after = await judgedSeries(context, PATH, { days: 7, end: '2026-11-19' });
    const gain = Number((after?.upper.at(-1) ?? 0n) - (before?.upper.at(-1) ?? 0n)) / 1e6;
    expect(gain).toBeGreaterThan(800);
    expect(after?.planned).toEqual([{ label: 'retrain', from: FIRST, to: '2026-11-19' }]);
    expect(after?.anomalous.some(Boolean)).toBe(false);
  });

  it('of a place without any cost is none', async () => {
    expect(await judgedSeries(context, ['nobody'], { days: 7, end: '2026-11-19' })).toBeUndefined();
  });
});
