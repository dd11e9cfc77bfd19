/** Numbers as people's files write them. */

const UNKNOWN = new Set([
  '',
  'nan',
  'na',
  'n/a',
  'null',
  'none',
  'nil',
  '-',
  '--',
  '?',
  '.',
  'inf',
  '+inf',
  '-inf',
]);
const GROUPED = /^\d{1,3}(,\d{3})+(\.\d+)?$/;
const GROUPED_WITH_POINTS = /^\d{1,3}(\.\d{3})+(,\d+)?$/;
const PLAIN = /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * 12.5, -3, 1,234.50, $1,234, (12.50) for −12.50, 1e-3; with `decimalComma` also 1.234,50 and 12,5. NaN for what
 * means unknown (nothing, NaN, null, n/a …), undefined for what is no number.
 */
export function parseValue(text: string, decimalComma = false): number | undefined {
  const said = text.trim();
  if (UNKNOWN.has(said.toLowerCase()) || /^[+-]?infinity$/i.test(said)) return Number.NaN;
  const booked = /^\((.*)\)$/.exec(said);
  const match = /^([-−+])?\s*(?:[$€£¥₹]\s*([-−+])?)?(.*?)\s*(?:[$€£¥₹]|[A-Z]{3})?$/.exec(booked?.[1] ?? said);
  const digits = plain(match?.[3] ?? '', decimalComma);
  if (!PLAIN.test(digits)) return undefined;
  const signs = [booked?.[0], match?.[1], match?.[2]].filter((sign) => sign !== undefined);
  if (signs.length > 1) return undefined;
  const size = Number(digits);
  // Beyond what a number holds: nothing can be reckoned with it.
  if (!Number.isFinite(size)) return Number.NaN;
  return signs.some((sign) => sign !== '+') ? -size : size;
}

function plain(digits: string, decimalComma: boolean): string {
  if (decimalComma && GROUPED_WITH_POINTS.test(digits)) return digits.replaceAll('.', '').replace(',', '.');
  if (decimalComma && /^\d+,\d+$/.test(digits)) return digits.replace(',', '.');
  return GROUPED.test(digits) ? digits.replaceAll(',', '') : digits;
}
