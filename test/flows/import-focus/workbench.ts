/** A database, settings and FOCUS files for tests of the import. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../../src/core/settings.ts';
import { allocateDays } from '../../../src/flows/allocate.ts';
import type { Context } from '../../../src/flows/context.ts';
import type { AllocateDays, ImportRequest, ImportResult } from '../../../src/flows/import-focus/types.ts';
import { importFocus } from '../../../src/flows/import-focus.ts';
import { focusFile } from '../../../src/sources/focus-file/index.ts';
import type { Store } from '../../../src/store/open.ts';
import { settingsOf } from '../../settings.ts';
import { openFreshStore } from '../../template-database.ts';

export const NOW = Date.parse('2026-11-21T09:00:00Z');

export interface Workbench {
  readonly store: Store;
  readonly context: Context;
  /** Writes a file and returns its path. */
  file(name: string, content: string | Buffer): string;
  path(name: string): string;
  import(
    files: readonly string[],
    request?: Partial<ImportRequest> & { allocate?: AllocateDays },
  ): Promise<ImportResult>;
  /** Every row of every table that an import may write, as text. */
  contents(): Promise<string>;
  close(): Promise<void>;
}

const TABLES = [
  'Source',
  'ImportBatch',
  'QuarantinedRow',
  'Bill',
  'BillDay',
  'FocusKey',
  'TagSet',
  'Resource',
  'CostFact',
  'Decision',
  'AllocationKey',
  'DailyCost',
  'Reconciliation',
  'AuditEntry',
  'Meta',
];

export function settingsWith(changes: Partial<Settings> = {}): Settings {
  return settingsOf({
    organisation: 'Acme',
    dimensions: [],
    ...changes,
  });
}

export async function openWorkbench(changes: Partial<Settings> = {}, now = NOW): Promise<Workbench> {
  const dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  const store = await openFreshStore(join(dir, 'test.db'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const context: Context = { now: () => now, log, settings: settingsWith(changes), store };
  return {
    store,
    context,
    file(name, content) {
      writeFileSync(join(dir, name), content);
      return join(dir, name);
    },
    path: (name) => join(dir, name),
    import: (files, { allocate, ...request } = {}) =>
      importFocus(
        context,
        { source: focusFile, allocate: allocate ?? allocateDays },
        { files, actor: { kind: 'system', job: 'test' }, ...request },
      ),
    async contents() {
      const tables: string[] = [];
      for (const table of TABLES) {
        const rows = await store.$queryRawUnsafe<object[]>(`SELECT * FROM "${table}" ORDER BY rowid`);
        tables.push(
          `${table}: ${JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? `${value}` : value))}`,
        );
      }
      return tables.join('\n');
    },
    async close() {
      await store.$disconnect();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const COLUMNS = [
  'ProviderName',
  'BillingAccountId',
  'ServiceName',
  'ChargeCategory',
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'ResourceId',
  'RegionId',
  'Tags',
] as const;
type Column = (typeof COLUMNS)[number];
export type Charge = Partial<Record<Column, string>>;

/** A charge of one day of September 2026 with all four costs alike, unless said otherwise. */
export function charge(day: string, cost: string, changes: Charge = {}): Charge {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return {
    ProviderName: 'AWS',
    BillingAccountId: 'acct-1',
    ServiceName: 'Amazon SageMaker',
    ChargeCategory: 'Usage',
    BillingCurrency: 'USD',
    BillingPeriodStart: '2026-09-01T00:00:00Z',
    BillingPeriodEnd: '2026-10-01T00:00:00Z',
    ChargePeriodStart: `${day}T00:00:00Z`,
    ChargePeriodEnd: `${next}T00:00:00Z`,
    BilledCost: cost,
    EffectiveCost: cost,
    ListCost: cost,
    ContractedCost: cost,
    ResourceId: '',
    RegionId: 'us-east-1',
    Tags: '',
    ...changes,
  };
}

export function csv(charges: readonly Charge[], columns: readonly Column[] = COLUMNS): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${[columns.join(','), ...charges.map((one) => columns.map((column) => cell(one[column] ?? '')).join(','))].join('\n')}\n`;
}
