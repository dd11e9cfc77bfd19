/** Downloads the periods that changed, newest first, and hands each out as one batch. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, type Day, daysBetween, earlier, msToDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { FetchRequest, FileBatch, NothingBatch } from '../types.ts';
import { makeWorkDir } from '../work-dir.ts';
import { type Bucket, fingerprint, openBucket } from './bucket.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type ExportPart, findExports } from './layout.ts';
import { type Resolved, resolvePart } from './resolve.ts';
import { hasRows } from './rows.ts';
import type { FocusBucketSettings } from './settings.ts';
import { type BucketObject, ChangedError } from './types.ts';

const DOWNLOADS = 4;

/**
 * One FileBatch per changed period that overlaps the window. A period that cannot be read whole is left for the next
 * poll and told in a warning and in the log. Throws UPSTREAM when nothing at all is there.
 */
export async function* fetchExports(
  settings: FocusBucketSettings,
  request: FetchRequest,
): AsyncGenerator<FileBatch | NothingBatch> {
  const { location } = settings;
  const bucket = await openBucket(settings, request);
  const objects = new Map<string, BucketObject>();
  for await (const page of bucket.pages()) for (const object of page) objects.set(object.key, object);
  const parts = findExports([...objects.values()], location.prefix);
  if (parts.length === 0) throw nothing(location.shown, objects.size);
  const done = readCursor(request.cursor, location.shown);
  const warnings: string[] = [];
  const wait = (part: ExportPart, why: string) => {
    const said = `${nameOf(bucket, part)} waits for the next poll: ${why}.`;
    warnings.push(said);
    request.log('a period of an export waits', { period: part.days?.start, why });
  };
  for (const part of parts.filter((one) => overlaps(one, request.window))) {
    request.signal.throwIfAborted();
    const found = await resolvePart(bucket, part, objects, request.now());
    if (found.waits !== undefined) {
      wait(part, found.waits);
      continue;
    }
    const print = fingerprint(found.files);
    if (done.get(part.id) === print) continue;
    const folder = await makeWorkDir();
    const close = () => rm(folder, { recursive: true, force: true });
    try {
      const files = await download(bucket, found.files, folder);
      if (files === 'changed') {
        wait(part, 'its files were written anew while they were read');
        continue;
      }
      if (files.length === 0) {
        wait(part, 'its files have a header and no charges');
        continue;
      }
      done.set(part.id, print);
      yield {
        kind: 'files',
        files,
        origin: nameOf(bucket, part),
        cursor: writeCursor(done, location.shown),
        completeThrough: completeThrough(part, found, request),
        warnings: warnings.splice(0),
        close,
      };
    } finally {
      await close();
    }
  }
  if (warnings.length > 0) yield { kind: 'nothing', warnings };
}

function overlaps({ days }: ExportPart, window: { start: Day; end: Day }): boolean {
  return days === undefined || (days.start <= window.end && days.end >= window.start);
}

/** A few at a time; paths of all that have rows, in the manifest's order. */
async function download(
  bucket: Bucket,
  objects: readonly BucketObject[],
  folder: string,
): Promise<string[] | 'changed'> {
  const paths = objects.map((object, index) => join(folder, fileName(object.key, index)));
  const queue = objects.entries();
  let stopped = false;
  const work = async () => {
    for (const [index, object] of queue) {
      if (stopped) return;
      try {
        await bucket.download(object, paths[index] ?? '');
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: DOWNLOADS }, work));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed?.reason instanceof ChangedError) return 'changed';
  if (failed) throw failed.reason;
  const kept = await Promise.all(paths.map(hasRows));
  return paths.filter((_, index) => kept[index]);
}

/** A name of our own: what a key says is no path. Its last part is kept so that people know the file again. */
function fileName(key: string, index: number): string {
  const last = (key.split('/').at(-1) ?? '').replace(/[^A-Za-z0-9._-]+/g, '_').slice(-80);
  return `${String(index + 1).padStart(5, '0')}-${last}`;
}

/** A file written on the 20th is complete through the 18th when the lag is two days; no longer than its period. */
function completeThrough(
  { days }: ExportPart,
  { written }: Exclude<Resolved, { waits: string }>,
  request: FetchRequest,
): Day {
  const lag = Math.max(0, daysBetween(request.completeThrough, request.today));
  const known = earlier(addDays(msToDay(written), -lag), request.completeThrough);
  return days ? earlier(days.end, known) : known;
}

function nameOf(bucket: Bucket, { root, days, manifest, files }: ExportPart): string {
  const period = days ? days.start.slice(0, 7) : `${files.length} files`;
  return `${bucket.origin(manifest || files.length === 0 ? root : folderOf(files))} (${period})`;
}

/** The folder that all files have in common. */
function folderOf(files: readonly BucketObject[]): string {
  const keys = files.map(({ key }) => key).sort();
  const [first = '', last = ''] = [keys[0], keys.at(-1)];
  let same = 0;
  while (same < first.length && first[same] === last[same]) same++;
  return first.slice(0, first.lastIndexOf('/', same) + 1);
}

function nothing(shown: string, objects: number): AppError {
  return new AppError(
    'UPSTREAM',
    objects === 0
      ? `There is nothing under ${shown}.`
      : `There are no exports under ${shown}: none of its ${objects} objects is a CSV or Parquet file or a manifest.`,
    { hint: 'Check location. The first delivery of a new export takes up to a day.' },
  );
}
