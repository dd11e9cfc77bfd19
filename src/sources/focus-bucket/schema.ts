/** What the three stores and the manifests answer: only the fields that are read, a missing one is an error. */
import * as z from 'zod';
import { TransientError } from '../retry.ts';

const Bytes = z.coerce.number().int().nonnegative();

/** ListObjectsV2, as the SDK hands it out. */
export const S3Page = z.object({
  EncodingType: z.string().optional(),
  IsTruncated: z.boolean(),
  NextContinuationToken: z.string().optional(),
  Contents: z
    .array(z.object({ Key: z.string(), Size: Bytes, ETag: z.string(), LastModified: z.date() }))
    .default([]),
});

/** objects.list of Cloud Storage's JSON API. */
export const GcsPage = z.object({
  nextPageToken: z.string().optional(),
  items: z
    .array(
      z.object({
        name: z.string(),
        size: Bytes,
        generation: z.coerce.string(),
        updated: z.coerce.date(),
        md5Hash: z.string().optional(),
        crc32c: z.string().optional(),
      }),
    )
    .default([]),
});

/** One page of List Blobs, as the SDK hands it out. */
export const AzurePage = z.object({
  continuationToken: z.string().optional(),
  segment: z.object({
    blobItems: z.array(
      z.object({
        name: z.string(),
        properties: z.object({
          contentLength: Bytes,
          etag: z.string(),
          lastModified: z.date(),
          contentMD5: z.instanceof(Uint8Array).optional(),
        }),
      }),
    ),
  }),
});

/** The page, checked. Throws TransientError: half an answer is no listing either, and the next one may be whole. */
export function listing<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new TransientError('the answer is no listing of objects');
}

/** A file that a manifest names. */
export interface NamedFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly rows: number | undefined;
}

const named = (name: string): NamedFile => ({ name, size: undefined, rows: undefined });

/** Data Exports name `dataFiles`, Cost and Usage Reports `reportKeys`, Azure `blobs`: all become a list of files. */
export const Manifest = z.union([
  z.object({ dataFiles: z.array(z.string()) }).transform(({ dataFiles }) => dataFiles.map(named)),
  z.object({ reportKeys: z.array(z.string()) }).transform(({ reportKeys }) => reportKeys.map(named)),
  z
    .object({
      blobs: z.array(
        z.object({
          blobName: z.string(),
          byteCount: Bytes.nullish(),
          dataRowCount: z.coerce.number().nullish(),
        }),
      ),
    })
    .transform(({ blobs }) =>
      blobs.map(
        ({ blobName, byteCount, dataRowCount }): NamedFile => ({
          name: blobName,
          size: byteCount ?? undefined,
          rows: dataRowCount ?? undefined,
        }),
      ),
    ),
]);
