/** Finds the list of labels in a labels file, wherever in it the list is. */
import { AppError } from '../../core/errors.ts';
import { readCsv } from './read-rows.ts';

const LISTS = [
  'anomalies',
  'windows',
  'labels',
  'events',
  'incidents',
  'outliers',
  'annotations',
  'timestamps',
];

/** The labels of `file`: from JSON, or else from CSV with or without a line of names. Throws INVALID. */
export function labelItems(text: string, file: string): readonly unknown[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return [];
  if (!/^[[{"]/.test(trimmed)) return csvItems(trimmed);
  let parsed: unknown;
  try {
    parsed = JSON.parse(trimmed);
  } catch (cause) {
    if (trimmed.startsWith('"')) return csvItems(trimmed);
    throw new AppError('INVALID', 'The labels are not valid JSON.', { cause });
  }
  return itemsIn(parsed, file);
}

function itemsIn(value: unknown, file: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return [value];
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  const name = baseName(file);
  const lists = entries.filter(([, inner]) => typeof inner === 'object' && inner !== null);
  const under =
    lists.find(([key]) => baseName(key) === name) ??
    lists.find(([key]) => stemOf(baseName(key)) === stemOf(name)) ??
    lists.find(([key]) => LISTS.includes(key.toLowerCase()));
  if (under) return itemsIn(under[1], file);
  if (entries.some(([, inner]) => typeof inner !== 'object')) {
    // {"2026-11-20": 1, …}, or one label by itself.
    const flags = entries.every(([, inner]) => /^(0|1|true|false)$/.test(String(inner)));
    return flags ? entries : [value];
  }
  const [only] = entries;
  if (entries.length === 1 && only) return itemsIn(only[1], file);
  const keys = entries.slice(0, 5).map(([key]) => `"${key.slice(0, 40)}"`);
  throw new AppError('INVALID', `The labels have nothing for ${name}.`, {
    hint: `They have ${keys.join(', ')}${entries.length > 5 ? ` and ${entries.length - 5} more` : ''}.`,
  });
}

/** Lines of one time, of a time and 0 or 1, or of a start and an end; or with names over them. */
function csvItems(text: string): readonly unknown[] {
  const [first, ...rest] = readCsv(text, 'The labels file').map(({ record }) => record);
  if (!first) return [];
  const named = first.every((cell) => /^[a-z_ ]+$/i.test(cell.trim()));
  if (!named) return [first, ...rest];
  return rest.map((record) => Object.fromEntries(first.map((key, column) => [key, record[column] ?? ''])));
}

function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function stemOf(name: string): string {
  return name.replace(/\.[^.]+$/, '');
}
