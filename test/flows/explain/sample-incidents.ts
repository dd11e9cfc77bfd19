/** The sample organisation's incidents in a database of their own: only the charges of their models, to be quick. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadConfig } from '../../../src/config.ts';
import type { FoundAnomaly } from '../../../src/core/anomaly.ts';
import { addDays, earlier } from '../../../src/core/day.ts';
import { decimalToMicros } from '../../../src/core/money.ts';
import type { ScopePath } from '../../../src/core/scope-path.ts';
import { allocateDays } from '../../../src/flows/allocate.ts';
import type { Context } from '../../../src/flows/context.ts';
import { importFocus } from '../../../src/flows/import-focus.ts';
import { importUsage } from '../../../src/flows/import-usage.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { writeSampleOrg } from '../../../src/sandbox/sample-org/index.ts';
import type { PlantedIncident } from '../../../src/sandbox/sample-org/types.ts';
import { focusFile } from '../../../src/sources/focus-file/index.ts';
import { usageFile } from '../../../src/usage/usage-file/index.ts';
import { rememberingLog } from '../../temp-store.ts';
import { openFreshStore } from '../../template-database.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
/** Whose charges each bill keeps; an inference profile stands for the model that is not tagged. */
const KEPT: Readonly<Record<string, RegExp>> = {
  aws: /bert|homefeed-ranker|i-0d55b6253c9702cfe|visual-search|photo-mirror|application-inference-profile/,
  gcp: /two-tower/,
  openai: /listing-writer/,
};
const USED = /bert|homefeed-ranker|visual-search|support-copilot|two-tower|listing-writer/;
const ACTOR = { kind: 'system', job: 'demo' } as const;

export interface SampleIncidents {
  readonly context: Context;
  readonly incidents: ReadonlyMap<string, PlantedIncident>;
  close(): Promise<void>;
}

export async function openSampleIncidents(): Promise<SampleIncidents> {
  const dir = mkdtempSync(join(tmpdir(), 'pennywatch-incidents-'));
  const sample = await writeSampleOrg({ dir, now: NOW, months: 6 });
  const loaded = loadConfig({ file: sample.configPath, env: {} }).settings;
  // Each incident is looked at with the resources that were kept when it was found.
  const settings = { ...loaded, splits: [], storage: { resourceDays: 400 } };
  const store = await openFreshStore(join(dir, 'test.db'));
  const context: Context = { store, settings, now: () => NOW, log: rememberingLog() };
  await syncSettings(context);
  for (const { name, files } of sample.sources) {
    const kept = KEPT[name];
    if (!kept) continue;
    const some = files.map((file) => keepSome(file, kept, dir));
    const parts = { source: focusFile, allocate: allocateDays };
    await importFocus(context, parts, { files: some, source: name, actor: ACTOR });
  }
  for (const { name, files } of sample.usageFiles) {
    const used = files.filter((file) => USED.test(readFileSync(file, 'utf8')));
    if (used.length === 0) continue;
    const some = used.map((file) => keepSome(file, USED, dir));
    const parts = { source: usageFile, allocate: allocateDays };
    await importUsage(context, parts, { files: some, source: name, actor: ACTOR });
  }
  return {
    context,
    incidents: new Map(sample.truth.incidents.map((incident) => [incident.id, incident])),
    close: async () => {
      await store.$disconnect();
      rmSync(dir, { recursive: true });
    },
  };
}

function keepSome(file: string, kept: RegExp, dir: string): string {
  const raw = readFileSync(file);
  const [header = '', ...lines] = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').split('\n');
  const path = join(dir, `some-${file.split('/').slice(-2).join('-').replace('.gz', '')}`);
  writeFileSync(path, [header, ...lines.filter((line) => kept.test(line)), ''].join('\n'));
  return path;
}

/** The incident as detection would hand it over, at some depth of the hierarchy, two weeks of it at most. */
export function foundAnomaly(incident: PlantedIncident, depth: number): FoundAnomaly {
  const { team, scope, day, endDay, currency } = incident;
  const path: ScopePath = [team, scope.model, scope.stage, ...(scope.service ? [scope.service] : [])];
  const expectedMicros = decimalToMicros(incident.expectedPerDay);
  const actualMicros = decimalToMicros(incident.actualPerDay);
  const lastStamp = earlier(endDay, addDays(day, 13));
  return {
    path: path.slice(0, depth),
    ...{ grain: 'day', detector: 'seasonal', direction: 'up', severity: 'high', score: 0.9, related: [] },
    ...{ currency, expectedMicros, actualMicros, excessMicros: actualMicros - expectedMicros },
    ...{ firstStamp: day, lastStamp, judgedThrough: addDays(lastStamp, incident.open ? 0 : 3) },
  };
}
