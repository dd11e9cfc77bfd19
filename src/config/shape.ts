/** Checks the document against the schema: every wrong type, missing and unknown key at once. */
import * as z from 'zod';
import { closest } from './closest.ts';
import { mismatch, type Step } from './problem.ts';
import { PennywatchYaml } from './schema.ts';

/** A mistake at a path, not yet with its line. */
export interface Finding {
  readonly path: readonly Step[];
  readonly message: string;
}

export type Checked =
  | { readonly value: PennywatchYaml; readonly findings?: undefined }
  | { readonly value?: undefined; readonly findings: readonly Finding[] };

export function checkShape(data: unknown): Checked {
  const result = PennywatchYaml.safeParse(data);
  if (result.success) return { value: result.data };
  return { findings: result.error.issues.flatMap((issue) => explainIssue(issue, data, PennywatchYaml)) };
}

/** What `schema` finds wrong with `data`, in words; `more` are keys that are known beside the schema's own at the top. */
export function explainIssue(
  issue: z.core.$ZodIssue,
  data: unknown,
  schema: z.ZodType,
  more: readonly string[] = [],
): Finding[] {
  const path = issue.path.filter((step): step is Step => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = [...knownKeys(schema, path), ...(path.length === 0 ? more : [])];
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key, known) }));
  }
  const value = valueAt(data, path);
  const meant =
    issue.code === 'invalid_value' && typeof value === 'string'
      ? closest(value, issue.values.map(String))
      : undefined;
  return [{ path, message: mismatch(value, issue.message, meant) }];
}

function unknownKey(key: string, known: readonly string[]): string {
  const shown = JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
  const meant = closest(key, known);
  return meant
    ? `unknown key ${shown} – did you mean "${meant}"?`
    : `unknown key ${shown}, expected one of ${known.join(', ')}`;
}

/** Value at a path of the raw document. */
export function valueAt(data: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<Step, unknown>)[step] : undefined,
    data,
  );
}

function knownKeys(schema: z.ZodType, path: readonly Step[]): string[] {
  const at = path.reduce<z.ZodType | undefined>(
    (inside, step) => inside && child(unwrap(inside), step),
    schema,
  );
  const mapping = at && unwrap(at);
  return mapping instanceof z.ZodObject ? Object.keys(mapping.shape) : [];
}

function child(schema: z.ZodType, step: Step): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(step)];
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return undefined;
}

/** The schema inside optional and default wrappers. */
export function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return unwrap(schema.unwrap() as z.ZodType);
  return schema;
}
