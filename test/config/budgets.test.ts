import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { AppError } from '../../src/core/errors.ts';
import { folderWith } from './config-folder.ts';

const HEAD = `
teams: [{ name: growth }]
models: [{ name: bert, team: growth, aliases: [bert-base] }]
budgets:
`;

function budgets(text: string) {
  const cwd = folderWith({ 'pennywatch.yaml': `${HEAD}${text}` });
  return loadConfig({ cwd, env: {} }).settings.budgets;
}

function mistakes(text: string): string {
  try {
    budgets(text);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  throw new Error('there is no mistake');
}

describe('budgets of the file', () => {
  it('are of money, of usage, for a calendar period or capped', () => {
    expect(
      budgets(`
  - { scope: "model:BERT-base", amount: "10.50", period: weekly, currency: eur }
  - { scope: "experiment:ablation-7", amount: "5000", period: fixed, from: 2026-11-20, until: 2026-12-10, thresholds: [100, 75, 75] }
  - { scope: "team:growth", amount: "500000000", metric: tokens, period: monthly, thresholds: [] }
  - { scope: "team:growth", amount: "9", period: monthly }
  - { scope: "key:ci-bot", amount: "1000", metric: requests, period: daily }`),
    ).toEqual([
      {
        scope: { kind: 'model', name: 'bert' },
        amountMicros: 10_500_000n,
        currency: 'EUR',
        period: 'weekly',
      },
      {
        scope: { kind: 'experiment', name: 'ablation-7' },
        amountMicros: 5_000_000_000n,
        currency: 'USD',
        period: 'fixed',
        startDay: '2026-11-20',
        endDay: '2026-12-10',
        thresholds: [75, 100],
      },
      {
        scope: { kind: 'team', name: 'growth' },
        metric: 'tokens',
        amountMicros: 500_000_000_000_000n,
        currency: '',
        period: 'monthly',
        thresholds: [],
      },
      {
        scope: { kind: 'team', name: 'growth' },
        amountMicros: 9_000_000n,
        currency: 'USD',
        period: 'monthly',
      },
      {
        scope: { kind: 'key', name: 'ci-bot' },
        metric: 'requests',
        amountMicros: 1_000_000_000n,
        currency: '',
        period: 'daily',
      },
    ]);
  });

  it.each([
    ['{ scope: org, amount: "5", period: fixed }', 'found no `from`'],
    ['{ scope: org, amount: "5", period: monthly, from: 2026-11-20 }', 'expected period: fixed'],
    [
      '{ scope: org, amount: "5", period: fixed, from: 2026-11-20, until: 2026-11-19 }',
      'a day from 2026-11-20 on',
    ],
    ['{ scope: org, amount: "5", period: monthly, metric: tokens, currency: USD }', 'expected none'],
    ['{ scope: "key:x", amount: "5", period: monthly }', 'only usage is known'],
    ['{ scope: "key:x", amount: "5", period: monthly, metric: gpu_hours }', 'expected tokens or requests'],
    ['{ scope: org, amount: "5", period: monthly, thresholds: [0] }', 'whole number of percent'],
    ['{ scope: org, amount: "5", period: monthly, metric: words }', 'one of tokens'],
  ])('%s is a mistake', (budget, words) => {
    expect(mistakes(`  - ${budget}`)).toContain(words);
  });

  it('are one per scope, period and metric', () => {
    const twice = '  - { scope: org, amount: "5", period: monthly, metric: tokens }\n';
    expect(mistakes(`${twice}${twice}`)).toContain('found a second monthly budget of tokens');
  });
});
