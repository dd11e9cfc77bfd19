/** Rounding that adds up: exact amounts become whole units whose sum is given (largest remainder). */

/**
 * Shares `target` whole units among exact amounts. Every amount is rounded down to whole units first; what is
 * missing to the target goes one unit each to the amounts with the largest remainders, ties to the earlier one.
 *
 * `parts` are integers in a finer unit, `unit` of which make one whole unit (parts in 10^-18, micros wanted:
 * unit 10^12). With target = the exact sum rounded, every share is within one unit of its amount and amounts
 * that are whole already stay as they are. With another target (rounding done earlier elsewhere has to be made
 * good) the difference is spread evenly first. An empty list can only take a target of 0.
 *
 * apportion([4n, 4n, 2n], 10n, 1n) → [1n, 0n, 0n]. https://en.wikipedia.org/wiki/Largest_remainders_method
 */
export function apportion(parts: readonly bigint[], unit: bigint, target: bigint): bigint[] {
  if (parts.length === 0) {
    if (target !== 0n) throw new RangeError(`Nothing to apportion ${target} to.`);
    return [];
  }
  const floors = parts.map((part) => floorDivide(part, unit));
  const missing = target - floors.reduce((sum, floor) => sum + floor, 0n);
  const count = BigInt(parts.length);
  const each = floorDivide(missing, count);
  const lucky = new Set(
    parts
      .map((part, index) => ({ index, remainder: part - (floors[index] ?? 0n) * unit }))
      .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
      .slice(0, Number(missing - each * count))
      .map(({ index }) => index),
  );
  return floors.map((floor, index) => floor + each + (lucky.has(index) ? 1n : 0n));
}

/** a / b rounded towards minus infinity, b > 0. */
function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
