/** Writes a whole invented organisation to disk: its configuration, fifteen months of bills, and what they bought. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addMonths, msToDay, startOfMonth } from '../../core/day.ts';
import { configText } from './config-file.ts';
import { feesOf } from './fees.ts';
import { writeBills } from './files.ts';
import { SOURCES } from './sources.ts';
import { truthOf } from './truth.ts';
import type { Entry, SampleOrg } from './types.ts';
import { usageOf } from './usage.ts';
import { writeUsageFiles } from './usage-files.ts';
import { buildWorkspace } from './workspace.ts';

export type { SampleOrg, Truth, WorkspaceSeed } from './types.ts';

/**
 * Writes pennywatch.yaml, focus/<source>/… and usage/… into `dir`, the same bytes for the same seed and (UTC) day of `now`.
 * The history starts on the first of a month, `months` (15) before the month of `now`.
 */
export async function writeSampleOrg(options: {
  dir: string;
  now: number;
  seed?: number;
  months?: number;
  /** Its people and teams are in Microsoft Teams too. */
  teams?: boolean;
}): Promise<SampleOrg> {
  const { dir, now, seed = 7, months = 15, teams = false } = options;
  const today = msToDay(now);
  const span = { start: addMonths(startOfMonth(today), -months), today, seed };
  const billOf = (name: keyof typeof SOURCES): Entry[] => {
    const usage = usageOf(SOURCES[name], span);
    return [...usage, ...feesOf(SOURCES[name], usage, span)];
  };
  const bills = {
    aws: billOf('aws'),
    gcp: billOf('gcp'),
    azure: billOf('azure'),
    openai: billOf('openai'),
    anthropic: billOf('anthropic'),
  };
  await mkdir(dir, { recursive: true });
  const configPath = join(dir, 'pennywatch.yaml');
  await writeFile(configPath, configText(span, teams));
  const sources = await Promise.all(
    Object.values(SOURCES).map(async (source) => ({
      name: source.name,
      files: await writeBills(dir, source, bills[source.name], today),
    })),
  );
  const usageFiles = await writeUsageFiles(dir, span);
  return { configPath, sources, usageFiles, truth: truthOf(bills, span), workspace: buildWorkspace() };
}
