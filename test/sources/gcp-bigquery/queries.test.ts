import { expect, it } from 'vitest';
import type { ExportTable } from '../../../src/sources/gcp-bigquery/export-table.ts';
import { focusQuery } from '../../../src/sources/gcp-bigquery/focus-query.ts';
import { settings } from '../../../src/sources/gcp-bigquery/settings.ts';
import { stretchesOf } from '../../../src/sources/gcp-bigquery/stretches.ts';
import { usageQuery } from '../../../src/sources/gcp-bigquery/usage-query.ts';

const WRITTEN = settings.parse({ table: 'acme-billing.billing.gcp_billing_export_v1_A' });
const DAYS = { start: '2026-11-01', end: '2026-11-20' };

function tableOf(types: Readonly<Record<string, string>>, more: Partial<ExportTable> = {}): ExportTable {
  return {
    kind: 'standard',
    name: 'acme-billing.billing.t',
    location: 'EU',
    typeOf: (path) => types[path],
    exportTime: 'export_time',
    partition: '_PARTITIONTIME',
    ...more,
  };
}

it('asks old tables only for columns they have', () => {
  const { sql, parameters } = usageQuery(
    tableOf({ 'labels.key': 'STRING', 'project.id': 'STRING' }),
    WRITTEN,
    DAYS,
  );
  expect(sql).not.toMatch(/cost_at_list|seller_name|c\.type|@discounts|tags_of_row/);
  expect(sql).toMatch(/UNNEST\(credits\) AS c\), 0\) AS credit/);
  expect(parameters.map(({ name }) => name)).toEqual(['loaded_from', 'used_from', 'used_until', 'labels']);
});

it('has no bound of partitions for views, and bounds of the type of the column', () => {
  const view = tableOf(
    { ChargePeriodStart: 'DATETIME', Tags: 'JSON', BilledCost: 'NUMERIC' },
    { kind: 'focus', partition: undefined },
  );
  const { sql, parameters } = focusQuery(view, WRITTEN, DAYS);
  expect(sql).toContain('TO_JSON_STRING(Tags) AS tags_Tags');
  expect(sql).not.toContain('@loaded_from');
  expect(parameters).toEqual([
    { name: 'used_from', type: 'DATETIME', value: '2026-11-01T00:00:00' },
    { name: 'used_until', type: 'DATETIME', value: '2026-11-21T00:00:00' },
  ]);
});

it('names every parameter it uses, and uses every one', () => {
  const types = { 'labels.key': 'STRING', 'credits.type': 'STRING', cost_at_list: 'FLOAT' };
  const { sql, parameters } = usageQuery(tableOf(types), WRITTEN, DAYS);
  const used = new Set([...sql.matchAll(/@(\w+)/g)].map(([, name]) => name));
  expect([...used].sort()).toEqual(parameters.map(({ name }) => name).sort());
});

it('joins days that are near, never over the end of a month or over the window', () => {
  const window = { start: '2026-11-16', end: '2026-11-18' };
  const days = ['2026-10-30', '2026-11-01', '2026-11-08', '2026-11-15', '2026-11-19'];
  expect(stretchesOf(days, window)).toEqual([
    { start: '2026-11-19', end: '2026-11-19' },
    { start: '2026-11-01', end: '2026-11-15' },
    { start: '2026-10-30', end: '2026-10-30' },
  ]);
});
