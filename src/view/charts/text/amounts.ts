/** Amounts as words inside charts: compact on axes, in full in alt text; virtual currencies survive. */
import { microsToNumber } from '../../../core/money.ts';

/** Longest currency name drawn; bills may call a virtual currency anything. */
const MAX_CURRENCY_LENGTH = 12;

/** 1234.5, "USD" → "$1.23k"; 1200, "TOKENS" → "1.2k TOKENS". `value` in units of the currency. */
export function compactAmount(value: number, currency: string): string {
  return format(value, currency, { notation: 'compact', maximumSignificantDigits: 3 }).replace(
    /(\d)K/,
    '$1k',
  );
}

/** Micros as a sum for reading: "$12,480", "$4.20", "$0.0031"; digits beyond what helps are left out. */
export function fullAmount(micros: bigint, currency: string): string {
  const value = microsToNumber(micros);
  const size = Math.abs(value);
  if (size > 0 && size < 0.01) return format(value, currency, { maximumSignificantDigits: 2 });
  const digits = size >= 100 ? 0 : 2;
  return format(value, currency, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** What one unit costs, which may be far below a cent: "$12.40", "$0.412", "$0.40", "$0.000310". In units of the currency. */
export function unitAmount(value: number, currency: string): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 1 || size === 0 ? 2 : threeDigits(size);
  return format(value, currency, {
    minimumFractionDigits: Math.min(2, digits),
    maximumFractionDigits: digits,
  });
}

/** An amount on the axis of a chart of lines, or beside a point: compact, but cents always have two digits. */
export function axisAmount(value: number, currency: string): string {
  const size = Math.abs(value);
  return size >= 0.01 && size < 1 ? unitAmount(value, currency) : compactAmount(value, currency);
}

/** Digits after the point that show three that count; no more than Intl takes. */
function threeDigits(size: number): number {
  return Math.min(20, 2 - Math.floor(Math.log10(size)));
}

/** part ÷ whole as "63 %"; a share that would round to nothing is "under 1 %". */
export function share(part: bigint, whole: bigint): string {
  const percent = (microsToNumber(part) / microsToNumber(whole)) * 100;
  if (percent > 0 && percent < 1) return 'under 1 %';
  return `${Math.round(percent)} %`;
}

function format(value: number, currency: string, options: Intl.NumberFormatOptions): string {
  const plain = value === 0 ? 0 : value;
  if (isCurrencyCode(currency)) {
    const wanted: Intl.NumberFormatOptions = { ...options, style: 'currency', currency };
    return tidy(new Intl.NumberFormat('en-US', wanted).format(plain));
  }
  return tidy(
    `${new Intl.NumberFormat('en-US', options).format(plain)} ${currency.slice(0, MAX_CURRENCY_LENGTH)}`,
  );
}

/** Ordinary spaces, and a minus sign as wide as a plus. */
function tidy(text: string): string {
  return text.replaceAll('\u00a0', ' ').replace('-', '−').trimEnd();
}

/** Intl accepts three letters only and throws on anything else. */
function isCurrencyCode(currency: string): boolean {
  return /^[A-Za-z]{3}$/.test(currency);
}
