/** Numbers of vendors' JSON as plain decimal text: what the number was written as, without exponents. */

/** "0.0000012" for 1.2e-6. Throws RangeError for NaN and infinities: they are no amounts. */
export function decimalOf(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not an amount.`);
  return plainDecimal(String(value));
}

/** Decimal text without exponent: "1.2E-6" → "0.0000012". Throws RangeError when it is not a decimal number. */
export function plainDecimal(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text.trim());
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (!match || whole + fraction === '')
    throw new RangeError(`"${text.slice(0, 40)}" is not a decimal number.`);
  const digits = `${whole}${fraction}`;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = point <= 0 ? 1 : point;
  const [before, after] = [padded.slice(0, at).replace(/^0+(?=\d)/, ''), padded.slice(at).replace(/0+$/, '')];
  const plain = after === '' ? before : `${before}.${after}`;
  return sign === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain;
}
