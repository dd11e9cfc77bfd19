/** Sets up a poll of the stand-in. */

import { addDecimals } from '../../../src/core/decimal.ts';
import { awsCostExplorer } from '../../../src/sources/aws-cost-explorer/index.ts';
import { bind } from '../../../src/sources/bind.ts';
import type {
  Charge,
  ChargeBatch,
  EvidenceItem,
  FetchRequest,
  HourCharge,
} from '../../../src/sources/types.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type AwsOptions, type AwsStandIn, startAwsCostExplorer } from '../stand-in/aws-cost-explorer.ts';
import type { TruthCharge } from '../stand-in/truth.ts';

export const source = bind(awsCostExplorer);

export interface Polled {
  readonly charges: Charge[];
  readonly hours: HourCharge[];
  readonly batches: ChargeBatch[];
  readonly warnings: string[];
  readonly evidence: EvidenceItem[];
  readonly counts: { sent: number; failed: number };
}

export async function withStandIn<T>(
  options: AwsOptions,
  use: (standIn: AwsStandIn) => Promise<T>,
): Promise<T> {
  const standIn = await startAwsCostExplorer(options);
  try {
    return await use(standIn);
  } finally {
    await standIn.close();
  }
}

/** Fetches a window as a poll does, without evidence unless asked for. */
export async function poll(
  standIn: AwsStandIn,
  window: { start: string; end: string },
  more: {
    settings?: Record<string, unknown>;
    budget?: number;
    variables?: Record<string, string>;
    request?: Partial<FetchRequest>;
  } = {},
): Promise<Polled> {
  const access = testAccess(
    { ...standIn.variables, ...more.variables },
    more.budget === undefined ? {} : { budget: more.budget },
  );
  const polled: Polled = {
    charges: [],
    hours: [],
    batches: [],
    warnings: [],
    evidence: [],
    counts: access.counts,
  };
  const settings = { ...standIn.options, evidence: 'no', ...more.settings };
  for await (const batch of source.fetch(settings, testRequest(access, window, more.request))) {
    if (batch.kind !== 'charges') throw new Error('These are files.');
    for await (const some of batch.charges) polled.charges.push(...some);
    polled.hours.push(...(batch.hours?.() ?? []));
    polled.batches.push(batch);
    polled.warnings.push(...(batch.warnings ?? []));
    polled.evidence.push(...(batch.evidence ?? []));
  }
  return polled;
}

/** Exact sums by day, service, account, tags and currency. */
export function sums(rows: readonly (readonly [key: string, amount: string | null])[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, amount] of rows) found.set(key, addDecimals(found.get(key) ?? '0', amount ?? '0') ?? '0');
  return new Map(
    [...found].filter(([, amount]) => Number(amount) !== 0).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

export function ofCharges(charges: readonly Charge[]) {
  return sums(
    charges.map((charge) => [
      cell(
        charge.ChargePeriodStart,
        charge.ServiceName,
        charge.SubAccountId,
        charge.Tags,
        charge.BillingCurrency,
      ),
      charge.BilledCost,
    ]),
  );
}

/** An empty tag is the same as none in AWS's bill. */
export function ofTruth(charges: readonly TruthCharge[]) {
  return sums(
    charges.map((charge) => {
      const tags = Object.fromEntries(Object.entries(charge.tags).filter(([, value]) => value !== ''));
      return [cell(charge.day, charge.service, charge.account, tags, charge.currency), charge.amount];
    }),
  );
}

function cell(
  day: string,
  service: string,
  account: string | undefined,
  tags: object,
  currency: string,
): string {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([day, service, account, sorted, currency]);
}
