/** One measured scan or import, in a process of its own so that its memory can be told. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { allocateDays } from '../../src/flows/allocate.ts';
import { importFocus } from '../../src/flows/import-focus.ts';
import { focusFile } from '../../src/sources/focus-file/index.ts';
import { openStore } from '../../src/store/open.ts';
import { settingsOf } from '../settings.ts';

export interface ImportTask {
  readonly what: 'scan' | 'import';
  readonly path: string;
  readonly dir: string;
}

export interface ImportTimes {
  readonly ms: number;
  /** The process's largest, in bytes. */
  readonly rss: number;
  /** Rows of the group-by, or facts written. */
  readonly facts: number;
}

/** The grain of a daily fact, with DuckDB's own guess at the types: what the import cannot do without. */
const GROUP_BY = `SELECT CAST("ChargePeriodStart" AS DATE) AS day, "ProviderName", "BillingAccountId", "SubAccountId", "ServiceName",
  "RegionId", "SkuId", "ChargeCategory", "ResourceId", "Tags", "BillingCurrency", count(*), sum("BilledCost"), sum("EffectiveCost"),
  sum("ListCost"), sum("ContractedCost") FROM`;

async function scan({ path }: ImportTask): Promise<{ ms: number; facts: number }> {
  const start = performance.now();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = path.endsWith('.parquet') ? 'read_parquet' : 'read_csv';
  const result = await connection.runAndReadAll(
    `SELECT count(*) FROM (${GROUP_BY} ${reader}('${path}') GROUP BY ALL)`,
  );
  const ms = performance.now() - start;
  return { ms, facts: Number(result.getRowsJson()[0]?.[0]) };
}

async function runImport({ path, dir }: ImportTask): Promise<{ ms: number; facts: number }> {
  const database = join(dir, `import-${process.pid}.db`);
  const store = await openStore(`file:${database}`);
  const quiet = () => undefined;
  const settings = settingsOf({
    dimensions: [
      { dimension: 'team', tags: ['team'], values: {} },
      { dimension: 'model', tags: ['model'], values: {} },
      { dimension: 'environment', tags: ['env'], values: {} },
    ],
  });
  const start = performance.now();
  const result = await importFocus(
    {
      now: () => Date.parse('2026-11-02T09:00:00Z'),
      log: { info: quiet, warn: quiet, error: quiet },
      settings,
      store,
    },
    { source: focusFile, allocate: allocateDays },
    { files: [path], actor: { kind: 'system', job: 'bench' } },
  );
  const ms = performance.now() - start;
  await store.$disconnect();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  if (!result.reconciliation.ok) throw new Error('The layers differ.');
  return { ms, facts: result.files[0]?.factsWritten ?? 0 };
}

const task: ImportTask = JSON.parse(process.argv[2] ?? '');
const { ms, facts } = await (task.what === 'scan' ? scan(task) : runImport(task));
// resourceUsage counts in KiB.
process.send?.({ ms, facts, rss: process.resourceUsage().maxRSS * 1024 } satisfies ImportTimes);
