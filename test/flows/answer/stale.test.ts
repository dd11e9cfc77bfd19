import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerJson } from '../../../src/commands/answer-json.ts';
import { eachDay } from '../../../src/core/day.ts';
import type { PeriodWord } from '../../../src/core/period.ts';
import type { Subject } from '../../../src/core/question.ts';
import type { SourceSettings } from '../../../src/core/settings.ts';
import { answerCost } from '../../../src/flows/answer-cost.ts';
import { budgetWarnings, readBudgets } from '../../../src/flows/budget-report.ts';
import { compareCosts } from '../../../src/flows/compare-costs.ts';
import type { Context } from '../../../src/flows/context.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { composeCostAnswer } from '../../../src/view/messages/cost-answer.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../../temp-store.ts';

const aws: SourceSettings = {
  name: 'aws',
  kind: 'aws-cost-explorer',
  schedule: '0 6 * * *',
  historyMonths: 13,
  trailingDays: 5,
  lagDays: 2,
  options: {},
};
const WEEK: PeriodWord = { kind: 'days', count: 7 };
let temp: TempStore;
let context: Context;

beforeEach(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z', settings: { sources: [aws] } });
});
afterEach(() => temp.close());

/** A dollar a day of bert from the source, complete up to its watermark. */
async function deliver(
  source: string,
  watermark: string,
  model = 'bert',
  start = '2026-10-20',
): Promise<void> {
  const facts = eachDay(start, watermark).map((day) => ({ day, cost: '1', source, tags: { model } }));
  await addFacts(context, facts);
}

async function fails(times: number, name = 'aws'): Promise<void> {
  await temp.store.sourceState.create({
    data: {
      name,
      lastStartedAt: new Date('2026-11-21T08:00:00Z'),
      failures: times,
      failingSince: new Date('2026-11-19T06:00:00Z'),
      error: 'AWS refused the request: AccessDenied.',
    },
  });
}

function ask(period: PeriodWord = WEEK, subject: Subject = { kind: 'model', name: 'bert' }) {
  return answerCost(context, { subject, basis: 'effective', period });
}

const SAID =
  'aws complete until 18 Nov; since then unknown (failing since 19 Nov: AWS refused the request: AccessDenied). What is missing is not zero.';

describe('a source that failed three times', () => {
  it('is stale in the answer: its days after the watermark are unknown, never zero', async () => {
    await deliver('aws', '2026-11-18');
    await fails(3);
    const answer = await ask();
    expect(answer.warnings).toEqual([SAID]);
    expect(answer.sources).toMatchObject([{ name: 'aws', stale: true, lacking: false }]);
    expect(answer.period).toEqual({ start: '2026-11-14', end: '2026-11-20' });
    const json = answerJson('model bert 7d', answer) as {
      daily: { day: string; complete: boolean; cost: string | null }[];
    };
    expect(
      json.daily.map(({ complete, cost }) => (complete ? cost : cost === null ? 'unknown' : 'partly')),
    ).toEqual(['1', '1', '1', '1', '1', 'unknown', 'unknown']);
    // Five complete days beside the five before them: no drop where there is only nothing known.
    expect([answer.compared?.period.end, answer.change]).toEqual(['2026-11-18', 0n]);
    const text = renderText(composeCostAnswer(answer, undefined));
    expect(text.split('\n')[0]).toBe('bert: $5.00 in the last 7 days so far');
    expect(text).toContain(`⚠ ${SAID}`);
  });

  it('says nothing while its complete days cover the period', async () => {
    await deliver('aws', '2026-11-18');
    await fails(3);
    const answer = await ask({ kind: 'range', start: '2026-11-05', end: '2026-11-18' });
    expect(answer.warnings).toEqual([]);
    expect(renderText(composeCostAnswer(answer, undefined))).toContain('aws complete until Wed 18 Nov');
  });

  it('two failures change nothing', async () => {
    await deliver('aws', '2026-11-19');
    await fails(2);
    const answer = await ask();
    expect(answer.warnings).toEqual([]);
    expect(answer.period.end).toBe('2026-11-19');
  });

  it('does not hold back what it has nothing to do with', async () => {
    await deliver('gcp', '2026-11-19', 'churn');
    await deliver('aws', '2026-11-18');
    await fails(3);
    const answer = await ask(WEEK, { kind: 'model', name: 'churn' });
    expect([answer.warnings, answer.period.end, answer.change]).toEqual([[], '2026-11-19', 0n]);
  });

  it('is told in a comparison too', async () => {
    await deliver('gcp', '2026-11-19', 'churn');
    await deliver('aws', '2026-11-18');
    await fails(3);
    const { answers } = await compareCosts(
      context,
      [
        { kind: 'model', name: 'bert' },
        { kind: 'model', name: 'churn' },
      ],
      { period: WEEK, basis: 'effective' },
    );
    expect(answers.map(({ warnings }) => warnings)).toEqual([[SAID], []]);
  });
});

describe('a polled source that fell silent before the period', () => {
  it('leaves every day of it incomplete, and the figure says what it lacks', async () => {
    await deliver('gcp', '2026-11-19');
    await deliver('aws', '2026-11-08');
    await fails(9);
    const answer = await ask();
    expect(answer.period).toEqual({ start: '2026-11-13', end: '2026-11-19' });
    expect([answer.total, answer.change, answer.changeRatio]).toEqual([7_000_000n, null, null]);
    expect(answer.series.provisionalFrom).toBe('2026-11-13');
    expect(answer.sources).toMatchObject([
      { name: 'aws', lacking: true },
      { name: 'gcp', lacking: false },
    ]);
    const text = renderText(composeCostAnswer(answer, undefined));
    expect(text.split('\n')[0]).toBe('bert: $7.00 in the last 7 days without aws');
    expect(text).toContain('Not all of it is known, so it is not compared');
  });

  it('a part that only it delivered is unknown, not zero', async () => {
    await deliver('gcp', '2026-11-19');
    await deliver('aws', '2026-11-12', 'gpt');
    await fails(9);
    const answer = await ask(WEEK, { kind: 'all', of: 'model' });
    expect(answer.rows.map(({ label, cost }) => [label, cost])).toEqual(
      expect.arrayContaining([
        ['bert', 7_000_000n],
        ['gpt', null],
      ]),
    );
  });

  it('files that ended long before are no reason to doubt', async () => {
    await deliver('gcp', '2026-11-19');
    await deliver('old-bill', '2026-10-31');
    const answer = await ask();
    expect([answer.change, answer.series.provisionalFrom]).toEqual([0n, undefined]);
    expect(answer.warnings).toEqual([
      'old-bill complete until 31 Oct; since then unknown. What is missing is not zero.',
    ]);
  });

  it('files that ended within the days before leave nothing to compare', async () => {
    await deliver('gcp', '2026-11-19');
    await deliver('old-bill', '2026-11-10');
    const answer = await ask();
    expect([answer.total, answer.change]).toEqual([7_000_000n, null]);
  });
});

it('a source that has never delivered is missing from everything, and only there', async () => {
  await deliver('gcp', '2026-11-19');
  expect((await ask(WEEK, { kind: 'all', of: 'team' })).warnings).toEqual([
    'aws has delivered nothing yet: its cost is unknown and in no figure.',
  ]);
  expect((await ask()).warnings).toEqual([]);
});

it('history that is still loading is not taken for no cost', async () => {
  await deliver('gcp', '2026-11-19');
  await deliver('aws', '2026-11-19', 'bert', '2026-11-10');
  const covered = { coveredFrom: '2026-11-10', backfillTo: '2025-10-01' };
  await temp.store.sourceState.create({ data: { name: 'aws', ...covered } });
  const answer = await ask();
  expect([answer.total, answer.previousTotal, answer.change]).toEqual([14_000_000n, null, null]);
  expect(answer.warnings).toEqual([
    'aws is loaded back to 10 Nov (3 % of its history): nothing whole to compare with yet.',
  ]);
  const month = await ask({ kind: 'range', start: '2026-11-01', end: '2026-11-19' });
  expect(month.warnings[0]).toContain('what it cost before is not in the figure yet');
});

it('a daily budget is not held against a part of a day', async () => {
  await deliver('gcp', '2026-11-19');
  await deliver('aws', '2026-11-08');
  await fails(9);
  await temp.store.budget.create({
    data: {
      scope: 'model:bert',
      period: 'daily',
      amountMicros: 5_000_000n,
      currency: 'USD',
      managedBy: 'file',
      updatedAt: new Date('2026-11-01T00:00:00Z'),
    },
  });
  expect((await ask()).budget).toMatchObject({ spent: null, usedRatio: null });
});

describe('budgets whose cost a failing source brings', () => {
  it.each([
    ['model:bert', [SAID]],
    ['model:ranker', []],
  ])('%s', async (scope, warnings) => {
    await deliver('aws', '2026-11-18');
    await deliver('gcp', '2026-11-20', 'ranker');
    await fails(3);
    await temp.store.budget.create({
      data: {
        scope,
        period: 'monthly',
        amountMicros: 5_000_000n,
        currency: 'USD',
        managedBy: 'chat',
        updatedAt: new Date(0),
      },
    });
    const { budgets } = await readBudgets(context);
    expect(await budgetWarnings(context, budgets)).toEqual(warnings);
  });
});
