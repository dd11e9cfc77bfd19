/** Finds the list of labels in a labels file, wherever in it the list is. */
import { AppError } from '../../core/errors.ts';
import { bareKey, pickFrom } from './label-words.ts';
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
/** Fields of a label that name its series, where labels of many lie in one list. */
const SERIES = ['series', 'file', 'filename', 'seriesid', 'seriesname', 'csv', 'id', 'name'];
/** Lists side by side: {"timestamp": […], "label": […]}. */
const COLUMNS = /^(timestamp|time|date|ds|datetime|start|from|begin)s?$/;
const BESIDE = /^(label|isanomaly|anomaly|anomalous|isoutlier|outlier|y|end|to|until)s?$/;
/** Lists by what kind of incident is in them. */
const KIND =
  /^(spike|step|ramp|runaway|drop|rate|level|shift|trend|point|collective|contextual|burst|surge|jump|dip|drift)/;

/** The labels of `file`: from JSON, or else from CSV with or without a line of names. Throws INVALID. */
export function labelItems(text: string, file: string): readonly unknown[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return [];
  if (!/^[[{"]/.test(trimmed)) return csvItems(trimmed);
  try {
    return itemsIn(JSON.parse(trimmed), file);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (trimmed.startsWith('"')) return csvItems(trimmed);
    return itemsIn(linesOf(trimmed, cause), file);
  }
}

/** JSON lines: one label a line. */
function linesOf(text: string, cause: unknown): unknown[] {
  try {
    return text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as unknown);
  } catch {
    throw new AppError('INVALID', 'The labels are not valid JSON.', { cause });
  }
}

function itemsIn(value: unknown, file: string): readonly unknown[] {
  if (Array.isArray(value)) return ofSeries(value, file);
  if (value === null) return [];
  if (typeof value !== 'object') return [value];
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  const lists = entries.flatMap(([key, inner]) =>
    Array.isArray(inner) ? [[bareKey(key), inner] as const] : [],
  );
  const side = lists.find(([key]) => COLUMNS.test(key))?.[1];
  const beside = lists.find(([key, list]) => BESIDE.test(key) && list.length === side?.length)?.[1];
  if (side && beside) return side.map((time: unknown, row) => [time, beside[row] as unknown]);
  if (lists.length === entries.length && lists.every(([key]) => KIND.test(key)))
    return lists.flatMap(([, list]) => list as unknown[]);
  const name = baseName(file);
  const nested = entries.filter(([, inner]) => typeof inner === 'object' && inner !== null);
  const under =
    nested.find(([key]) => baseName(key) === name) ??
    nested.find(([key]) => stemOf(baseName(key)) === stemOf(name)) ??
    nested.find(([key]) => LISTS.includes(key.toLowerCase()));
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

/** Of labels that name their series those of this one, when there are any. */
function ofSeries(items: readonly unknown[], file: string): readonly unknown[] {
  const stem = stemOf(baseName(file));
  const own = items.filter(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      SERIES.some((name) => stemOf(baseName(String(pickFrom(item)([name]) ?? ''))) === stem),
  );
  return own.length > 0 ? own : items;
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
