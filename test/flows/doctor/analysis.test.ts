/** Doctor looks at whether costs are judged, and whether budgets and SLOs are about something that costs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { analyse } from '../../../src/flows/analyse.ts';
import { type DoctorCheck, doctor } from '../../../src/flows/doctor.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import type { Store } from '../../../src/store/open.ts';
import { settingsOf } from '../../settings.ts';
import { addFacts, contextOf } from '../../temp-store.ts';
import { openFreshStore } from '../../template-database.ts';

const NOW = '2026-11-21T09:00:00Z';
const money = (scope: Settings['budgets'][number]['scope']) =>
  ({ scope, amountMicros: 1_000_000n, currency: 'USD', period: 'monthly' }) as const;
const SETTINGS: Partial<Settings> = {
  dimensions: [
    { dimension: 'model', tags: ['model'], values: {} },
    { dimension: 'stage', tags: ['stage'], values: {} },
  ],
  budgets: [money({ kind: 'model', name: 'bert' }), money({ kind: 'model', name: 'old' })],
  slos: [
    {
      name: 'cheap answers',
      scope: { kind: 'model', name: 'bert', stage: 'inference' },
      per: 'requests',
      targetMicros: 400_000n,
      currency: 'USD',
      windowDays: 28,
      objective: 0.95,
    },
  ],
};
let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pennywatch-doctor-'));
  store = await openFreshStore(join(folder, 'penny.db'));
});
afterEach(async () => {
  await store.$disconnect();
  rmSync(folder, { recursive: true });
});

const context = (settings: Partial<Settings> = SETTINGS, now = NOW) => contextOf(store, { now, settings });

async function bills(model: string, start: string, end: string): Promise<void> {
  await addFacts(
    context(),
    eachDay(start, end).map((day) => ({ day, cost: '10', tags: { model } })),
    '2026-11-19',
  );
}

async function check(
  id: string,
  settings: Partial<Settings> = SETTINGS,
  now = NOW,
): Promise<DoctorCheck | undefined> {
  const { checks } = await doctor({
    now: () => Date.parse(now),
    config: { path: 'pennywatch.yaml', settings: settingsOf(settings) },
    databaseUrl: `file:${join(folder, 'penny.db')}`,
    platforms: [],
  });
  return checks.find((one) => one.id === id);
}

it('says nothing about the analysis before any day is complete', async () => {
  expect(await check('analysis')).toBeUndefined();
  expect(await check('analysis-scopes')).toBeUndefined();
});

it('says how far costs are judged, and warns when newer ones wait for over a day', async () => {
  await bills('bert', '2026-10-25', '2026-11-19');
  expect(await check('analysis')).toMatchObject({
    status: 'warn',
    detail: 'No cost has been judged yet.',
    mend: expect.stringContaining('pennywatch serve'),
  });
  await analyse(context());
  expect(await check('analysis')).toMatchObject({
    status: 'ok',
    detail: expect.stringMatching(/^\d+ places judged through Thu 19 Nov\.$/),
  });
  // Nothing new came in two days: nothing is overdue.
  const later = '2026-11-23T09:00:00Z';
  expect((await check('analysis', SETTINGS, later))?.status).toBe('ok');
  await bills('young', '2026-11-19', '2026-11-19');
  expect((await check('analysis'))?.status).toBe('ok');
  expect(await check('analysis', SETTINGS, later)).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining('newer figures have been waiting'),
  });
  const off = { ...SETTINGS, anomalies: { ...settingsOf().anomalies, enabled: false } };
  expect(await check('analysis', off, later)).toMatchObject({
    status: 'ok',
    detail: 'Nothing is judged: anomalies are switched off in pennywatch.yaml.',
  });
});

it('names budgets and SLOs for which no cost is found', async () => {
  await bills('bert', '2026-11-01', '2026-11-19');
  await bills('old', '2026-08-01', '2026-08-03');
  await syncSettings(context());
  expect(await check('analysis-scopes')).toMatchObject({
    status: 'warn',
    detail:
      'No cost is found for the budget of model:old (none since Mon 3 Aug), the SLO "cheap answers" (never).',
    mend: expect.stringContaining('`coverage` in chat'),
  });
  const right = { ...SETTINGS, budgets: SETTINGS.budgets?.slice(0, 1), slos: [] } as Partial<Settings>;
  await syncSettings(context(right));
  expect(await check('analysis-scopes', right)).toMatchObject({
    status: 'ok',
    detail: '1 budget or SLO, all with cost.',
  });
});
