/** The sample organisation's usage agrees with its bills: it is what the billed machines and tokens were good for. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import type { UsageRow } from '../../../src/core/usage.ts';
import { type SampleOrg, writeSampleOrg } from '../../../src/sandbox/sample-org/index.ts';
import { EXPORTER_GAP, UNMETERED } from '../../../src/sandbox/sample-org/metered.ts';
import { MODELS } from '../../../src/sandbox/sample-org/models.ts';
import { usageFile } from '../../../src/usage/usage-file/index.ts';

const TODAY = '2026-11-21';
let dir: string;
let org: SampleOrg;
let rows: UsageRow[];
let quarantined: number;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sample-org-'));
  org = await writeSampleOrg({ dir, now: Date.parse(`${TODAY}T08:00:00Z`), months: 3 });
  [rows, quarantined] = [[], 0];
  for (const { files } of org.usageFiles) {
    const staged = await usageFile.fetch({ files: [...files] }, { today: TODAY });
    for await (const batch of staged.read()) {
      rows.push(...batch.rows);
      quarantined += batch.quarantined.length;
    }
  }
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function sum(metric: string, model: string, from: number, to = from): number {
  const days = eachDay(addDays(TODAY, -from), addDays(TODAY, -to));
  const own = rows.filter((row) => row.metric === metric && days.includes(row.day));
  const named = own.filter(({ dimensions }) => dimensions.model === model);
  return named.reduce((total, { quantityMicros }) => total + Number(quantityMicros) / 1e6, 0) / days.length;
}

describe('the usage files', () => {
  it('are read whole, one source of the teams and one of the gateway', () => {
    expect(quarantined).toBe(0);
    expect(org.usageFiles.map(({ name, files }) => [name, files.length])).toEqual([
      ['platform-metrics', 6],
      ['llm-gateway', 1],
    ]);
    const metrics = new Set(rows.map(({ metric }) => metric));
    expect([...metrics].sort()).toEqual([
      'cached_tokens',
      'epochs',
      'gpu_hours',
      'input_tokens',
      'output_tokens',
      'quality',
      'requests',
      'training_hours',
    ]);
  });

  it('are the same bytes for the same seed and day', async () => {
    const again = await mkdtemp(join(tmpdir(), 'sample-org-'));
    const other = await writeSampleOrg({ dir: again, now: Date.parse(`${TODAY}T22:00:00Z`), months: 3 });
    const files = ({ usageFiles }: SampleOrg) => usageFiles.flatMap((source) => source.files);
    const texts = (sample: SampleOrg) => Promise.all(files(sample).map((path) => readFile(path, 'utf8')));
    expect(await texts(other)).toEqual(await texts(org));
    await rm(again, { recursive: true, force: true });
  });

  it('reach from the first day of the bills to yesterday, and name models by name or alias', () => {
    const days = rows.map(({ day }) => day).sort();
    expect([days[0], days.at(-1)]).toEqual([org.truth.start, org.truth.end]);
    const names = MODELS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    const used = new Set(rows.map(({ dimensions }) => dimensions.model ?? ''));
    expect([...used].filter((name) => !names.includes(name))).toEqual([]);
    for (const name of UNMETERED) expect(used).not.toContain(name);
    expect(used).toContain('listing-embeddings');
  });
});

describe('the planted incidents', () => {
  it('a job that does not end brings no usage', () => {
    // 24 hours a day of eight GPUs, were it counted; what remains are the nightly runs.
    const usual = sum('gpu_hours', 'bert', 33, 6);
    expect(sum('gpu_hours', 'bert', 5, 1)).toBeLessThan(usual + 8 * 24 * 0.5);
    expect(sum('epochs', 'bert', 5, 1)).toBeLessThan(2 * sum('epochs', 'bert', 33, 6));
  });

  it('a more expensive model has the same tokens, and a long prompt more of them for the same requests', () => {
    const listing =
      sum('input_tokens', 'listing-writer', 26, 20) / sum('input_tokens', 'listing-writer', 33, 27);
    expect(listing).toBeGreaterThan(0.85);
    expect(listing).toBeLessThan(1.15);
    const rise = (metric: string) =>
      sum(metric, 'support-copilot', 60, 54) / sum(metric, 'support-copilot', 68, 62);
    expect(rise('input_tokens')).toBeGreaterThan(2);
    expect(rise('requests')).toBeLessThan(1.3);
  });

  it('the exporter of one model was broken for nine days', () => {
    const { model, from, to } = EXPORTER_GAP;
    expect(sum('requests', model, from, to)).toBe(0);
    expect(sum('requests', model, from + 1)).toBeGreaterThan(1000);
    expect(sum('requests', model, to - 1)).toBeGreaterThan(1000);
  });
});
