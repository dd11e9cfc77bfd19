/** Recognises how exports lie in a bucket, from the keys alone. Pure. */
import { addDays, type Day, endOfMonth, isDay } from '../../core/day.ts';
import type { BucketObject } from './types.ts';

/** The kinds that are told apart, with what people call them. */
export const LAYOUTS = {
  'data-exports': 'AWS Data Exports',
  dated: 'exports in folders of a period with a manifest (Azure, Cost and Usage Report)',
  plain: 'files without a manifest',
} as const;
export type Layout = keyof typeof LAYOUTS;

/** One export's files of one billing period. */
export interface ExportPart {
  /** Stable: where the export lies and its period. */
  readonly id: string;
  readonly layout: Layout;
  /** Folder of the export, empty or ending with a slash. */
  readonly root: string;
  /** Both included; undefined when the keys name no period. */
  readonly days: { readonly start: Day; readonly end: Day } | undefined;
  /** Lists the files. */
  readonly manifest: BucketObject | undefined;
  /** Of a plain layout: the files themselves. Of one that still waits for its manifest: what is there of it. */
  readonly files: readonly BucketObject[];
}

const EXPORT = /^(.*?)(?:metadata|data)\/BILLING_PERIOD=(\d{4}-\d{2})\/(?:.*\/)?([^/]+)$/i;
const DATED = /^(.*?)(\d{8})-(\d{8})\/(?:.*\/)?([^/]+)$/;
const MANIFEST = /manifest\.json$/i;
const DATA = /\.(csv|gz|parquet|zip)$/i;
/** A folder that AWS or Azure made for one run of an export. */
const RUN = /\/(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|\d{4}-\d{2}-\d{2}T[^/]*|\d{12,14})\//i;

interface Placed {
  readonly object: BucketObject;
  readonly layout: Layout;
  readonly root: string;
  readonly days: ExportPart['days'];
  readonly isManifest: boolean;
}

/** The parts under a prefix, newest period first, those without a period last. */
export function findExports(objects: readonly BucketObject[], prefix: string): ExportPart[] {
  const placed = objects
    .map((object) => place(object, prefix))
    .filter(({ object, isManifest }) => isManifest || (DATA.test(object.key) && object.size > 0));
  const managers = placed.filter(({ isManifest }) => isManifest);
  const managed = new Set(managers.map(({ root, layout }) => `${layout} ${root}`));
  const roots = [...new Set(managers.map(({ root }) => root))];
  const parts = new Map<string, Placed[]>();
  for (const one of placed) {
    const spokenFor = managed.has(`${one.layout} ${one.root}`);
    // What else lies in an export's folder is its manifests' to name: tables for Athena, copies, status files.
    if (!spokenFor && roots.some((root) => one.object.key.startsWith(root))) continue;
    // Files that no manifest speaks for belong together by their month, wherever they lie.
    const plain: Placed = spokenFor ? one : { ...one, layout: 'plain', root: prefix };
    const id = `${plain.root}|${plain.days ? `${plain.days.start}/${plain.days.end}` : ''}`;
    const members = parts.get(id);
    if (members) members.push(plain);
    else parts.set(id, [plain]);
  }
  return [...parts]
    .map(([id, members]): ExportPart => {
      const [first] = members;
      const files = members.filter(({ isManifest }) => !isManifest).map(({ object }) => object);
      return {
        id,
        layout: first?.layout ?? 'plain',
        root: first?.root ?? prefix,
        days: first?.days,
        manifest: newest(members.filter(({ isManifest }) => isManifest).map(({ object }) => object)),
        files: first?.layout === 'plain' ? newestRun(files) : files,
      };
    })
    .sort((a, b) => compare(b.days?.end ?? '', a.days?.end ?? '') || compare(a.id, b.id));
}

function place(object: BucketObject, prefix: string): Placed {
  const { key } = object;
  const [, root = '', month = '', name = ''] = EXPORT.exec(key) ?? [];
  if (month !== '' && isDay(`${month}-01`))
    return {
      object,
      layout: 'data-exports',
      root,
      days: monthOf(`${month}-01`),
      isManifest: MANIFEST.test(name),
    };
  const [, folder = '', from = '', to = '', file = ''] = DATED.exec(key) ?? [];
  const days = rangeOf(from, to);
  if (days) return { object, layout: 'dated', root: folder, days, isManifest: MANIFEST.test(file) };
  return {
    object,
    layout: 'plain',
    root: prefix,
    days: monthIn(key.slice(prefix.length)),
    isManifest: false,
  };
}

function monthOf(day: Day): { start: Day; end: Day } {
  return { start: `${day.slice(0, 7)}-01`, end: endOfMonth(day) };
}

/** "20261101", "20261130"; a Cost and Usage Report ends on the first day of the next month. */
function rangeOf(from: string, to: string): { start: Day; end: Day } | undefined {
  const [start, end] = [from, to].map((text) => text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  if (start === undefined || end === undefined || !isDay(start) || !isDay(end) || end < start)
    return undefined;
  return { start, end: end > start && end.endsWith('-01') ? addDays(end, -1) : end };
}

/** The first month that a key names: 2026-11, 2026/11, 202611, year=2026/month=11, also with a day behind it. */
function monthIn(key: string): { start: Day; end: Day } | undefined {
  const found = [
    ...key.matchAll(/(?<![0-9a-f])(?:year=)?(20\d{2})(?:[-_]|\/(?:month=)?|)(0?[1-9]|1[0-2])(?![0-9a-f])/gi),
    ...key.matchAll(/(?<![0-9a-f])(20\d{2})[-_/]?(0[1-9]|1[0-2])[-_/]?(?:0[1-9]|[12]\d|3[01])(?![0-9])/gi),
  ].sort((a, b) => a.index - b.index);
  const [first] = found;
  if (!first) return undefined;
  return monthOf(`${first[1]}-${(first[2] ?? '').padStart(2, '0')}-01`);
}

/** Runs of the same export repeat each other: the newest has it all. Files outside of runs stay. */
function newestRun(files: readonly BucketObject[]): BucketObject[] {
  const runs = new Map<string, BucketObject[]>();
  for (const file of files) {
    const run = RUN.exec(file.key);
    const id = run ? file.key.slice(0, run.index + run[0].length) : '';
    const members = runs.get(id);
    if (members) members.push(file);
    else runs.set(id, [file]);
  }
  const latest = new Map<string, { id: string; written: number }>();
  for (const [id, members] of runs) {
    const parent = id.slice(0, Math.max(0, id.slice(0, -1).lastIndexOf('/')));
    const written = members.reduce((latest, { modified }) => Math.max(latest, modified), 0);
    if (id === '' || written > (latest.get(parent)?.written ?? -1))
      latest.set(id === '' ? ' ' : parent, { id, written });
  }
  const kept = new Set([...latest.values()].map(({ id }) => id));
  return [...runs].filter(([id]) => kept.has(id)).flatMap(([, members]) => members);
}

function newest(objects: readonly BucketObject[]): BucketObject | undefined {
  return [...objects].sort((a, b) => b.modified - a.modified || compare(b.key, a.key))[0];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
