/** Exact amounts of the sample bills: costs in 1e-10 of a currency, quantities in 1e-6 units, never floats. */
import { divideRounded, parseDecimal, rescale } from '../../core/money.ts';

export const COST_SCALE = 10;
export const QUANTITY_SCALE = 6;
const QUANTITY_UNIT = 10n ** BigInt(QUANTITY_SCALE);

/** "3.06" → 30600000000n. */
export function toCost(text: string): bigint {
  const { digits, scale } = parseDecimal(text);
  return rescale(digits, scale, COST_SCALE);
}

/** A rough number of units, fixed at six decimals from here on. */
export function toQuantity(units: number): bigint {
  return BigInt(Math.round(units * 1e6));
}

/** Unit price × quantity, rounded half away from zero at the tenth decimal. */
export function costOf(unitPrice: bigint, quantity: bigint): bigint {
  return divideRounded(unitPrice * quantity, QUANTITY_UNIT);
}

/** `perMille` thousandths of an amount. */
export function shareOf(amount: bigint, perMille: bigint): bigint {
  return divideRounded(amount * perMille, 1000n);
}

/** 15000n at scale 4 → "1.5". */
export function formatScaled(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}${fraction && `.${fraction}`}`;
}

export function formatCost(value: bigint): string {
  return formatScaled(value, COST_SCALE);
}
