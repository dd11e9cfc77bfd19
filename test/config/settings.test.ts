import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { folderWith, mistakesOf, settingsFrom } from './config-folder.ts';

describe('where the settings come from', () => {
  it('without a file the defaults hold', () => {
    const { settings, path } = loadConfig({ cwd: folderWith({}), env: {} });
    expect(path).toBeUndefined();
    expect(settings).toMatchObject({
      organisation: 'My organisation',
      timeZone: 'UTC',
      weekStart: 'monday',
      currency: 'USD',
      fx: [],
      teams: [],
      models: [],
      budgets: [],
      rules: [],
      storage: { resourceDays: 35 },
    });
    expect(settings.dimensions.map(({ dimension }) => dimension)).toEqual([
      'team',
      'model',
      'modelVersion',
      'stage',
      'environment',
      'feature',
      'costCenter',
      'experiment',
    ]);
    expect(settings.dimensions.every(({ tags }) => tags.length > 0)).toBe(true);
  });

  it('a named file must be there', () => {
    expect(mistakesOf(() => loadConfig({ file: 'conf/penny.yaml', cwd: folderWith({}), env: {} }))).toEqual([
      'conf/penny.yaml  found no such file, expected the configuration. Check --config, or leave it out to use ./pennywatch.yaml',
    ]);
  });

  it('a folder is not a file', () => {
    expect(mistakesOf(() => loadConfig({ file: '.', cwd: folderWith({}), env: {} }))).toEqual([
      '.  found a folder, expected a file',
    ]);
  });

  it('pennywatch.yml is not silently ignored', () => {
    expect(
      mistakesOf(() => loadConfig({ cwd: folderWith({ 'pennywatch.yml': 'currency: EUR' }), env: {} })),
    ).toEqual(['pennywatch.yml  found pennywatch.yml, expected the name pennywatch.yaml: rename the file']);
  });
});

describe('what is written is what is meant', () => {
  it('amounts, rates and dates are exact with and without quotes', () => {
    const settings = settingsFrom(`
fx:
  - { date: 2025-08-01, from: eur, to: USD, rate: 1.083200000000000001 }
  - { date: "2025-08-02", from: EUR, to: USD, rate: "1.10" }
budgets:
  - { scope: org, amount: 15000, period: yearly }
  - { scope: org, amount: 9007199254.740993, period: monthly }
`);
    expect(settings.fx).toEqual([
      { date: '2025-08-01', from: 'EUR', to: 'USD', rate: '1.083200000000000001' },
      { date: '2025-08-02', from: 'EUR', to: 'USD', rate: '1.10' },
    ]);
    expect(settings.budgets.map(({ amountMicros }) => amountMicros)).toEqual([
      15_000_000_000n,
      9_007_199_254_740_993n,
    ]);
  });

  it('numbers and words that YAML may take for something else stay text', () => {
    const settings = settingsFrom(
      'organisation: 0042\nteams: [{ name: on, costCenter: 1001 }]\nmodels: [{ name: 3.10, title: yes }]\n',
    );
    expect(settings.organisation).toBe('0042');
    expect(settings.teams[0]).toMatchObject({ name: 'on', costCenter: '1001' });
    expect(settings.models[0]).toMatchObject({ name: '3.10', title: 'yes' });
  });

  it('names are trimmed; emoji, right-to-left and very long ones are kept', () => {
    const long = 'x'.repeat(10_000);
    const settings = settingsFrom(
      `organisation: "  🚀 Lumen "\nteams: [{ name: "فريق البحث" }, { name: ${long} }]\nbudgets: [{ scope: "team:فريق البحث", amount: 1, period: daily }]\n`,
    );
    expect(settings.organisation).toBe('🚀 Lumen');
    expect(settings.teams.map(({ name }) => name)).toEqual(['فريق البحث', long]);
    expect(settings.budgets[0]?.scope).toEqual({ kind: 'team', name: 'فريق البحث' });
  });

  it('a budget without a currency is in the reporting currency', () => {
    const budgets =
      'budgets: [{ scope: org, amount: 1, period: daily }, { scope: org, amount: 1, period: weekly, currency: gbp }]';
    expect(settingsFrom(`currency: EUR\n${budgets}\n`).budgets.map(({ currency }) => currency)).toEqual([
      'EUR',
      'GBP',
    ]);
  });

  it('other spellings of teams and models become the name itself', () => {
    const settings = settingsFrom(`
teams: [{ name: search, members: [{ name: Mira, email: Mira@Lumen.example }], owner: mira@LUMEN.example }]
models: [{ name: bert, team: SEARCH, owner: MIRA@lumen.example, aliases: [bert-base, bert-base, BERT] }]
budgets: [{ scope: "model:Bert-Base/training", amount: 1, period: daily }]
allocation: { rules: [{ name: r, match: { tags.app: x }, set: { team: Search, model: BERT-BASE } }] }
`);
    expect(settings.models[0]).toEqual({
      name: 'bert',
      title: 'bert',
      team: 'search',
      owner: 'mira@lumen.example',
      aliases: ['bert-base'],
    });
    expect(settings.teams[0]).toMatchObject({
      title: 'search',
      owner: 'mira@lumen.example',
      members: [{ email: 'mira@lumen.example' }],
    });
    expect(settings.budgets[0]?.scope).toEqual({ kind: 'model', name: 'bert', stage: 'training' });
    expect(settings.rules[0]?.set).toEqual({ team: 'search', model: 'bert' });
  });

  it('rules keep their order and conditions', () => {
    const { rules } = settingsFrom(`
allocation:
  rules:
    - name: endpoints
      match: { ServiceName: Amazon SageMaker, ResourceId: "*endpoint/bert*", tags.kubernetes.io/app: [bert, bert-base] }
      set: { stage: inference }
    - { name: rest, match: { ChargeCategory: Tax }, set: { costCenter: 9 } }
`);
    expect(rules).toEqual([
      {
        name: 'endpoints',
        match: [
          { on: { column: 'ServiceName' }, patterns: ['Amazon SageMaker'] },
          { on: { column: 'ResourceId' }, patterns: ['*endpoint/bert*'] },
          { on: { tag: 'kubernetes.io/app' }, patterns: ['bert', 'bert-base'] },
        ],
        set: { stage: 'inference' },
      },
      {
        name: 'rest',
        match: [{ on: { column: 'ChargeCategory' }, patterns: ['Tax'] }],
        set: { costCenter: '9' },
      },
    ]);
  });

  it('a named dimension replaces its default and leaves the others', () => {
    const plain = settingsFrom('');
    const named = settingsFrom('dimensions: { stage: { tags: [workload], values: { training: [fit] } } }\n');
    expect(named.dimensions.find(({ dimension }) => dimension === 'stage')).toEqual({
      dimension: 'stage',
      tags: ['workload'],
      values: { training: ['fit'] },
    });
    const others = (settings: typeof plain) =>
      settings.dimensions.filter(({ dimension }) => dimension !== 'stage');
    expect(others(named)).toEqual(others(plain));
  });

  it('nobody can change them afterwards', () => {
    const { teams } = settingsFrom('teams: [{ name: a, members: [{ name: M, email: m@x.example }] }]\n');
    expect(() => Object.assign(teams[0]?.members ?? [], { 0: 'somebody else' })).toThrow(TypeError);
  });
});
