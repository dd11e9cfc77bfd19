/** Plain data with money and times as JSON and back: amounts are kept as digits, times as ISO text. */

/** Keys that end so hold integer micros; `at` holds a time. */
const MICROS = /Micros$/;
const TIME = 'at';

export function asJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part));
}

/** What `asJson` wrote. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (key, part) => {
    if (typeof part !== 'string') return part;
    if (MICROS.test(key)) return BigInt(part);
    return key === TIME ? new Date(part) : part;
  });
}
