import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { folderWith } from './config-folder.ts';

const load = (yaml: string) => loadConfig({ cwd: folderWith({ 'pennywatch.yaml': yaml }), env: {} }).settings;
const refused = (yaml: string): string => {
  try {
    load(yaml);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('It was not refused.');
};

describe('anomalies', () => {
  it('have defaults that need nothing written', () => {
    expect(load('organisation: Acme').anomalies).toEqual({
      enabled: true,
      detector: 'seasonal',
      params: {},
      direction: 'up',
      minimumImpactMicros: 25_000_000n,
      minimumShare: 0.2,
      minimumDays: 1,
      severity: { medium: 100_000_000n, high: 500_000_000n, critical: 2_000_000_000n },
      notify: 'medium',
      renotifyHours: 48,
      escalateHours: 12,
      rules: [],
    });
  });

  it('take limits, another detector and silence per scope', () => {
    const { rules, severity, minimumShare } = load(`
models: [{ name: bert, aliases: [bert-base] }]
anomalies:
  minimumPercent: 12.5
  severity: { high: 750 }
  rules:
    - scope: model:bert-base/training
      direction: both
      minimumImpact: "200.50"
    - scope: environment:dev
      detector: static
      params: { limit: 400 }
    - scope: feature:x
      mute: yes
`).anomalies;
    expect(minimumShare).toBe(0.125);
    expect(severity).toEqual({ medium: 100_000_000n, high: 750_000_000n, critical: 2_000_000_000n });
    expect(rules).toEqual([
      {
        scope: { kind: 'model', name: 'bert', stage: 'training' },
        mute: false,
        direction: 'both',
        minimumImpactMicros: 200_500_000n,
      },
      {
        scope: { kind: 'environment', name: 'dev' },
        mute: false,
        detector: 'static',
        params: { limit: '400' },
      },
      { scope: { kind: 'feature', name: 'x' }, mute: true },
    ]);
  });

  it.each([
    ['anomalies: { detector: seasnal }', 'anomalies.detector', 'seasonal'],
    ['anomalies: { detector: static, params: { limt: 5 } }', 'anomalies.params', 'limt'],
    ['anomalies: { params: { limit: 5 } }', 'anomalies.params', 'no parameter "limit"'],
    ['anomalies: { minimumImpact: -5 }', 'anomalies.minimumImpact', 'an amount'],
    ['anomalies: { rules: [{ scope: "model:nope", mute: yes }] }', 'rules[0].scope', 'a model in models'],
    [
      'anomalies: { rules: [{ scope: org, detector: rate, params: { limit: 5 } }] }',
      'rules[0].detector',
      'per: requests',
    ],
    ['anomalies: { notify: loud }', 'anomalies.notify', 'one of low, medium, high, critical'],
  ])('%s is refused where it is written', (yaml, path, words) => {
    const message = refused(yaml);
    expect(message).toContain(path);
    expect(message).toContain(words);
  });
});

describe('cost SLOs', () => {
  it('are read with their defaults', () => {
    const { slos } = load(`
currency: EUR
slos: [{ name: a, scope: org, per: tokens, target: "2.5" }]
`);
    expect(slos).toEqual([
      {
        name: 'a',
        scope: { kind: 'org' },
        per: 'tokens',
        targetMicros: 2_500_000n,
        currency: 'EUR',
        windowDays: 28,
        objective: 0.95,
      },
    ]);
  });

  it.each([
    ['{ name: a, scope: org, per: tokens, target: 0 }', 'slos[0].target'],
    ['{ name: a, scope: org, per: coins, target: 1 }', 'slos[0].per'],
    ['{ name: a, scope: org, per: tokens, target: 1, objective: 100 }', 'slos[0].objective'],
    ['{ name: a, scope: team:nope, per: tokens, target: 1 }', 'slos[0].scope'],
  ])('%s is refused', (slo, path) => {
    expect(refused(`slos: [${slo}]`)).toContain(path);
  });

  it('have a name each', () => {
    const one = '{ name: a, scope: org, per: tokens, target: 1 }';
    expect(refused(`slos: [${one}, ${one}]`)).toContain('a second SLO');
  });
});

it('budget alerts take percentages and approvers', () => {
  const { budgetAlerts } = load(
    `budgetAlerts: { thresholds: [80, 100], forecast: no, approvers: [JON@x.example] }`,
  );
  expect(budgetAlerts).toEqual({ thresholds: [80, 100], forecast: false, approvers: ['jon@x.example'] });
  expect(refused('budgetAlerts: { thresholds: [0] }')).toContain('budgetAlerts.thresholds');
});
