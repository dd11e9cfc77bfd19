/** Waiting by what Azure says is left of its quotas. */
import { expect, it } from 'vitest';
import { pauseAfter, throttledFor } from '../../../src/sources/azure-cost-management/quota.ts';

const REMAINING = 'x-ms-ratelimit-microsoft.costmanagement-qpu-remaining';

it.each([
  [{}, 1000],
  [{ [REMAINING]: 'QueriesPerHour:577,QueriesPerMin:59' }, 1000],
  [{ [REMAINING]: 'QueriesPerHour:577,QueriesPer10Sec:1' }, 10_000],
  [{ [REMAINING]: 'QueriesPerHour:500,QueriesPerMin:0' }, 30_000],
  [{ [REMAINING]: 'QueriesPerHour:1,QueriesPerMin:1' }, 60_000],
  [{ [REMAINING]: 'something else' }, 1000],
])('%j makes the next query wait', (headers, wait) => {
  expect(pauseAfter(new Headers(headers as Record<string, string>))).toBe(wait);
});

it.each([
  [{}, undefined],
  [{ 'x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after': '' }, undefined],
  [{ 'x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after': 'soon' }, undefined],
  [
    {
      'x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after': '9',
      'x-ms-ratelimit-microsoft.costmanagement-entity-retry-after': '40',
      'x-ms-ratelimit-microsoft.consumption-retry-after': '12',
    },
    40_000,
  ],
])('%j asks to wait', (headers, wait) => {
  expect(throttledFor(new Headers(headers as Record<string, string>))).toBe(wait);
});
