/** Reads what a fetch yields, and adds it up in plain BigInt. */
import { gcpBigQuery } from '../../../src/sources/gcp-bigquery/index.ts';
import { settings } from '../../../src/sources/gcp-bigquery/settings.ts';
import type { Charge, ChargeBatch, FetchRequest } from '../../../src/sources/types.ts';
import type { TruthCharge } from '../stand-in/truth.ts';

export interface Collected {
  readonly batch: ChargeBatch;
  readonly charges: readonly Charge[];
  readonly lateWarnings: readonly string[];
}

export async function collect(options: unknown, request: FetchRequest): Promise<Collected[]> {
  const collected: Collected[] = [];
  for await (const batch of gcpBigQuery.fetch(settings.parse(options), request)) {
    if (batch.kind !== 'charges') throw new Error('A batch of files was not expected.');
    const charges: Charge[] = [];
    for await (const some of batch.charges) charges.push(...some);
    collected.push({ batch, charges, lateWarnings: batch.lateWarnings?.() ?? [] });
  }
  return collected;
}

/** 10^-12 of the currency per "day service currency team". */
export type Sums = Readonly<Record<string, bigint>>;

export function sumOf(charges: readonly Charge[]): Sums {
  return add(
    charges.map((charge) => [
      `${charge.ChargePeriodStart} ${charge.ServiceName} ${charge.SubAccountId} ${charge.BillingCurrency} ${team(charge.Tags)}`,
      charge.BilledCost ?? 'unknown',
    ]),
  );
}

export function truthSum(charges: readonly TruthCharge[]): Sums {
  return add(
    charges.map((charge) => [
      `${charge.day} ${charge.service} ${charge.account} ${charge.currency} ${team(charge.tags)}`,
      charge.amount,
    ]),
  );
}

function team(tags: Readonly<Record<string, string>>): string {
  return `${tags.team === undefined ? '-' : `"${tags.team}"`} ${tags.model ?? '-'}`;
}

function add(amounts: readonly (readonly [string, string])[]): Sums {
  const sums = new Map<string, bigint>();
  for (const [key, amount] of amounts) sums.set(key, (sums.get(key) ?? 0n) + picos(amount));
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).sort());
}

function picos(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.padEnd(12, '0'));
  return decimal.startsWith('-') ? -digits : digits;
}
