/** Spend of one day, team, key, model and set of request tags: what both ways of asking come down to. */

import type { Day } from '../../core/day.ts';
import { addDecimals } from '../../core/decimal.ts';
import type { Metrics } from './schema.ts';

export interface Spend {
  readonly day: Day;
  /** As the proxy names them; undefined where it does not say. */
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  /** Hash of the key. */
  readonly key?: string | undefined;
  readonly keyAlias?: string | undefined;
  readonly teamId?: string | undefined;
  readonly teamAlias?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly metrics: Metrics;
}

export const NOTHING: Metrics = {
  spend: '0',
  prompt: 0n,
  output: 0n,
  cacheRead: 0n,
  cacheWrite: 0n,
  requests: 0n,
};

export interface SpendSums {
  add(spend: Spend): void;
  list(): readonly Spend[];
}

/** Adds up what differs in nothing but its amounts, exactly. */
export function createSpendSums(): SpendSums {
  const sums = new Map<string, Spend>();
  return {
    add(spend) {
      const { metrics, tags, ...rest } = spend;
      const key = JSON.stringify([Object.entries(rest).sort(), Object.entries(tags).sort()]);
      const before = sums.get(key);
      sums.set(key, before ? { ...before, metrics: addMetrics(before.metrics, metrics) } : spend);
    },
    list: () => [...sums.values()],
  };
}

export function addMetrics(a: Metrics, b: Metrics): Metrics {
  return {
    spend: addDecimals(a.spend, b.spend) ?? '0',
    prompt: a.prompt + b.prompt,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    requests: a.requests + b.requests,
  };
}
