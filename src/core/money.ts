/**
 * Money as integer micro-units (1 USD = 1_000_000n) and its ISO 4217 currency.
 * Amounts of different currencies are never added; `addMoney` throws.
 */
import { AppError } from './errors.ts';

export const MICROS_PER_UNIT = 1_000_000n;

/** 10^-18 of the currency: bills carry up to 18 decimals, and sums are rounded to micros only once, at their end. */
export const ATTOS_PER_MICRO = 1_000_000_000_000n;

/** 10^-18 units → micros, rounded half away from zero. */
export function attosToMicros(attos: bigint): bigint {
  return divideRounded(attos, ATTOS_PER_MICRO);
}

export interface Money {
  readonly micros: bigint;
  readonly currency: string;
}

export function money(micros: bigint, currency: string): Money {
  return { micros, currency };
}

/** Sum of two amounts of one currency. Throws INVALID when the currencies differ. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency)
    throw new AppError('INVALID', `Cannot add ${a.currency} and ${b.currency} without a rate.`);
  return money(a.micros + b.micros, a.currency);
}

/** Micros as an exact decimal string in units, e.g. 1500000n → "1.5", -1n → "-0.000001". */
export function microsToDecimal(micros: bigint): string {
  const sign = micros < 0n ? '-' : '';
  const abs = micros < 0n ? -micros : micros;
  const fraction = (abs % MICROS_PER_UNIT).toString().padStart(6, '0').replace(/0+$/, '');
  return `${sign}${abs / MICROS_PER_UNIT}${fraction && `.${fraction}`}`;
}

/** A decimal string in units → micros, rounded half away from zero. Throws INVALID on anything else. */
export function decimalToMicros(text: string): bigint {
  const { digits, scale } = parseDecimal(text);
  return rescale(digits, scale, 6);
}

/** Micros as a float, for charts and statistics only; never written back as money. */
export function microsToNumber(micros: bigint): number {
  return Number(micros) / 1e6;
}

/** "-1.25e-3" → { digits: -125n, scale: 5 }, that is digits × 10^-scale, exactly. */
export function parseDecimal(text: string): { digits: bigint; scale: number } {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (!match || whole + fraction === '') throw new AppError('INVALID', `"${text}" is not a decimal number.`);
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** digits × 10^-from expressed at 10^-to, rounded half away from zero. */
export function rescale(digits: bigint, from: number, to: number): bigint {
  if (to >= from) return digits * 10n ** BigInt(to - from);
  return divideRounded(digits, 10n ** BigInt(from - to));
}

/** numerator / denominator rounded half away from zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}
