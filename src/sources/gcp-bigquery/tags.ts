/** Labels of a row, from the JSON texts that the queries give. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';

const Pairs = z.array(z.looseObject({ key: z.string(), value: z.string().nullable() }));
/** FOCUS: a mapping; values may be absent for tags that are keys only. */
const Mapping = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Kept keys of all texts, the first text that has a key deciding. Throws UPSTREAM when one is not a set of labels. */
export function tagsOf(
  texts: readonly (string | null | undefined)[],
  kept: ReadonlySet<string>,
): Record<string, string> {
  const tags = new Map<string, string>();
  for (const [key, value] of texts.flatMap(pairs)) if (kept.has(key) && !tags.has(key)) tags.set(key, value);
  // From entries: a label named __proto__ is a label.
  return Object.fromEntries(tags);
}

function pairs(text: string | null | undefined): [string, string][] {
  if (text === null || text === undefined || text.trim() === '') return [];
  const value = json(text);
  if (value === null) return [];
  const list = Pairs.safeParse(value);
  if (list.success) return list.data.map((pair) => [pair.key, pair.value ?? '']);
  const mapping = Mapping.safeParse(value);
  if (mapping.success)
    return Object.entries(mapping.data).map(([key, inside]) => [key, inside === null ? '' : String(inside)]);
  throw unreadable();
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable();
  }
}

function unreadable(): AppError {
  return new AppError('UPSTREAM', 'The tags of a row in BigQuery are not JSON of keys and values.', {
    hint: 'If the table is a view of yours, let its Tags be JSON or repeated records of key and value.',
  });
}
