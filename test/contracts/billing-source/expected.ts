/** What the store must hold, added up from the truth in plain BigInt: no function of the program is asked. */
import type { TruthCharge } from '../../sources/stand-in/truth.ts';

/** Micros as text per "day currency" or currency. */
export type Sums = Readonly<Record<string, string>>;

/** 10^-18 of the currency. */
const SCALE = 18;
const PER_MICRO = 10n ** 12n;

export function sumsPerDay(charges: readonly TruthCharge[]): Sums {
  return sumsBy(charges, ({ day, currency }) => `${day} ${currency}`);
}

/** Per currency: added with all decimals and rounded once. */
export function totalsOf(charges: readonly TruthCharge[]): Sums {
  return sumsBy(charges, ({ currency }) => currency);
}

/** "-12.5" → micros, as text. */
export function microsOf(decimal: string): string {
  return String(toMicros(toAttos(decimal)));
}

function sumsBy(charges: readonly TruthCharge[], keyOf: (charge: TruthCharge) => string): Sums {
  const exact = new Map<string, bigint>();
  for (const charge of charges) {
    const key = keyOf(charge);
    exact.set(key, (exact.get(key) ?? 0n) + toAttos(charge.amount));
  }
  return Object.fromEntries(
    [...exact].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, attos]) => [key, String(toMicros(attos))]),
  );
}

function toAttos(decimal: string): bigint {
  const negative = decimal.startsWith('-');
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const attos = BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
  return negative ? -attos : attos;
}

/** Rounded half away from zero. */
function toMicros(attos: bigint): bigint {
  const size = attos < 0n ? -attos : attos;
  const rounded = (size + PER_MICRO / 2n) / PER_MICRO;
  return attos < 0n ? -rounded : rounded;
}
