/** `detect --at`, `explain`, `backtest` and `forecast` on a database: one JSON document, words, and exit codes. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { eachDay } from '../../src/core/day.ts';
import { analyse } from '../../src/flows/analyse.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import { addFacts, contextOf } from '../temp-store.ts';
import { openFreshStore } from '../template-database.ts';
import { runCli } from './run-cli.ts';

const NOW = '2026-11-21T09:00:00Z';
const YAML = 'currency: USD\nteams: [{ name: search }]\nmodels: [{ name: bert, team: search }]\n';
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-analysis-'));
  writeFileSync(join(dir, 'pennywatch.yaml'), YAML);
  const store = await openFreshStore(join(dir, 'test.db'));
  const { settings } = loadConfig({ file: join(dir, 'pennywatch.yaml'), env: {} });
  const context = contextOf(store, { now: NOW, settings });
  await syncSettings(context);
  const cost = (day: string) => (day >= '2026-11-18' ? '900' : '100');
  await addFacts(
    context,
    eachDay('2026-09-01', '2026-11-19').map((day) => ({ day, cost: cost(day), tags: { model: 'bert' } })),
  );
  await analyse(context);
  await store.$disconnect();
});
afterAll(() => rmSync(dir, { recursive: true }));

function run(...args: string[]) {
  const common = ['--config', join(dir, 'pennywatch.yaml'), '--now', NOW];
  const db = args.includes('--db') ? [] : ['--db', `file:${join(dir, 'test.db')}`];
  return runCli([...args, ...common, ...db], { LOG_LEVEL: 'silent' });
}

describe('with figures', () => {
  it('detect --at finds what stood out that day, and nothing the day before', async () => {
    const found = await run('detect', '--at', '2026-11-19', '--json');
    expect(found.status).toBe(0);
    expect(found.json()).toMatchObject({
      at: '2026-11-19',
      anomalies: [{ scope: 'model:bert', severity: 'high', first: '2026-11-18' }],
    });
    expect((await run('detect', '--at', '2026-11-19')).stdout).toMatch(
      /^1 anomaly on Thu 19 Nov\n.*bert on Amazon SageMaker: \+\$1,600 since Wed 18 Nov\n$/,
    );
    expect((await run('detect', '--at', '2026-11-17', '--json')).json().anomalies).toEqual([]);
    const looser = await run(
      'detect',
      '--at',
      '2026-11-19',
      '--detector',
      'static',
      '--param',
      'times=20',
      '--json',
    );
    expect(looser.json().anomalies).toEqual([]);
  });

  it('explain tells an anomaly by its number, and a change by name', async () => {
    const anomaly = await run('explain', 'ANM-1', '--json');
    expect(anomaly.status).toBe(0);
    expect(anomaly.json()).toMatchObject({
      anomaly: {
        id: 1,
        state: 'open',
        first: '2026-11-18',
        excess: '1600',
        related: [{ excess: '1600' }, {}, {}, {}],
      },
    });
    expect(anomaly.stdout).not.toContain('Micros');
    expect((await run('explain', '1')).stdout).toContain('bert');
    expect(await run('explain', 'model', 'bert', '7d')).toMatchObject({ status: 0, stderr: '' });
    expect((await run('explain', 'ANM-99')).status).toBe(1);
  });

  it('backtest replays, alone and beside other rules', async () => {
    const plain = await run('backtest', '--days', '30', '--json');
    expect(plain.status).toBe(0);
    expect(plain.json()).toMatchObject({ days: 30 });
    const strict = await run('backtest', '--days', '30', '--min-impact', '5000', '--scope', 'model:bert');
    expect([strict.status, strict.stderr]).toEqual([0, '']);
    expect(strict.stdout).toContain('bert');
  });

  it('forecast takes a currency, and everything when nothing is named', async () => {
    const everything = await run('forecast', '--json');
    expect([everything.status, everything.json().scope]).toEqual([0, 'org']);
    // There is no rate.
    const euro = await run('forecast', 'model:bert', '--in', 'EUR', '--json');
    expect([euro.status, euro.json().currency]).toEqual([3, 'EUR']);
  });
});

describe('what cannot be', () => {
  it.each([
    [['detect', '--at', 'yesterday'], 2, '"yesterday" is no day.'],
    [['detect', '--at', '2026-11-19', '--param', 'times=2'], 2, 'Parameters of which detector?'],
    [['detect', '--at', '2026-11-19', '--detector', 'sesonal'], 2, 'sesonal'],
    [['backtest', '--scope', 'bert'], 2, '"bert" is not a scope.'],
    [['backtest', '--min-percent', 'lots'], 2, 'lots'],
    [['explain', 'model', 'nobody'], 1, 'nobody'],
    [['forecast', 'model:nobody'], 1, 'nobody'],
    [['forecast', 'model:bert', '--in', 'dollars'], 2, 'dollars'],
  ])('%j ends with %i', async (args, code, said) => {
    const { status, stdout, stderr } = await run(...args);
    expect(`${stdout}${stderr}`).toContain(said);
    expect(status).toBe(code);
    const json = await run(...args, '--json');
    expect(json.status).toBe(code);
    expect(json.json().error.message).toContain(said);
  });

  it.each([
    [['detect', '--at', '2026-11-19'], 0],
    [['backtest'], 1],
    [['forecast', 'org'], 3],
    [['explain', 'ANM-1'], 1],
  ])('%j on a database that is not there yet ends with %i, in words', async (args, code) => {
    const db = join(dir, `${args[0]}.db`);
    const { status, stdout, stderr } = await run(...args, '--db', `file:${db}`);
    expect(`${stdout}${stderr}`).not.toMatch(/\bat .*\.ts|undefined|NaN/);
    expect(status).toBe(code);
    expect(existsSync(db)).toBe(true);
  });

  it('mistakes of the configuration are told with line and path', async () => {
    const file = join(dir, 'bad.yaml');
    const bad = [
      'anomalies:',
      '  minimumImpact: lots',
      '  rules:',
      '    - scope: model:nope',
      'budgetAlerts:',
      '  thresholds: [0]',
      'slos:',
      '  - { name: a, scope: org, per: coins, target: "1" }',
      'budgets:',
      '  - { scope: org, amount: "5", period: fortnightly }',
    ];
    writeFileSync(file, bad.join('\n'));
    const { status, stderr, json } = await runCli(['forecast', '--config', file, '--json']);
    expect(status).toBe(2);
    expect(json().error.code).toBe('CONFIG');
    for (const place of [
      'bad.yaml:2  anomalies.minimumImpact',
      'bad.yaml:4  anomalies.rules[0].scope',
      'bad.yaml:6  budgetAlerts.thresholds',
      'bad.yaml:8  slos[0].per',
      'bad.yaml:10  budgets[0].period',
    ])
      expect(stderr).toContain(place);
  });
});
