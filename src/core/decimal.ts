/** Exact decimal text: sums before rounding. Money that was rounded is in money.ts. */
import { parseDecimal, rescale } from './money.ts';

/** digits × 10^-scale as plain text without exponent or trailing zeros: (-1250n, 3) → "-1.25", 0n → "0". */
export function formatDecimal(digits: bigint, scale: number): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = scale === 0 ? '' : text.slice(-scale).replace(/0+$/, '');
  return `${sign}${whole}${fraction && `.${fraction}`}`;
}

/** Exact sum of decimal texts; null stands for unknown and adds nothing. null when every one is null. */
export function addDecimals(...texts: readonly (string | null)[]): string | null {
  const known = texts.filter((text) => text !== null).map(parseDecimal);
  if (known.length === 0) return null;
  const scale = Math.max(...known.map((part) => part.scale));
  return formatDecimal(
    known.reduce((sum, part) => sum + rescale(part.digits, part.scale, scale), 0n),
    scale,
  );
}

/** a − b; a null counts as 0 when the other is known. */
export function subtractDecimals(a: string | null, b: string | null): string | null {
  if (b === null) return a;
  const { digits, scale } = parseDecimal(b);
  return addDecimals(a, formatDecimal(-digits, scale));
}

/** Whether a decimal text is nothing: "0", "-0.000". */
export function isZeroDecimal(text: string): boolean {
  return !/[1-9]/.test(text.replace(/e.*$/i, ''));
}
