/** How people call what belongs to a label. */

export const TIMES = 'timestamp time date ds datetime day at t ts stamp index idx row step position i'.split(
  ' ',
);

const YES: ReadonlySet<unknown> = new Set([1, true, '1', '1.0', 'true', 'yes', 'anomaly']);
const NO: ReadonlySet<unknown> = new Set([0, false, '0', '0.0', 'false', 'no', 'normal', '']);

/** 0 and 1 in their spellings; undefined for anything else. */
export function flagOf(value: unknown): boolean | undefined {
  const said = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (YES.has(said)) return true;
  return NO.has(said) ? false : undefined;
}

/** "Start_Time" and "startTime" are "starttime". */
export function bareKey(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Looks a field up by the first of some names that has a value. */
export function pickFrom(item: object): (names: readonly string[]) => unknown {
  const entries = new Map(Object.entries(item).map(([key, value]) => [bareKey(key), value as unknown]));
  return (names) =>
    names.map((name) => entries.get(name)).find((value) => value !== undefined && value !== null);
}
