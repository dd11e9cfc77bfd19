import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CostAnswer } from '../../../src/core/answer.ts';
import type { CostQuestion, Subject } from '../../../src/core/question.ts';
import type { SplitSettings } from '../../../src/core/settings.ts';
import { answerCost } from '../../../src/flows/answer-cost.ts';
import type { Context } from '../../../src/flows/context.ts';
import { readCoverage } from '../../../src/flows/coverage.ts';
import { checkSplits } from '../../../src/flows/doctor/check-splits.ts';
import type { View } from '../../../src/view/elements.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { composeCostAnswer } from '../../../src/view/messages/cost-answer.ts';
import { composeCoverage } from '../../../src/view/messages/coverage.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../../temp-store.ts';

const SPLITS: readonly SplitSettings[] = [
  {
    name: 'shared platform',
    from: { team: 'platform', stage: 'other' },
    among: { dimension: 'team', names: ['search', 'growth'] },
    by: { kind: 'direct-cost' },
  },
  {
    name: 'embeddings',
    from: { feature: 'embeddings' },
    among: { dimension: 'model', names: [] },
    by: { kind: 'evenly' },
  },
];
const november = { kind: 'range', start: '2026-11-10', end: '2026-11-12' } as const;
let temp: TempStore;
let context: Context;

beforeEach(async () => {
  temp = await openTempStore();
  const dimensions = contextOf(temp.store, { now: '2026-11-21T09:00:00Z' }).settings.dimensions;
  context = contextOf(temp.store, {
    now: '2026-11-21T09:00:00Z',
    settings: {
      splits: SPLITS,
      fx: [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.50' }],
      dimensions: [...dimensions, { dimension: 'feature', tags: ['feature'], values: {} }],
    },
  });
  await addFacts(context, [
    { day: '2026-11-10', cost: '4300', tags: { team: 'platform', stage: 'other' }, resource: 'cluster' },
    { day: '2026-11-10', cost: '300', tags: { team: 'platform', stage: 'data' }, resource: 'lake' },
    { day: '2026-11-11', cost: '1000', tags: { team: 'platform', stage: 'other' }, resource: 'cluster' },
    { day: '2026-11-11', cost: '80', currency: 'EUR', tags: { team: 'platform', stage: 'other' } },
    { day: '2026-11-11', cost: '20', currency: 'EUR', tags: { team: 'growth' } },
    { day: '2026-11-10', cost: '3000', tags: { team: 'search', model: 'bert' }, resource: 'gpu' },
    { day: '2026-11-10', cost: '1000', tags: { team: 'growth', model: 'churn' } },
    { day: '2026-11-10', cost: '600', tags: { team: 'search', model: 'embed', feature: 'embeddings' } },
  ]);
});
afterEach(() => temp.close());

function ask(subject: Subject, more: Partial<CostQuestion> = {}): Promise<CostAnswer> {
  return answerCost(context, { subject, basis: 'effective', period: november, ...more });
}

const shown = (view: View) => renderText(view).replace(/\s+/g, ' ');
const team = (name: string) => ({ kind: 'team', name }) as const;

describe('direct and shared', () => {
  it('make up the cost of a team, per split and in its currency', async () => {
    const answer = await ask(team('search'));
    // 3,600 of 4,600 direct is its weight; embeddings went to bert and churn alike.
    const platform = (4_300_000_000n * 3_600n) / 4_600n;
    expect(answer.shared?.bySplit.map(({ name }) => name)).toEqual(['shared platform', 'embeddings']);
    expect(answer.shared?.bySplit[0]?.cost).toBe(platform);
    expect(answer.shared?.bySplit[1]?.cost).toBe(300_000_000n);
    expect(answer.shared?.direct).toBe(3_000_000_000n);
    expect((answer.shared?.direct ?? 0n) + (answer.shared?.shared ?? 0n)).toBe(answer.total);
    expect(shown(composeCostAnswer(answer, undefined))).toContain(
      '$6,665 = $3,000 direct + $3,665 shared (shared platform $3,365, embeddings $300).',
    );
    const growth = await ask(team('growth'));
    expect(growth.shared?.bySplit[0]?.cost).toBe(4_300_000_000n - platform + 120_000_000n);
  });

  it('say what a pool gave away', async () => {
    const answer = await ask(team('platform'));
    expect([answer.total, answer.shared?.direct, answer.shared?.shared]).toEqual([
      1_300_000_000n,
      5_720_000_000n,
      -4_420_000_000n,
    ]);
    expect(shown(composeCostAnswer(answer, undefined))).toContain(
      '$1,300 = $5,720 direct − $4,420 shared out (shared platform).',
    );
    const pool = await ask({ kind: 'model', name: 'embed' });
    expect(pool.shared).toBeUndefined();
    expect(pool.total).toBe(0n);
  });

  it('belong to a model only when models share; a model without is not mentioned', async () => {
    const bert = await ask({ kind: 'model', name: 'bert' });
    expect(bert.shared).toEqual({
      direct: 3_000_000_000n,
      shared: 300_000_000n,
      bySplit: [{ name: 'embeddings', cost: 300_000_000n }],
    });
    expect((await ask({ kind: 'all', of: 'team' })).shared).toBeUndefined();
    expect((await ask({ kind: 'service', name: 'Amazon SageMaker' })).shared).toBeUndefined();
  });

  it('stay apart by resource, and the small print says so', async () => {
    const answer = await ask({ kind: 'model', name: 'bert' }, { by: 'resource' });
    expect(answer.total).toBe(3_000_000_000n);
    const text = shown(composeCostAnswer(answer, undefined));
    expect(text).toContain(
      'Single resources are shown as billed, before cost is shared. With it, it is $3,300 = $3,000 direct + $300 shared (embeddings).',
    );
  });
});

describe('what could not be shared', () => {
  const LEFT =
    'Not shared by "shared platform": $1,000 of 1 day (11 Nov), because no such team has direct cost in that currency then. It stays where the rules put it.';

  it('is told by coverage', async () => {
    const coverage = await readCoverage(context, { period: november });
    expect(shown(composeCoverage(coverage, november))).toContain(LEFT);
    const before = { kind: 'range', start: '2026-11-10', end: '2026-11-10' } as const;
    expect((await readCoverage(context, { period: before })).unshared).toEqual([]);
  });

  it('is told by doctor', async () => {
    const now = context.now();
    expect(await checkSplits(temp.store, context.settings, now)).toMatchObject([
      { status: 'warn', detail: LEFT },
    ]);
    expect(await checkSplits(temp.store, { ...context.settings, splits: [] }, now)).toEqual([]);
    const other = { ...context.settings, splits: SPLITS.slice(1) };
    expect(await checkSplits(temp.store, other, now)).toMatchObject([
      { status: 'warn', mend: 'Run pennywatch allocate.' },
    ]);
  });
});
