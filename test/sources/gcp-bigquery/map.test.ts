import { describe, expect, it } from 'vitest';
import { focusCharges } from '../../../src/sources/gcp-bigquery/map-focus.ts';
import { usageCharges } from '../../../src/sources/gcp-bigquery/map-usage.ts';
import type { Row } from '../../../src/sources/gcp-bigquery/schema.ts';

const USAGE: Row = {
  usage_day: '2026-11-18',
  invoice_month: '202611',
  billing_account: '01ABCD-234567-89EFAB',
  service: 'Vertex AI',
  kind: 'regular',
  billed_in: 'eur',
  billed: '1.2E-6',
  contracted: '0.0000012',
  credited: '0',
  listed: null,
};
const FOCUS: Row = {
  usage_day: '2026-11-18',
  billing_day: '2026-11-01',
  billed_in: 'USD',
  key_BillingAccountId: '01ABCD-234567-89EFAB',
  key_ServiceName: 'Vertex AI',
  key_ChargeCategory: 'usage',
  tags_Tags: '{"team":"search","other":"x"}',
  sum_BilledCost: '-3.50',
  sum_ListCost: null,
};
const kept = new Set(['team']);

describe('rows of the usage exports', () => {
  it('give plain decimals and currencies in upper case', () => {
    expect(usageCharges(USAGE, kept)).toMatchObject([
      { BilledCost: '0.0000012', BillingCurrency: 'EUR', ListCost: null, ChargeCategory: 'Usage' },
    ]);
  });

  it.each([
    ['billed', null],
    ['billed', 'NaN'],
    ['contracted', ''],
    ['credited', '1,5'],
    ['billed_in', null],
    ['invoice_month', '202613'],
    ['usage_day', '2026-02-30'],
    ['billing_account', null],
  ])('are refused when %s is %s, never taken for zero', (column, value) => {
    expect(() => usageCharges({ ...USAGE, [column]: value }, kept)).toThrow(new RegExp(`${column} is `));
  });
});

describe('rows of the FOCUS export', () => {
  it('keep its columns; views of older shape are understood', () => {
    expect(focusCharges(FOCUS, kept)).toEqual([
      {
        ProviderName: 'Google Cloud',
        BillingAccountId: '01ABCD-234567-89EFAB',
        ServiceName: 'Vertex AI',
        ChargeCategory: 'Usage',
        ChargePeriodStart: '2026-11-18',
        BillingPeriodStart: '2026-11-01',
        BillingCurrency: 'USD',
        BilledCost: '-3.5',
        EffectiveCost: '-3.5',
        ListCost: null,
        ContractedCost: null,
        Tags: { team: 'search' },
      },
    ]);
  });

  it('are refused without a cost', () => {
    expect(() => focusCharges({ ...FOCUS, sum_BilledCost: null }, kept)).toThrow(/sum_BilledCost is empty/);
  });
});
