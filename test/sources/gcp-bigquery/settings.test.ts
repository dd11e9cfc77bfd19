import { describe, expect, it } from 'vitest';
import { bind } from '../../../src/sources/bind.ts';
import { gcpBigQuery } from '../../../src/sources/gcp-bigquery/index.ts';
import { kindOf, settings } from '../../../src/sources/gcp-bigquery/settings.ts';

const TABLE = 'acme-billing.billing.gcp_billing_export_v1_01ABCD_234567_89EFAB';
const accepts = (written: unknown) => settings.safeParse(written).success;

describe('identifiers', () => {
  it.each([
    'acme-billing.billing',
    'acme-billing.billing.gcp_billing_export_v1_A`; DROP TABLE x; --',
    'acme-billing.billing.gcp_billing_export_v1_A` WHERE 1=1 OR `a',
    'acme-billing.bil-ling.gcp_billing_export_v1_A',
    'acme-billing.billing.gcp_billing_export_v1_A\n',
    'acme-billing.billing.gcp_billing_export_v1_A\u0000',
    'acme-billing.billing.gcp_billing_export_v1_*',
    "acme'billing.billing.gcp_billing_export_v1_A",
    'acme-billing/../x.billing.gcp_billing_export_v1_A',
    'ACME-billing.billing.gcp_billing_export_v1_A',
    'аcme-billing.billing.gcp_billing_export_v1_A',
    'acme-billing.billing.gcp_billing_export_v1_A.more',
    '',
  ])('refuses the table %j', (table) => {
    // A trailing line break is trimmed away, not let through.
    const parsed = settings.safeParse({ table });
    expect(parsed.success ? parsed.data.table.table : 'refused').toMatch(
      /^(refused|gcp_billing_export_v1_A)$/,
    );
    if (parsed.success) expect(table.trim()).toBe('acme-billing.billing.gcp_billing_export_v1_A');
  });

  it.each([
    TABLE,
    'example.com:acme-billing.billing.gcp_billing_export_focus_A-B',
    'p12345.d_1.gcp_billing_export_resource_v1_X',
  ])('takes %s', (table) => {
    expect(accepts({ table })).toBe(true);
  });

  it.each([
    { project: 'acme`billing' },
    { project: '../acme' },
    { location: 'EU&x=1' },
    { apiEndpoint: 'ftp://x' },
    { apiEndpoint: 'https://user:secret@example.com' },
    { accessTokenVariable: 'A-B' },
    { maximumBytesBilled: 'much' },
    { maximumBytesBilled: '1 MB' },
    { labels: [] },
    { unknown: 'x' },
  ])('refuses %j', (more) => {
    expect(accepts({ table: TABLE, ...more })).toBe(false);
  });
});

it('tells the export from the name of its table, or asks', () => {
  const kind = (written: unknown) => kindOf(settings.parse(written));
  expect(kind({ table: TABLE })).toBe('standard');
  expect(kind({ table: 'acme-billing.b.gcp_billing_export_resource_v1_A' })).toBe('detailed');
  expect(kind({ table: 'acme-billing.b.gcp_billing_export_focus_A' })).toBe('focus');
  expect(kind({ table: 'acme-billing.b.my_view', export: 'focus' })).toBe('focus');
  expect(() => bind(gcpBigQuery).fetch({ table: 'acme-billing.b.my_view' }, {} as never)).toThrow(
    /export: expected one of standard, detailed, focus, because the name of the table does not tell/,
  );
});

it.each([
  ['20 GiB', 21_474_836_480n],
  ['1.5TB', 1_500_000_000_000n],
  ['10000000', 10_000_000n],
])('reads the size %s', (size, bytes) => {
  expect(settings.parse({ table: TABLE, maximumBytesBilled: size }).maximumBytesBilled).toBe(bytes);
});

it('prints grants for the table, or with placeholders', () => {
  const text = JSON.stringify(
    gcpBigQuery.permissions(settings.parse({ table: TABLE, project: 'acme-queries' })),
  );
  expect(text).toContain('add-iam-policy-binding acme-queries');
  expect(text).toContain("'acme-billing:billing.gcp_billing_export_v1_01ABCD_234567_89EFAB'");
  expect(JSON.stringify(gcpBigQuery.permissions(undefined))).toContain('PROJECT:DATASET.TABLE');
});
