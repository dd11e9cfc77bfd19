/** Actual and amortized cost side by side, windows, restatements, and scopes that overlap. */
import { afterEach, describe, expect, it } from 'vitest';
import {
  type AzureOptions,
  type AzureStandIn,
  startAzureCostManagement,
} from '../stand-in/azure-cost-management.ts';
import { subscriptionOf } from '../stand-in/azure-query.ts';
import { type TruthCharge, truthCharges } from '../stand-in/truth.ts';
import { chargeSums, collect, truthSums } from './collect.ts';

let standIn: AzureStandIn;
afterEach(() => standIn.close());

async function start(charges: readonly TruthCharge[], options: AzureOptions = {}) {
  standIn = await startAzureCostManagement(options);
  standIn.bill(charges);
}

const [base] = truthCharges({ start: '2026-11-01', end: '2026-11-01', services: 1 });
function charge(more: Partial<TruthCharge>): TruthCharge {
  if (!base) throw new Error('There is no charge.');
  return { ...base, account: '1', tags: {}, currency: 'EUR', ...more };
}

describe('cost types', () => {
  it('meet by day and key: a purchase is billed once and amortized day by day', async () => {
    const usage = charge({ day: '2026-11-01', service: 'Virtual Machines', amount: '10' });
    const purchase = charge({ day: '2026-11-01', service: '', amount: '365' });
    const daily = charge({ day: '2026-11-02', service: 'Virtual Machines', amount: '1' });
    await start([usage, purchase, daily], {
      chargeType: ({ service }) => (service === '' ? 'Purchase' : 'Usage'),
      costs: (charges, type) =>
        charges.filter(({ amount }) => amount !== (type === 'ActualCost' ? '1' : '365')),
    });
    const { charges } = await collect(
      standIn,
      { start: '2026-11-01', end: '2026-11-02' },
      { options: { tags: [] } },
    );
    expect(
      charges
        .map(({ ChargePeriodStart, ServiceName, ChargeCategory, BilledCost, EffectiveCost }) => [
          ChargePeriodStart,
          ServiceName,
          ChargeCategory,
          BilledCost,
          EffectiveCost,
        ])
        .sort(),
    ).toEqual([
      ['2026-11-01', 'Unassigned', 'Purchase', '365', '0'],
      ['2026-11-01', 'Virtual Machines', 'Usage', '10', '10'],
      ['2026-11-02', 'Virtual Machines', 'Usage', '0', '1'],
    ]);
    expect(charges[0]).toMatchObject({
      ProviderName: 'Microsoft',
      BillingAccountId: 'contoso',
      SubAccountId: subscriptionOf('1'),
      BillingPeriodStart: '2026-11-01',
      BillingCurrency: 'EUR',
      ListCost: null,
      ContractedCost: null,
    });
  });

  it('leave the effective cost unknown when amortized cost is not asked for', async () => {
    await start([charge({ amount: '-0.5' })]);
    const window = { start: '2026-11-01', end: '2026-11-01' };
    const { charges } = await collect(standIn, window, { options: { tags: [], amortized: 'no' } });
    expect(charges).toMatchObject([{ BilledCost: '-0.5', EffectiveCost: null }]);
    expect(standIn.queries.every(({ definition }) => definition.type === 'ActualCost')).toBe(true);
  });
});

describe('windows', () => {
  it('are asked month by month, newest first, in whole days', async () => {
    const truth = truthCharges({ start: '2026-09-28', end: '2026-11-02', services: 2 });
    await start(truth);
    const window = { start: '2026-09-29', end: '2026-11-01' };
    const { charges, days } = await collect(standIn, window, { options: { tags: [], dimensions: [] } });
    expect(days).toEqual([
      { start: '2026-11-01', end: '2026-11-01' },
      { start: '2026-10-01', end: '2026-10-31' },
      { start: '2026-09-29', end: '2026-09-30' },
    ]);
    const within = truth.filter(({ day }) => day >= window.start && day <= window.end);
    expect(chargeSums(charges)).toEqual(truthSums(within));
    expect(standIn.queries.at(-1)?.definition.timePeriod).toEqual({
      from: '2026-09-29T00:00:00Z',
      to: '2026-09-30T23:59:59Z',
    });
  });

  it('give what a day is restated to, twice', async () => {
    const window = { start: '2026-11-01', end: '2026-11-01' };
    await start([]);
    for (const amount of ['3', '2.5', '0.000000000001']) {
      standIn.bill([charge({ amount })]);
      const { charges } = await collect(standIn, window, { options: { tags: [] } });
      expect(charges.map(({ BilledCost }) => BilledCost)).toEqual([amount]);
    }
    standIn.bill([]);
    expect((await collect(standIn, window)).charges).toEqual([]);
  });

  it('keep rows of other days out', async () => {
    await start([charge({ amount: '1' })]);
    standIn.intercept(() => ({
      body: {
        properties: {
          columns: ['Cost', 'UsageDate', 'ServiceName', 'Currency'].map((name) => ({ name })),
          rows: [
            [1, 20261101, 'VM', 'EUR'],
            [7, 20261031, 'VM', 'EUR'],
          ],
        },
      },
    }));
    const window = { start: '2026-11-01', end: '2026-11-01' };
    const { charges, warnings } = await collect(standIn, window, {
      options: { tags: [], dimensions: [], amortized: 'no' },
    });
    expect(charges.map(({ BilledCost }) => BilledCost)).toEqual(['1']);
    expect(warnings).toEqual([
      expect.stringContaining('days that were not asked for were left out (2026-10-31)'),
    ]);
  });
});

describe('scopes', () => {
  const subscription = `/subscriptions/${subscriptionOf('1')}`;
  const window = { start: '2026-11-01', end: '2026-11-01' };

  it('that cover the same subscription are refused, not added up', async () => {
    await start([charge({ amount: '5' }), charge({ amount: '7', account: '2' })]);
    const scopes = ['/providers/Microsoft.Management/managementGroups/contoso', subscription];
    await expect(collect(standIn, window, { options: { tags: [], scopes } })).rejects.toThrow(
      /would be counted twice/,
    );
  });

  it('side by side are all there, each by its own account', async () => {
    await start([charge({ amount: '5' }), charge({ amount: '5', account: '2' })]);
    const scopes = [subscription, `/subscriptions/${subscriptionOf('2')}`];
    const { charges } = await collect(standIn, window, { options: { tags: [], scopes } });
    expect(charges.map(({ BillingAccountId, SubAccountId }) => [BillingAccountId, SubAccountId])).toEqual([
      [subscriptionOf('1'), subscriptionOf('1')],
      [subscriptionOf('2'), subscriptionOf('2')],
    ]);
    // What the scope says itself is not asked.
    expect(standIn.queries).toHaveLength(4);
  });

  it('tell resource groups under a tag of that name', async () => {
    await start([
      charge({ amount: '5', service: 'Service 02' }),
      charge({ amount: '2', service: 'Service 01' }),
    ]);
    const { charges } = await collect(standIn, window, {
      options: { tags: [], dimensions: ['ResourceGroupName', 'ResourceLocation'], scopes: [subscription] },
    });
    expect(charges.map(({ ServiceName, Tags, RegionId }) => [ServiceName, Tags, RegionId]).sort()).toEqual([
      ['Service 01', {}, 'westeurope'],
      ['Service 02', { ResourceGroupName: 'rg-1' }, 'westeurope'],
    ]);
  });
});
