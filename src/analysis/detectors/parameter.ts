/** Parameters of detectors: numbers with a meaning and a default, from settings (where they arrive as text) or code. */
import * as z from 'zod';
import { field } from '../../core/field.ts';

interface NumberFacts {
  /** One sentence for the reference. */
  readonly meaning: string;
  readonly least: number;
  readonly most: number;
  /** Only whole numbers. */
  readonly whole?: boolean;
}

/** A number, or the text of one, with a default. */
export function numberWith(fallback: number, facts: NumberFacts) {
  const schema = z.preprocess(numberOf, bounded(facts)).default(fallback);
  return field(schema, { type: 'number', meaning: facts.meaning, fallback: String(fallback) });
}

/** A number, or the text of one, that may be left out. */
export function optionalNumber(facts: NumberFacts & { readonly otherwise: string }) {
  const schema = z.preprocess(numberOf, bounded(facts).optional()).optional();
  return field(schema, { type: 'number', meaning: facts.meaning, fallback: facts.otherwise });
}

function bounded({ least, most, whole = false }: NumberFacts) {
  const error = `${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`;
  const schema = z.number({ error }).min(least, { error }).max(most, { error });
  return whole ? schema.int({ error }) : schema;
}

function numberOf(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}
