import { afterEach, beforeEach, expect, it } from 'vitest';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type GcpStandIn, startGcpBigQuery } from '../stand-in/gcp-bigquery.ts';
import { append, type ExportRow, rowOf } from '../stand-in/gcp-rows.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { collect } from './collect.ts';

let standIn: GcpStandIn;
beforeEach(async () => {
  standIn = await startGcpBigQuery();
});
afterEach(() => standIn.close());

const DAY = '2026-11-18';
const TEMPLATE: ExportRow = {
  ...append([], truthCharges({ start: DAY, end: DAY, services: 1 }), 0).map((one) =>
    rowOf('standard', one),
  )[0],
  cost: 10,
  cost_at_list: 12,
  credits: [],
  labels: [],
  cost_type: 'regular',
};

async function chargesOf(...rows: ExportRow[]) {
  standIn.add(rows.map((row) => ({ ...TEMPLATE, ...row })));
  const [batch] = await collect(
    standIn.options,
    testRequest(testAccess(standIn.variables), { start: DAY, end: '2026-11-20' }),
  );
  return batch?.charges ?? [];
}

const credit = (type: string, amount: number) => ({ name: type, type, amount });

it('counts the cost once however many credits a row has', async () => {
  const charges = await chargesOf({
    credits: [
      credit('SUSTAINED_USAGE_DISCOUNT', -1),
      credit('DISCOUNT', -2),
      credit('PROMOTION', -3),
      credit('NEW_KIND', -0.5),
    ],
  });
  expect(charges).toMatchObject([
    { ChargeCategory: 'Usage', BilledCost: '7', EffectiveCost: '7', ContractedCost: '10', ListCost: '12' },
    { ChargeCategory: 'Credit', BilledCost: '-3.5', EffectiveCost: '-3.5', ListCost: '0' },
  ]);
});

it('files use under its UTC day and under the month of its invoice', async () => {
  const charges = await chargesOf({ usage_start_time: '2026-11-18T23:59:59Z', invoice: { month: '202612' } });
  expect(charges).toMatchObject([{ ChargePeriodStart: '2026-11-18', BillingPeriodStart: '2026-12-01' }]);
});

it('tells taxes, adjustments and rounding, also negative ones and those of no project', async () => {
  const charges = await chargesOf(
    { cost_type: 'tax', cost: 1.9, project: null },
    { cost_type: 'adjustment', cost: -4 },
    { cost_type: 'rounding_error', cost: 0.01, service: { id: null, description: null } },
  );
  const seen = charges.map(({ ChargeCategory, BilledCost, SubAccountId, ServiceName }) => [
    ChargeCategory,
    BilledCost,
    SubAccountId,
    ServiceName,
  ]);
  expect(seen.sort()).toEqual([
    ['Adjustment', '-4', expect.any(String), 'Service 01'],
    ['Adjustment', '0.01', expect.any(String), '(no service)'],
    ['Tax', '1.9', undefined, 'Service 01'],
  ]);
});

it('keeps only the labels that are wanted; those of the resource before those of its project', async () => {
  const charges = await chargesOf({
    labels: [
      { key: 'team', value: 'search' },
      { key: 'random-id', value: 'x1' },
      { key: 'environment', value: '' },
    ],
    project: {
      id: 'acme-ml',
      name: 'ML',
      labels: [
        { key: 'team', value: 'platform' },
        { key: 'cost-center', value: 'κ$1' },
      ],
    },
    tags: [
      { key: 'team', value: 'tag' },
      { key: 'model', value: 'bert' },
    ],
  });
  expect(charges[0]?.Tags).toEqual({ team: 'search', environment: '', 'cost-center': 'κ$1', model: 'bert' });
});

it('adds up rows that differ in nothing that is kept', async () => {
  const charges = await chargesOf(
    { cost: 0.1, labels: [{ key: 'pod', value: 'a' }], cost_at_list: null },
    { cost: 0.2, labels: [{ key: 'pod', value: 'b' }] },
  );
  // 0.1 + 0.2 of floating point numbers would be 0.30000000000000004; one list price is unknown.
  expect(charges).toMatchObject([{ BilledCost: '0.3', ListCost: null }]);
});

it('leaves out what cost nothing', async () => {
  expect(await chargesOf({ cost: 0, cost_at_list: 0 })).toEqual([]);
});
