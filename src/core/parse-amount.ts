/** An amount of money as people type it: 15000, 15,000, 15k, $15,000, €2.5k, 15000 EUR. */
import { AppError } from './errors.ts';
import { decimalToMicros, type Money, money } from './money.ts';

const SYMBOLS: Readonly<Record<string, string>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
};
const FACTORS: Readonly<Record<string, bigint>> = { '': 1n, k: 1_000n, m: 1_000_000n };
/** More than anybody's budget: surely a slip of the finger. */
const LARGEST = 1_000_000_000_000n * 1_000_000n;
const FORMS = 'Write it like 15000, 15,000, 15k, $15,000 or 2.5k EUR.';

/**
 * The amount that `text` means, in `fallback` when it names no currency. Throws INVALID in words for what is no
 * amount, could be read in two ways ("1.500"), is not positive, or is absurd.
 */
export function parseAmount(text: string, fallback: string): Money {
  const said = text.trim().slice(0, 60);
  const match =
    /^([-−+])?\s*([$€£¥₹]|[A-Za-z]{3}(?![A-Za-z]))?\s*([-−+])?(\d[\d.,_'’ ]*)([kKmM])?\s*([$€£¥₹]|[A-Za-z]{3})?$/u.exec(
      said,
    );
  if (!match) throw new AppError('INVALID', `"${said}" is not an amount.`, { hint: FORMS });
  const [, before, front, behind, digits = '', factor = '', back] = match;
  if (before === '-' || before === '−' || behind === '-' || behind === '−')
    throw new AppError('INVALID', 'A budget cannot be negative.', { hint: FORMS });
  const micros = decimalToMicros(plainNumber(digits.trim(), said)) * (FACTORS[factor.toLowerCase()] ?? 1n);
  if (micros === 0n)
    throw new AppError('INVALID', 'A budget of nothing cannot be kept.', {
      hint: 'To have no budget, remove it: budget remove SCOPE.',
    });
  if (micros > LARGEST)
    throw new AppError('INVALID', `"${said}" is more than a trillion: that looks like a slip.`, {
      hint: FORMS,
    });
  return money(micros, currencyOf(front, back, said) ?? fallback);
}

function currencyOf(front: string | undefined, back: string | undefined, said: string): string | undefined {
  const named = [front, back].flatMap((mark) => (mark ? [SYMBOLS[mark] ?? mark.toUpperCase()] : []));
  const [first, second] = named;
  if (second === undefined || first === second) return first;
  // "$15 CAD": the letters say which dollar.
  if (first === 'USD' && front === '$') return second;
  throw new AppError('INVALID', `"${said}" names two currencies.`, { hint: FORMS });
}

/** Digits with at most one decimal point. A lone separator before three digits could be either: refused, but for "15,000". */
function plainNumber(digits: string, said: string): string {
  const unclear = (why: string) =>
    new AppError('INVALID', `"${said}" could mean two things: ${why}.`, { hint: FORMS });
  if (/^\d+$/.test(digits)) return digits;
  if (/^\d{1,3}([,_'’ ]\d{3})+(\.\d{1,2})?$/u.test(digits)) return digits.replace(/[,_'’ ]/gu, '');
  if (/^\d+\.(\d{1,2}|\d{4,6})$|^0\.\d{3}$/.test(digits)) return digits;
  if (/^\d+\.\d{3}$/.test(digits)) {
    const [whole = '', rest = ''] = digits.split('.');
    throw unclear(`${whole}${rest}, or ${whole} and ${rest} thousandths`);
  }
  if (/^\d+,\d{1,2}$/.test(digits))
    throw unclear(`${digits.replace(',', '.')}, or a thousand with a digit missing`);
  if (/^\d{1,3}(\.\d{3})+(,\d{1,2})?$/.test(digits))
    throw unclear(`${digits.replace(/\./g, '').replace(',', '.')} is written without points here`);
  throw new AppError('INVALID', `"${said}" is not an amount.`, { hint: FORMS });
}
