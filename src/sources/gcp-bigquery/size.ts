/** Bytes and what reading them costs, for people. */

/** On demand, USD per TiB; the first TiB of a month is free. */
export const PRICE_PER_TIB = 6.25;

/** "21.5 GiB" */
export function sizeWords(bytes: bigint): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  const power = Math.min(units.length - 1, Math.max(0, Math.floor((bytes.toString(2).length - 1) / 10)));
  const value = Number(bytes) / 1024 ** power;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${units[power]}`;
}

/** "$0.13": an estimate of the on-demand price. */
export function priceWords(bytes: bigint): string {
  const price = (Number(bytes) / 1024 ** 4) * PRICE_PER_TIB;
  return price > 0 && price < 0.01 ? 'less than $0.01' : `$${price.toFixed(2)}`;
}
