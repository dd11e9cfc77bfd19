/** Single requests → spend per day, team, key, model and request tags. */
import type { Log } from './schema.ts';
import type { Spend } from './spend.ts';

/** Added by the proxy itself, and different with every version of a client. */
const AGENT = /^user[- ]?agent$/i;

export function spendOfLog(log: Log, keptTags: readonly string[] | undefined): Spend {
  const { tags, ...rest } = log;
  return { ...rest, tags: readTags(tags, keptTags) };
}

/**
 * "feature:search" is the tag feature with the value search, split at the first colon; plain words are together the
 * tag request_tag. Several values of one key are joined.
 */
export function readTags(
  written: readonly string[],
  kept: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  const values = new Map<string, Set<string>>();
  for (const tag of written) {
    const colon = tag.indexOf(':');
    const key = colon > 0 ? tag.slice(0, colon).trim() : 'request_tag';
    const value = (colon > 0 ? tag.slice(colon + 1) : tag).trim();
    const wanted = kept ? kept.some((one) => one.toLowerCase() === key.toLowerCase()) : !AGENT.test(key);
    if (wanted) values.set(key, (values.get(key) ?? new Set()).add(value));
  }
  return Object.fromEntries([...values].map(([key, all]) => [key, [...all].sort().join(', ')]));
}
