/** Finds the files of one period by its manifest, or says why the period has to wait. */
import type { Bucket } from './bucket.ts';
import type { ExportPart } from './layout.ts';
import { Manifest, type NamedFile } from './schema.ts';
import { type BucketObject, ChangedError } from './types.ts';

export type Resolved =
  | { readonly files: readonly BucketObject[]; readonly written: number; readonly waits?: undefined }
  | { readonly waits: string };

/** A refresh that rewrites files before its manifest takes minutes; after this the order of writing was another one. */
const REFRESH_MS = 3 * 3_600_000;

/** Reads the manifest. Nothing is imported of a period whose files are not all there, or are being rewritten. */
export async function resolvePart(
  bucket: Bucket,
  part: ExportPart,
  objects: ReadonlyMap<string, BucketObject>,
  now: number,
): Promise<Resolved> {
  const { manifest } = part;
  if (!manifest) {
    if (part.layout !== 'plain') return { waits: 'its manifest is not there yet' };
    return { files: part.files, written: newestOf(part.files) };
  }
  const named = await readManifest(bucket, manifest);
  if (typeof named === 'string') return { waits: named };
  const files = new Set<BucketObject>();
  for (const file of named) {
    if (file.rows === 0) continue;
    const found = findNamed(file.name, part.root, objects);
    if (!found) return { waits: `its manifest names ${shown(file.name)}, which is not there yet` };
    // Long after both were written the manifest counts something else, such as the bytes before packing.
    const fresh = now - Math.max(found.modified, manifest.modified) < REFRESH_MS;
    if (fresh && file.size !== undefined && file.size !== found.size)
      return { waits: `${found.key} has ${found.size} bytes, its manifest says ${file.size}` };
    if (found.size > 0) files.add(found);
  }
  if (files.size === 0) return { waits: 'its manifest names no file with charges' };
  const written = newestOf([...files]);
  if (written > manifest.modified && now - written < REFRESH_MS)
    return { waits: 'its files are newer than its manifest: they are being written' };
  return { files: [...files], written: Math.max(written, manifest.modified) };
}

async function readManifest(bucket: Bucket, manifest: BucketObject): Promise<readonly NamedFile[] | string> {
  try {
    return Manifest.parse(JSON.parse(await bucket.text(manifest)));
  } catch (error) {
    if (error instanceof ChangedError) return 'its manifest is being written';
    if (error instanceof SyntaxError) return `its manifest ${manifest.key} is no JSON (half written?)`;
    if (error instanceof Error && error.name === 'ZodError')
      return `its manifest ${manifest.key} lists no files (dataFiles, reportKeys or blobs were expected)`;
    throw error;
  }
}

/** By key; an export that was copied elsewhere with its manifest is found by the path below its folder. */
function findNamed(
  name: string,
  root: string,
  objects: ReadonlyMap<string, BucketObject>,
): BucketObject | undefined {
  const key = name.replace(/^(?:s3|gs|https?):\/\/[^/]+\//, '').replace(/^\/+/, '');
  const exact = objects.get(key);
  if (exact) return exact;
  const folder = root.split('/').at(-2);
  const at = folder === undefined ? -1 : `/${key}`.indexOf(`/${folder}/`);
  return at < 0 ? undefined : objects.get(`${root}${key.slice(at + `${folder}/`.length)}`);
}

function newestOf(objects: readonly BucketObject[]): number {
  return objects.reduce((latest, { modified }) => Math.max(latest, modified), 0);
}

function shown(name: string): string {
  const plain = name.replace(/\p{Cc}/gu, '�');
  return plain.length > 200 ? `…${plain.slice(-200)}` : plain;
}
