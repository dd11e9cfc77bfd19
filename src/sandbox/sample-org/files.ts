/** Writes each source's charges in the format in which that source really comes. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Day } from '../../core/day.ts';
import { awsRow } from './aws-row.ts';
import { azureRow } from './azure-row.ts';
import { AWS_COLUMNS, AZURE_COLUMNS, GCP_COLUMNS, LLM_COLUMNS } from './columns.ts';
import { toCsv } from './csv.ts';
import { gcpRow } from './gcp-row.ts';
import { llmRow } from './llm-row.ts';
import type { BillSource } from './sources.ts';
import type { Entry } from './types.ts';

const compress = promisify(gzip);
const BYTE_ORDER_MARK = '\uFEFF';

/** A file per year of billing periods for the clouds, one small file for each LLM vendor. Resolves to their paths. */
export async function writeBills(
  dir: string,
  source: BillSource,
  entries: readonly Entry[],
  today: Day,
): Promise<string[]> {
  const { name } = source;
  const folder = join(dir, 'focus', name);
  await mkdir(folder, { recursive: true });
  if (name === 'openai' || name === 'anthropic') {
    const path = join(folder, 'costs.csv');
    await writeFile(
      path,
      toCsv(LLM_COLUMNS, entries, (entry) => llmRow(source, entry)),
    );
    return [path];
  }
  return Promise.all(
    [...byYear(entries)].map(async ([year, charges]) => {
      const path = join(folder, `${year}.${name === 'aws' ? 'csv.gz' : 'csv'}`);
      await writeFile(path, await cloudFile(source, charges, today));
      return path;
    }),
  );
}

async function cloudFile(
  source: BillSource,
  charges: readonly Entry[],
  today: Day,
): Promise<string | Uint8Array> {
  if (source.name === 'aws')
    return compress(
      toCsv(AWS_COLUMNS, charges, (entry) => awsRow(source, entry, today)),
      { level: 4 },
    );
  if (source.name === 'gcp') return toCsv(GCP_COLUMNS, charges, (entry) => gcpRow(source, entry, today));
  return BYTE_ORDER_MARK + toCsv(AZURE_COLUMNS, charges, (entry) => azureRow(source, entry));
}

function byYear(entries: readonly Entry[]): Map<string, Entry[]> {
  const years = new Map<string, Entry[]>();
  for (const entry of entries) {
    const year = entry.period.slice(0, 4);
    const charges = years.get(year);
    if (charges) charges.push(entry);
    else years.set(year, [entry]);
  }
  return years;
}
