/** Quantities as written in a file → integer micro-units. */
import { decimalToMicros } from '../../core/money.ts';

/** More of anything on one day is a mistake, and its micro-units would not fit into 64 bits. */
const MOST = 1_000_000_000_000_000_000n;

/** Plain numbers and decimals, "1200" or "1200.5" or "1.2e3", rounded to the sixth decimal; or why it is none. */
export function parseQuantity(text: string): bigint | { readonly reason: string } {
  const quoted = `"${text.slice(0, 40)}"`;
  if (text === '') return { reason: 'is empty' };
  if (/^[-−(]/.test(text)) return { reason: `${quoted} is negative` };
  if (/^\d{1,3}([,'_ \u00a0\u202f]\d{3})+(\.\d+)?$/.test(text))
    return {
      reason: `${quoted} has thousands separators: write ${text.slice(0, 40).replace(/[^\d.]/g, '')}`,
    };
  if (/^\d+,\d+$/.test(text)) return { reason: `${quoted} has a comma: write decimals with a point` };
  if (!/^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$/.test(text)) return { reason: `${quoted} is not a number` };
  const micros = decimalToMicros(text);
  if (micros > MOST) return { reason: `${quoted} is more than a million million` };
  return micros;
}
