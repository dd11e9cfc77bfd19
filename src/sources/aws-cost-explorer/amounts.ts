/** Exact amounts of several metrics at once, in attos (10^-18 of the currency). */
import { plainDecimal } from '../../core/exact-number.ts';

/** One entry per metric that was asked for, in the same order. */
export type Amounts = readonly bigint[];

const PLACES = 18;
/** Amounts of money are kept to the micro: what differs by less is how the other side rounded, not another bill. */
const MICRO = 10n ** 12n;
/** Left over by the other side's rounding (it gives ten digits or so), and no charge of its own. */
const DUST = 10n ** 10n;

/** "1.5" → 1500000000000000000n. Throws RangeError when the text is no decimal number. Digits past 10^-18 are cut off. */
export function attosOf(text: string): bigint {
  const plain = plainDecimal(text);
  const [whole = '0', fraction = ''] = plain.replace('-', '').split('.');
  const attos = BigInt(whole) * 10n ** BigInt(PLACES) + BigInt(fraction.padEnd(PLACES, '0').slice(0, PLACES));
  return plain.startsWith('-') ? -attos : attos;
}

/** The exact decimal text: 1500000000000000000n → "1.5". */
export function decimalOfAttos(attos: bigint): string {
  const digits = (attos < 0n ? -attos : attos).toString().padStart(PLACES + 1, '0');
  const text = plainDecimal(`${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`);
  return attos < 0n ? `-${text}` : text;
}

export function plus(a: Amounts, b: Amounts): Amounts {
  return a.map((amount, index) => amount + (b[index] ?? 0n));
}

export function minus(a: Amounts, b: Amounts): Amounts {
  return a.map((amount, index) => amount - (b[index] ?? 0n));
}

/** Empty when there is nothing to add. */
export function sumOf(list: readonly Amounts[]): Amounts {
  return list.length === 0 ? [] : list.reduce(plus);
}

export function isZero(amounts: Amounts): boolean {
  return amounts.every((amount) => amount === 0n);
}

/** Whether no metric differs from zero by a micro or more. */
export function isRounding(amounts: Amounts): boolean {
  return amounts.every((amount) => magnitude(amount) < MICRO);
}

export function isDust(amounts: Amounts): boolean {
  return amounts.every((amount) => magnitude(amount) < DUST);
}

export function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
