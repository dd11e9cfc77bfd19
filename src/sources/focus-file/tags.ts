/** Reads the ways bills write tags; keys and values are kept exactly as billed. */
export interface ParsedTags {
  /** Canonical JSON object: keys sorted, values as text. "{}" when there are none. */
  readonly json: string;
  /** False when the text is no kind of tags: the charge is kept, without tags. */
  readonly ok: boolean;
}

export const NO_TAGS = '{}';

/**
 * Parses a JSON object, a JSON list of {key, value} (also Key/Value, name/value), or an object without its
 * braces (`"k": "v","k2": "v2"`). Numbers keep their digits, nested values become JSON text, null becomes "".
 */
export function parseTags(text: string | null): ParsedTags {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return { json: NO_TAGS, ok: true };
  const value = parseJson(trimmed) ?? parseJson(`{${trimmed}}`);
  const entries = value === undefined ? undefined : entriesOf(value);
  if (!entries) return { json: NO_TAGS, ok: trimmed === 'null' };
  return { json: canonicalTags(new Map(entries.map(([key, tag]) => [key, asText(tag)]))), ok: true };
}

/** The canonical JSON text of a set of tags. */
export function canonicalTags(tags: ReadonlyMap<string, string>): string {
  const keys = [...tags.keys()].sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(tags.get(key))}`).join(',')}}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(quoteNumbers(text));
  } catch {
    return undefined;
  }
}

/** Numbers become strings of the same digits: an account number must not lose its last ones. */
function quoteNumbers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (Array.isArray(value)) {
    const pairs = value.map(pairOf);
    return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
  }
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

function pairOf(item: unknown): [string, unknown] | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const fields = new Map(Object.entries(item).map(([name, field]) => [name.toLowerCase(), field]));
  const key = fields.get('key') ?? fields.get('name');
  return typeof key === 'string' ? [key, fields.get('value') ?? null] : undefined;
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
