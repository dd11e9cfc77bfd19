/** Polls a stand-in bucket as the flow does: each batch is used up before the next one is asked for. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { addDecimals } from '../../../src/core/decimal.ts';
import { bind } from '../../../src/sources/bind.ts';
import { focusBucket } from '../../../src/sources/focus-bucket/index.ts';
import type { FetchRequest } from '../../../src/sources/types.ts';
import { type TestAccess, testAccess, testRequest } from '../stand-in/access.ts';
import type { StandIn } from '../stand-in/server.ts';

export const source = bind(focusBucket);

export interface Polled {
  readonly origin: string;
  readonly completeThrough: string | undefined;
  readonly warnings: readonly string[];
  readonly files: readonly string[];
  readonly cursor: string | undefined;
  /** Exact BilledCost of a currency, when it was asked for. */
  billed(currency: string): string;
}

export const YEAR = { start: '2025-11-01', end: '2026-11-21' };

export async function poll(
  standIn: Pick<StandIn, 'variables' | 'options'>,
  more: Partial<FetchRequest> & {
    stopAfter?: number;
    read?: boolean;
    access?: TestAccess;
    options?: object;
  } = {},
): Promise<Polled[]> {
  const {
    stopAfter = Infinity,
    read = false,
    access = testAccess(standIn.variables),
    options,
    window = YEAR,
    ...rest
  } = more;
  const polled: Polled[] = [];
  for await (const batch of source.fetch(
    { ...standIn.options, ...options },
    testRequest(access, window, rest),
  )) {
    if (batch.kind === 'nothing') continue;
    if (batch.kind !== 'files') throw new Error('files were expected');
    const sums = read ? await Promise.all(batch.files.map(billedOf)) : [];
    polled.push({
      origin: batch.origin,
      completeThrough: batch.completeThrough,
      warnings: batch.warnings ?? [],
      files: batch.files,
      cursor: batch.cursor,
      billed: (currency) => addDecimals(...sums.map((sum) => sum.get(currency) ?? '0')) ?? '',
    });
    await batch.close();
    if (polled.length === stopAfter) break;
  }
  return polled;
}

async function billedOf(file: string): Promise<Map<string, string>> {
  const rows: Record<string, string>[] = parse(gunzipSync(await readFile(file)), { columns: true });
  const sums = new Map<string, string>();
  for (const { BillingCurrency = '', BilledCost = '' } of rows)
    sums.set(BillingCurrency, addDecimals(sums.get(BillingCurrency) ?? '0', BilledCost) ?? '');
  return sums;
}
