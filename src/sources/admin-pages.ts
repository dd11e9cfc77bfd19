/** Pages of daily buckets, and amounts as they are written: shapes that organisation APIs of language models share. */
import * as z from 'zod';
import { AppError } from '../core/errors.ts';
import { plainDecimal } from '../core/exact-number.ts';

export interface Page {
  readonly hasMore: boolean;
  readonly nextPage: string | undefined;
}

/** Every page, to the last. Throws UPSTREAM when a cursor is missing or comes again: half a bill is no bill. */
export async function* readPages<P extends Page>(
  vendor: string,
  ask: (page: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  const seen = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const page = await ask(cursor);
    yield page;
    if (!page.hasMore) return;
    cursor = page.nextPage;
    if (cursor === undefined || seen.has(cursor))
      throw new AppError('UPSTREAM', `${vendor} says that there is more, but not where it goes on.`, {
        hint: 'Nothing of these days was taken. This is tried again by itself.',
        cause: new Error(cursor === undefined ? 'no cursor' : 'the same cursor again'),
      });
    seen.add(cursor);
  }
}

/** A JSON number, or a decimal number in text, as plain decimal text. */
export const Decimal = z
  .union([z.number(), z.string()], { error: 'expected an amount' })
  .transform((value, context) => {
    const written = String(value).trim();
    // A zero of decimal arithmetic may come with an exponent of thousands.
    if (/^[+-]?0+(\.0*)?(e[+-]?\d+)?$/i.test(written)) return '0';
    try {
      return plainDecimal(written);
    } catch {
      context.addIssue({ code: 'custom', message: 'expected an amount' });
      return z.NEVER;
    }
  });

/** ISO 4217, upper-cased. */
export const Currency = z
  .string({ error: 'expected a currency' })
  .regex(/^[A-Za-z]{3}$/, { error: 'expected a currency of three letters' })
  .transform((code) => code.toUpperCase());

/** How many of something: whole and not negative. */
export const Count = z
  .int({ error: 'expected a whole number' })
  .nonnegative({ error: 'expected no negative number' })
  .transform(BigInt);

/** Text that may be absent, null or empty; undefined then. */
export const Name = z
  .string()
  .nullish()
  .transform((text) => text || undefined);
