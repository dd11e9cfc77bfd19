/** Live sources: checks each entry by its kind's own schema, and fills in what the kind says. */
import type { ZodType } from 'zod';
import type { SourceSettings } from '../core/settings.ts';
import { sources } from '../sources/registry.ts';
import { closest } from './closest.ts';
import type { Part } from './draft.ts';
import { mismatch } from './problem.ts';
import { type Place, repeated } from './repeated.ts';
import type { PennywatchYaml } from './schema.ts';
import { sourceShape } from './schema-sources.ts';
import { explainIssue, type Finding } from './shape.ts';

const COMMON = Object.keys(sourceShape);

export function checkSources(root: Part, place: Place): Finding[] {
  const entries = root.list('sources');
  return [
    ...repeated(
      entries.flatMap((entry) => entry.said('name') ?? entry.said('kind') ?? []),
      'source',
      place,
    ),
    ...entries.flatMap(checkOwn),
  ];
}

function checkOwn(entry: Part): Finding[] {
  const kind = entry.said('kind');
  if (!kind) return [];
  const source = sources.find(({ id }) => id === kind.text);
  if (!source) {
    const ids = sources.map(({ id }) => id);
    return [
      { path: kind.path, message: mismatch(kind.text, `one of ${ids.join(', ')}`, closest(kind.text, ids)) },
    ];
  }
  const own = ownKeys(Object.fromEntries(entry.keys().map((key) => [key, entry.raw(key)])));
  const parsed = source.settings.safeParse(own);
  if (parsed.success) return [];
  const schema = source.settings as ZodType;
  return parsed.error.issues
    .flatMap((issue) => explainIssue(issue, own, schema, COMMON))
    .map(({ path, message }) => ({ path: [...entry.path, ...path], message }));
}

/** The entry without the keys that every source has. */
function ownKeys(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !COMMON.includes(key)));
}

/** Expects an entry in which no check found anything. */
export function toSource(entry: PennywatchYaml['sources'][number]): SourceSettings {
  const found = sources.find(({ id }) => id === entry.kind);
  if (!found) throw new Error(`${entry.kind} is no source.`);
  return {
    ...defaultSource(found.id),
    ...(entry.name !== undefined && { name: entry.name }),
    ...(entry.schedule !== undefined && { schedule: entry.schedule }),
    ...(entry.historyMonths !== undefined && { historyMonths: entry.historyMonths }),
    ...(entry.trailingDays !== undefined && { trailingDays: entry.trailingDays }),
    ...(entry.lagDays !== undefined && { lagDays: entry.lagDays }),
    ...(entry.requestsPerDay !== undefined && { requestsPerDay: entry.requestsPerDay }),
    options: ownKeys(entry),
  };
}

/** A source of this kind as it is without an entry in pennywatch.yaml. Throws Error for an unknown kind. */
export function defaultSource(kind: string): SourceSettings {
  const found = sources.find(({ id }) => id === kind);
  if (!found) throw new Error(`${kind} is no source.`);
  const { schedule, historyMonths, trailingDays, lagDays, requestsPerDay } = found.about;
  return {
    name: kind,
    kind,
    schedule,
    historyMonths,
    trailingDays,
    lagDays,
    ...(requestsPerDay !== undefined && { requestsPerDay }),
    options: {},
  };
}
