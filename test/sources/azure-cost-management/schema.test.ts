/** Tables as Azure documents them, and what is no such table. */
import { describe, expect, it } from 'vitest';
import type { Grouping } from '../../../src/sources/azure-cost-management/dimensions.ts';
import { readPage } from '../../../src/sources/azure-cost-management/schema.ts';

const GROUP: Grouping = { type: 'Dimension', name: 'ResourceGroupName' };
const TEAM: Grouping = { type: 'TagKey', name: 'Team' };

/** The answer in the documentation of the Query API, shortened. */
const DOCUMENTED = {
  id: 'providers/Microsoft.Billing/billingAccounts/70664866/providers/Microsoft.CostManagement/Query/ad67fd91',
  name: 'ad67fd91',
  type: 'microsoft.costmanagement/Query',
  properties: {
    nextLink:
      'https://management.azure.com/providers/Microsoft.Billing/billingAccounts/70664866/providers/Microsoft.CostManagement/Query?api-version=2021-10-01&$skiptoken=AQAAAA%3D%3D',
    columns: [
      { name: 'PreTaxCost', type: 'Number' },
      { name: 'ResourceGroup', type: 'String' },
      { name: 'UsageDate', type: 'Number' },
      { name: 'Currency', type: 'String' },
    ],
    rows: [
      [19.545363672276512, 'JapanUnifia-Trial', 20180331, 'USD'],
      [0.16677720329728665, '', 20180331, 'USD'],
      [-1.5e-7, 'gs-stms-dev', 20180331, 'USD'],
    ],
  },
};

function table(columns: readonly string[], ...rows: readonly unknown[][]) {
  return { properties: { nextLink: null, columns: columns.map((name) => ({ name, type: 'String' })), rows } };
}

describe('reading a page', () => {
  it('reads the documented answer by its columns, amounts to the digit', () => {
    const { cells, nextLink } = readPage(DOCUMENTED, [GROUP]);
    expect(nextLink).toContain('$skiptoken=AQAAAA%3D%3D');
    expect(
      cells.map(({ day, currency, amount, values }) => [day, currency, amount, ...values.values()]),
    ).toEqual([
      ['2018-03-31', 'USD', '19.545363672276512', 'japanunifia-trial'],
      ['2018-03-31', 'USD', '0.16677720329728665', ''],
      ['2018-03-31', 'USD', '-0.00000015', 'gs-stms-dev'],
    ]);
  });

  it('takes tags from the pair of key and value', () => {
    const page = table(
      ['TagValue', 'Currency', 'TagKey', 'Cost', 'UsageDate'],
      ['cost$center', 'eur', 'team', 1, 20261001],
      [null, 'EUR', null, 2, '2026-10-01T00:00:00'],
      ['', 'EUR', 'team', 3, 20261001],
    );
    expect(readPage(page, [TEAM]).cells.map(({ amount, values }) => [amount, ...values.values()])).toEqual([
      ['1', 'cost$center'],
      ['2', ''],
      ['3', ''],
    ]);
  });

  it.each([null, {}, { properties: null }, { properties: { columns: [], rows: [], nextLink: '' } }])(
    'takes %j for nothing',
    (body) => {
      expect(readPage(body, [GROUP])).toEqual({ cells: [], nextLink: undefined });
    },
  );

  it.each([
    ['[]', /is not a table/],
    [table(['Cost', 'Currency'], [1, 'EUR']), /column UsageDate is missing/],
    [table(['UsageDate', 'Currency'], [20261001, 'EUR']), /column Cost is missing/],
    [table(['Cost', 'UsageDate'], [1, 20261001]), /column Currency is missing/],
    [table(['Cost', 'UsageDate', 'Currency'], [1, 20261001, 'EUR']), /column ResourceGroupName is missing/],
    [
      table(['Cost', 'UsageDate', 'Currency', 'ResourceGroup'], [null, 20261001, 'EUR', '']),
      /null is not an amount/,
    ],
    [
      table(['Cost', 'UsageDate', 'Currency', 'ResourceGroup'], [1, 20261301, 'EUR', '']),
      /20261301 is not a day/,
    ],
    [
      table(['Cost', 'UsageDate', 'Currency', 'ResourceGroup'], [1, 20261001, '', '']),
      /"" is not a currency/,
    ],
  ])('refuses what it cannot read rather than calling it zero (%#)', (body, words) => {
    expect(() => readPage(body, [GROUP])).toThrow(words);
  });
});
