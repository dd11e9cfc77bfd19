/** Rows of Google's exports for charges of the truth: append-only, with corrections, credits and export times. */
import { addDays, endOfMonth } from '../../../src/core/day.ts';
import type { GcpExport } from './gcp-columns.ts';
import type { TruthCharge } from './truth.ts';

/** A row as BigQuery's columns, beside the time of its partition. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** What was exported: a charge (or its reversal, sign -1) at a time. */
export interface Exported {
  readonly charge: TruthCharge;
  readonly sign: 1 | -1;
  readonly at: string;
  /** Decides about credits, so that a reversal mirrors its row. */
  readonly variant: number;
}

/**
 * What the export holds after a bill changed: rows are only ever added. What is new is exported now, what is gone is
 * reversed now.
 */
export function append(
  before: readonly Exported[],
  charges: readonly TruthCharge[],
  bills: number,
): Exported[] {
  const last = charges.reduce((newest, { day }) => (day > newest ? day : newest), '2000-01-01');
  const now = `${last}T08:${String(bills).padStart(2, '0')}:00Z`;
  const standing = new Map<string, Exported[]>();
  for (const row of before) {
    const same = standing.get(keyOf(row.charge)) ?? [];
    if (row.sign === 1) same.push(row);
    else same.pop();
    standing.set(keyOf(row.charge), same);
  }
  const added = charges.flatMap((charge, index): Exported[] => {
    if (standing.get(keyOf(charge))?.pop()) return [];
    const usual = `${addDays(charge.day, 1)}T06:00:00Z`;
    const at = before.length === 0 && usual < now ? usual : now;
    return [{ charge, sign: 1, at, variant: index % 3 }];
  });
  const gone = [...standing.values()].flat().map((row): Exported => ({ ...row, sign: -1, at: now }));
  return [...before, ...added, ...gone];
}

export function rowOf(kind: GcpExport, exported: Exported): ExportRow {
  return kind === 'focus' ? focusRow(exported) : usageRow(kind, exported);
}

function usageRow(kind: GcpExport, { charge, sign, at, variant }: Exported): ExportRow {
  const { day, service, account, amount, currency, tags } = charge;
  const credits =
    [
      [credit('Negotiated discount', 'DISCOUNT', -1.25), credit('Free trial credit', 'PROMOTION', -2.5)],
      [
        credit('Sustained Usage Discount', 'SUSTAINED_USAGE_DISCOUNT', -0.5),
        credit('Sustained Usage Discount', 'SUSTAINED_USAGE_DISCOUNT', -0.5),
      ],
      [],
    ][variant] ?? [];
  const cost = plus(amount, [3.75, 1, 0][variant] ?? 0);
  return {
    _PARTITIONTIME: `${at.slice(0, 10)}T00:00:00Z`,
    billing_account_id: '01ABCD-234567-89EFAB',
    service: { id: `6F81-${service.slice(-2)}`, description: service },
    sku: { id: `A1B2-${service.slice(-2)}`, description: `${service} core hours` },
    usage_start_time: `${day}T23:00:00Z`,
    usage_end_time: `${addDays(day, 1)}T00:00:00Z`,
    project: {
      id: account,
      number: account,
      name: `Project ${account}`,
      labels: [{ key: 'environment', value: 'prod' }],
    },
    labels: Object.entries(tags).map(([key, value]) => ({ key, value })),
    system_labels: [{ key: 'compute.googleapis.com/cores', value: '4' }],
    location: { location: 'europe-west1', country: 'BE', region: 'europe-west1', zone: 'europe-west1-b' },
    tags: [],
    export_time: at,
    cost: sign * cost,
    currency,
    currency_conversion_rate: 1,
    credits: credits.map((one) => ({ ...one, amount: sign * one.amount })),
    // The use of a month's last day is billed with the next month.
    invoice: { month: (day === endOfMonth(day) ? addDays(day, 1) : day).slice(0, 7).replace('-', '') },
    cost_type: amount.startsWith('-') ? 'adjustment' : 'regular',
    transaction_type: 'GOOGLE',
    cost_at_list: sign * (cost + 1),
    ...(kind === 'detailed' && {
      resource: {
        name: `vm-${account}`,
        global_name: `//compute.googleapis.com/projects/${account}/vm-${account}`,
      },
    }),
  };
}

function focusRow({ charge, sign, at }: Exported): ExportRow {
  const { day, service, account, amount, currency, tags } = charge;
  const net = sign === 1 ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
  return {
    _PARTITIONTIME: `${at.slice(0, 10)}T00:00:00Z`,
    BilledCost: net,
    EffectiveCost: net,
    ListCost: null,
    ContractedCost: net,
    BillingPeriodStart: `${day.slice(0, 7)}-01T08:00:00Z`,
    ChargePeriodStart: `${day}T23:00:00Z`,
    BillingAccountId: '01ABCD-234567-89EFAB',
    BillingCurrency: currency,
    ChargeCategory: amount.startsWith('-') ? 'Credit' : 'Usage',
    ChargeDescription: `${service} core hours`,
    ProviderName: 'Google Cloud',
    PublisherName: 'Google Cloud',
    RegionId: 'europe-west1',
    ResourceName: `vm-${account}`,
    ServiceName: service,
    SkuId: `A1B2-${service.slice(-2)}`,
    SubAccountId: account,
    x_ExportTime: at,
    x_Labels: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    x_ProjectLabels: [{ Key: 'environment', Value: 'prod' }],
  };
}

function credit(name: string, type: string, amount: number) {
  return { name, full_name: name, id: name, type, amount };
}

/** The floating point number nearest to the exact sum, as Google's exports hold it. */
function plus(decimal: string, more: number): number {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const digits =
    BigInt(whole + fraction.padEnd(12, '0')) * (negative ? -1n : 1n) + BigInt(more * 100) * 10n ** 10n;
  const text = (digits < 0n ? -digits : digits).toString().padStart(13, '0');
  return Number(`${digits < 0n ? '-' : ''}${text.slice(0, -12)}.${text.slice(-12)}`);
}

function keyOf(charge: TruthCharge): string {
  return JSON.stringify(charge);
}
