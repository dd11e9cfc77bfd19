import { describe, expect, it } from 'vitest';
import { createAllocate } from '../../../src/analysis/allocate/allocate.ts';
import type { ChargeShape } from '../../../src/analysis/allocate/types.ts';
import type { AllocationRule, Settings } from '../../../src/core/settings.ts';
import { settingsOf } from '../../settings.ts';

const base: Partial<Settings> = {
  dimensions: [
    { dimension: 'team', tags: ['team', 'owner-team'], values: {} },
    { dimension: 'model', tags: ['model', 'ml-model'], values: {} },
    { dimension: 'stage', tags: ['stage'], values: { training: ['train'], inference: ['serving'] } },
    { dimension: 'environment', tags: ['environment', 'env'], values: { prod: ['production'] } },
  ],
  teams: [{ name: 'search', title: 'Search', members: [], channel: {}, costCenter: 'CC-1' }],
  models: [{ name: 'bert', title: 'BERT', team: 'search', aliases: ['bert-base'] }],
};

function allocation(charge: Partial<ChargeShape>, rules: readonly AllocationRule[] = []) {
  return createAllocate(settingsOf({ ...base, rules }))({ columns: {}, tags: {}, ...charge });
}

describe('allocation', () => {
  it('folds tag keys and canonicalises values', () => {
    const { allocation: found } = allocation({
      tags: { ML_Model: 'BERT-Base', Stage: 'TRAIN', ENV: 'Production' },
    });
    expect(found).toEqual({
      team: 'search',
      model: 'bert',
      stage: 'training',
      environment: 'prod',
      costCenter: 'CC-1',
    });
  });

  it('prefers the first tag key of a dimension, and skips empty values', () => {
    expect(allocation({ tags: { 'owner-team': 'growth', team: 'ads' } }).allocation.team).toBe('ads');
    expect(allocation({ tags: { 'owner-team': 'growth', team: ' ' } }).allocation.team).toBe('growth');
  });

  it('lets the first matching rule decide a dimension, over later rules and tags', () => {
    const rules: AllocationRule[] = [
      {
        name: 'first',
        match: [{ on: { column: 'ServiceName' }, patterns: ['Amazon *'] }],
        set: { team: 'platform' },
      },
      {
        name: 'second',
        match: [{ on: { column: 'ServiceName' }, patterns: ['*sagemaker'] }],
        set: { team: 'ads', stage: 'training' },
      },
    ];
    const decided = allocation(
      { columns: { ServiceName: 'Amazon SageMaker' }, tags: { team: 'growth' } },
      rules,
    );
    expect(decided.allocation).toEqual({ team: 'platform', stage: 'training' });
    expect(
      decided.reasons.map(({ dimension, by }) => [dimension, by.kind === 'rule' ? by.rule : by.kind]),
    ).toEqual([
      ['team', 'first'],
      ['stage', 'second'],
    ]);
  });

  it('needs every condition and any pattern', () => {
    const rule: AllocationRule = {
      name: 'r',
      match: [
        { on: { column: 'ProviderName' }, patterns: ['OpenAI', 'Anthropic'] },
        { on: { tag: 'App Name' }, patterns: ['bot-?'] },
      ],
      set: { team: 'assistant' },
    };
    expect(
      allocation({ columns: { ProviderName: 'anthropic' }, tags: { app_name: 'bot-7' } }, [rule]).allocation
        .team,
    ).toBe('assistant');
    expect(
      allocation({ columns: { ProviderName: 'Anthropic' }, tags: {} }, [rule]).allocation.team,
    ).toBeUndefined();
    expect(
      allocation({ columns: { ProviderName: 'AWS' }, tags: { app_name: 'bot-7' } }, [rule]).allocation.team,
    ).toBeUndefined();
    expect(
      allocation({ columns: { ProviderName: null }, tags: { app_name: 'bot-7' } }, [rule]).allocation.team,
    ).toBeUndefined();
  });

  it('leaves what nobody claims unset, and an unknown stage is "other"', () => {
    expect(allocation({ columns: { ServiceName: 'X' } })).toEqual({ allocation: {}, reasons: [] });
    expect(allocation({ tags: { stage: 'banana' } }).allocation.stage).toBe('other');
  });

  it('keeps hostile values as they are', () => {
    expect(allocation({ tags: { team: '<!channel>' } }).allocation.team).toBe('<!channel>');
    expect(allocation({ tags: { model: '"); DROP TABLE' } }).allocation.model).toBe('"); drop table');
  });
});
