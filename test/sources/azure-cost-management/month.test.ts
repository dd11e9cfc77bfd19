/** The synthetic month, asked for two groupings at a time, is the month that was billed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AzureStandIn, startAzureCostManagement } from '../stand-in/azure-cost-management.ts';
import { subscriptionOf } from '../stand-in/azure-query.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { chargeSums, collect, sums, truthSums } from './collect.ts';

const OCTOBER = { start: '2026-10-01', end: '2026-10-31' };
const truth = truthCharges({ ...OCTOBER, services: 5, currencies: ['EUR', 'USD'], seed: 3 });

describe('a month of two currencies', () => {
  let standIn: AzureStandIn;
  beforeAll(async () => {
    standIn = await startAzureCostManagement({
      pageSize: 150,
      chargeType: ({ amount }) => (amount.startsWith('-') ? 'Refund' : 'Usage'),
    });
    standIn.bill(truth);
  });
  afterAll(() => standIn.close());

  it('adds up to the digit per day, service, subscription and tag', async () => {
    const { charges, warnings, days } = await collect(standIn, OCTOBER);
    expect(warnings).toEqual([]);
    expect(days).toEqual([OCTOBER]);
    expect(chargeSums(charges)).toEqual(truthSums(truth));
    expect(chargeSums(charges, 'EffectiveCost')).toEqual(truthSums(truth));
    const fine = sums(
      truth,
      ({ day, service, account, tags, currency }) =>
        [day, service, subscriptionOf(account), tags.team || '-', tags.model || '-', currency].join(' | '),
      ({ amount }) => amount,
    );
    expect(
      sums(
        charges,
        ({ ChargePeriodStart, ServiceName, SubAccountId, Tags, BillingCurrency }) =>
          [
            ChargePeriodStart,
            ServiceName,
            SubAccountId,
            Tags.team ?? '-',
            Tags.model ?? '-',
            BillingCurrency,
          ].join(' | '),
        ({ BilledCost }) => BilledCost,
      ),
    ).toEqual(fine);
    expect(charges.some(({ Tags }) => Tags.team === 'данные')).toBe(true);
    expect(charges.some(({ Tags }) => Tags.team === 'cost$center')).toBe(true);
    expect(charges.filter(({ ChargeClass }) => ChargeClass === 'Correction').length).toBeGreaterThan(5);
    expect(standIn.queries.every(({ definition }) => definition.dataset.grouping?.length === 2)).toBe(true);
    expect(standIn.queries.every(({ headers }) => headers.clienttype === 'Pennywatch')).toBe(true);
  });

  it('is the same under trouble, without counting a page twice', async () => {
    const calm = await collect(standIn, OCTOBER, {});
    standIn.trouble({ rate: 0.3, seed: 4 });
    const { charges, access } = await collect(standIn, OCTOBER, {});
    standIn.trouble(undefined);
    expect(access.counts.failed).toBeGreaterThan(3);
    expect(charges).toEqual(calm.charges);
  });
});
