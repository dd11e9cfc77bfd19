/** Building blocks of the schema: every field carries its meaning, and every error is the words "expected …". */
import * as z from 'zod';

export interface FieldFacts {
  /** Type in words, e.g. "text", "list of text". */
  readonly type: string;
  /** One sentence for the reference. */
  readonly meaning: string;
  /** Default in words, when there is one. */
  readonly fallback?: string;
}

/** What the schema knows about a field, or undefined for one that only groups others. */
export function factsOf(schema: z.ZodType): FieldFacts | undefined {
  const facts = schema.meta();
  if (typeof facts?.type !== 'string' || typeof facts.meaning !== 'string') return undefined;
  const { type, meaning, fallback } = facts;
  return { type, meaning, ...(typeof fallback === 'string' && { fallback }) };
}

/** Attaches the facts; call it last, because zod keeps them per schema object. */
export function field<T extends z.ZodType>(schema: T, facts: FieldFacts): T {
  return schema.meta({ ...facts });
}

/** Trimmed, non-empty text that passes `test`. YAML scalars arrive as text, so numbers and dates do too. */
export function text(expected: string, test: (value: string) => boolean = () => true) {
  return z
    .string({ error: expected })
    .trim()
    .refine((value) => value !== '' && test(value), { error: expected });
}

/** Text without line breaks or other control characters. */
export function name(expected: string, test: (value: string) => boolean = () => true) {
  return text(expected, (value) => !/\p{Cc}/u.test(value) && test(value));
}

/** A list of texts; a single text stands for a list of one. */
export function names(expected: string, atLeast = 0) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(name('text'), { error: expected }).min(atLeast, { error: expected }),
  );
}

/** A mapping with exactly these keys. Unknown keys are told apart from a wrong type by their code. */
export function mapping<S extends z.core.$ZodLooseShape>(shape: S) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? `a mapping with ${keys}` : undefined),
  });
}

/** A list of `item`; absent means empty. */
export function listOf<T extends z.ZodType>(item: T, expected: string) {
  return z.array(item, { error: `a list of ${expected}` }).default([]);
}

/** One of a few words. */
export function oneOf<const W extends readonly string[]>(words: W) {
  return z.enum(words, { error: `one of ${words.join(', ')}` });
}
