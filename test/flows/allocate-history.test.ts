import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderExplained } from '../../src/cli/allocate-text.ts';
import type { Settings } from '../../src/core/settings.ts';
import { rulesChanged } from '../../src/flows/allocate.ts';
import { allocateHistory } from '../../src/flows/allocate-history.ts';
import type { Context } from '../../src/flows/context.ts';
import { explainResource } from '../../src/flows/explain-allocation.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const RULE: Settings['rules'] = [
  {
    name: 'endpoints',
    match: [{ on: { column: 'ResourceId' }, patterns: ['*endpoint/bert*'] }],
    set: { model: 'bert', stage: 'inference' },
  },
];
let temp: TempStore;
let context: Context;
const actor = { kind: 'console', user: 'test' } as const;

beforeEach(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z' });
  await addFacts(context, [
    { day: '2026-11-09', cost: '7', tags: { model: 'ranker' } },
    { day: '2026-11-10', cost: '4', resource: 'arn:aws:sagemaker:us-east-1:1:endpoint/bert-1' },
    { day: '2026-11-10', cost: '-1', category: 'Credit' },
  ]);
});
afterEach(() => temp.close());

async function models(): Promise<[string | null, bigint | null][]> {
  const rows = await temp.store.dailyCost.groupBy({
    by: ['model'],
    _sum: { effectiveMicros: true },
    orderBy: { model: 'asc' },
  });
  return rows.map((row) => [row.model, row._sum.effectiveMicros]);
}

describe('allocating history again', () => {
  it('applies new rules to old days without a new import, and keeps every micro', async () => {
    expect(await models()).toEqual([
      [null, 3_000_000n],
      ['ranker', 7_000_000n],
    ]);
    const changed = { ...context, actor, settings: { ...context.settings, rules: RULE } };
    expect(await rulesChanged(temp.store, changed.settings)).toBe(true);
    const result = await allocateHistory(changed);
    expect(await models()).toEqual([
      [null, -1_000_000n],
      ['bert', 4_000_000n],
      ['ranker', 7_000_000n],
    ]);
    expect(await rulesChanged(temp.store, changed.settings)).toBe(false);
    const model = result.coverage.find(({ dimension }) => dimension === 'model');
    expect([model?.before, model?.after]).toEqual([7 / 11, 1]);
    expect(result.warnings.join()).toContain('1 older days up to 2026-11-09 were imported without resources');
    expect(await temp.store.auditEntry.findMany()).toMatchObject([
      { actor: 'console:test', action: 'allocation.rewritten' },
    ]);
  });

  it('is the same when nothing changed', async () => {
    const before = await temp.store.dailyCost.findMany({
      omit: { id: true },
      orderBy: { effectiveMicros: 'asc' },
    });
    await allocateHistory({ ...context, actor });
    expect(
      await temp.store.dailyCost.findMany({ omit: { id: true }, orderBy: { effectiveMicros: 'asc' } }),
    ).toEqual(before);
  });

  it('explains a resource, and offers similar ones', async () => {
    const changed = { ...context, settings: { ...context.settings, rules: RULE } };
    const { decisions } = await explainResource(changed, 'arn:aws:sagemaker:us-east-1:1:endpoint/bert-1');
    expect(decisions).toMatchObject([{ allocation: { model: 'bert', stage: 'inference' } }]);
    expect(decisions[0]?.reasons[0]).toEqual({
      dimension: 'model',
      value: 'bert',
      by: { kind: 'rule', rule: 'endpoints' },
    });
    expect(await explainResource(changed, 'bert')).toMatchObject({
      decisions: [],
      similar: ['arn:aws:sagemaker:us-east-1:1:endpoint/bert-1'],
    });
  });

  it('explains which split shares it on', async () => {
    const split: Settings['splits'][number] = {
      name: 'endpoints',
      from: { service: 'Amazon SageMaker', model: 'bert' },
      among: { dimension: 'team', names: [] },
      by: { kind: 'direct-cost' },
    };
    const resource = 'arn:aws:sagemaker:us-east-1:1:endpoint/bert-1';
    const settings = {
      ...context.settings,
      rules: RULE,
      splits: [{ ...split, name: 'no', from: { model: 'x' } }, split],
    };
    const explained = await explainResource({ ...context, settings }, resource);
    expect(explained.decisions[0]?.split).toMatchObject({ name: 'endpoints' });
    expect(renderExplained(explained)).toContain('by split "endpoints" among all teams, by direct cost');
  });
});
