/** What Azure says about its quotas in headers: how long to wait, and how much is left. */

const RETRY_AFTER = /^x-ms-ratelimit-microsoft\.(costmanagement-[a-z]+|consumption)-retry-after$/;
const REMAINING = 'x-ms-ratelimit-microsoft.costmanagement-qpu-remaining';

/** Milliseconds between queries: twelve query units in ten seconds and sixty in a minute are allowed. */
const BETWEEN = 1000;

/** The longest wait, in milliseconds, of those that the quotas of query units, entity, tenant and client ask for. */
export function throttledFor(headers: Headers): number | undefined {
  const seconds = [...headers]
    .filter(([name, value]) => RETRY_AFTER.test(name) && value.trim() !== '')
    .map(([, value]) => Number(value))
    .filter((value) => Number.isFinite(value) && value >= 0);
  return seconds.length > 0 ? Math.max(...seconds) * 1000 : undefined;
}

/** Milliseconds to wait before the next query: longer when a quota ("QueriesPerHour:577,QueriesPerMin:59") runs out. */
export function pauseAfter(headers: Headers): number {
  const left = (headers.get(REMAINING) ?? '').matchAll(/([A-Za-z0-9]+)\s*:\s*(\d+)/g);
  const waits = [...left].filter(([, , count]) => Number(count) <= 1).map(([, quota = '']) => refill(quota));
  return Math.max(BETWEEN, ...waits);
}

function refill(quota: string): number {
  if (/hour/i.test(quota)) return 60_000;
  return /min/i.test(quota) ? 30_000 : 10_000;
}
