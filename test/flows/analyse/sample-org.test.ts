/** The incidents planted in the sample organisation: found when they happen, where they happen, and little else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { addDays, dayToMs } from '../../../src/core/day.ts';
import { allocateDays } from '../../../src/flows/allocate.ts';
import { findAnomalies, type ReplayedAnomaly } from '../../../src/flows/analyse/find.ts';
import { analyse } from '../../../src/flows/analyse.ts';
import type { Context } from '../../../src/flows/context.ts';
import { importFocus } from '../../../src/flows/import-focus.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { INCIDENTS } from '../../../src/sandbox/sample-org/incidents.ts';
import { type SampleOrg, writeSampleOrg } from '../../../src/sandbox/sample-org/index.ts';
import { focusFile } from '../../../src/sources/focus-file/index.ts';
import { listAnomalies } from '../../../src/store/anomalies.ts';
import { rememberingLog } from '../../temp-store.ts';
import { openFreshStore } from '../../template-database.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const dir = mkdtempSync(join(tmpdir(), 'pennywatch-analyse-'));
let org: SampleOrg;
let context: Context;
let found: readonly ReplayedAnomaly[];

beforeAll(async () => {
  // As many months as the oldest incident needs before it.
  org = await writeSampleOrg({ dir, now: NOW, months: 7 });
  const { settings } = loadConfig({ file: org.configPath, env: {} });
  const store = await openFreshStore(join(dir, 'test.db'));
  context = { store, settings, now: () => NOW, log: rememberingLog() };
  await syncSettings(context);
  for (const { name, files } of org.sources)
    await importFocus(
      context,
      { source: focusFile, allocate: allocateDays },
      { files, source: name, actor: { kind: 'system', job: 'test' } },
    );
  found = await findAnomalies(context, { days: 160 });
}, 180_000);
afterAll(async () => {
  await context.store.$disconnect();
  rmSync(dir, { recursive: true });
});

/** What is found of a planted incident: on its path, or on the path it is a part of within its model. */
function ofIncident(id: string): ReplayedAnomaly[] {
  const planted = org.truth.incidents.find((one) => one.id === id);
  if (!planted) throw new Error(`${id} is not planted`);
  const { team, scope, day, endDay } = planted;
  const path = [team, scope.model, scope.stage, ...(scope.service ? [scope.service] : [])];
  return found.filter(
    (one) =>
      path.every((value, index) => one.path[index] === value) &&
      one.firstStamp >= day &&
      one.firstStamp <= endDay &&
      one.detector !== 'drift',
  );
}

it.each(INCIDENTS.map(({ id }) => id))('%s is found in its first days, at its own level', (id) => {
  const planted = org.truth.incidents.find((one) => one.id === id);
  const [first] = ofIncident(id);
  expect(first).toBeDefined();
  const delay = (dayToMs(first?.foundOn ?? '') - dayToMs(planted?.day ?? '')) / 86_400_000;
  // The first day of the runaway retrain costs what a retrain costs.
  expect(delay).toBeLessThanOrEqual(id === 'bert-runaway-training' ? 1 : 0);
});

it('nothing else is above medium in 90 days', () => {
  const since = addDays('2026-11-20', -89);
  const planted = INCIDENTS.flatMap(({ id }) => ofIncident(id));
  const others = found.filter((one) => one.foundOn >= since && !planted.includes(one));
  const loud = others.filter(({ severity }) => severity === 'high' || severity === 'critical');
  expect(loud.map(({ path, firstStamp }) => `${path.join('/')} ${firstStamp}`)).toEqual([]);
  // Few others are even worth a message.
  expect(others.filter(({ severity }) => severity === 'medium').length).toBeLessThanOrEqual(4);
});

it('the first analysis tells what goes on and shelves what is over', async () => {
  const { opened, resolved, effects } = await analyse(context);
  const anomalies = await listAnomalies(context.store);
  expect(anomalies).toHaveLength(opened.length + resolved.length);
  const told = effects.filter(({ effect }) => effect.kind === 'tell' && effect.how !== 'digest');
  expect(told.map(({ id }) => anomalies.find((one) => one.id === id)?.scope)).toEqual([
    'model:bert/training',
  ]);
  const over = anomalies.filter(({ status }) => status === 'resolved');
  expect(over.every(({ notifications }) => notifications === 0)).toBe(true);
  expect(over.some(({ scope }) => scope === 'model:visual-search/data')).toBe(true);
});
