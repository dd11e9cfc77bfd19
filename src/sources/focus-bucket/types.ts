/** The port of the three object stores: pages of objects, and one object's bytes. */
import type { Readable } from 'node:stream';

export interface BucketObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Equal for equal content (MD5, ETag), whenever it was written. */
  readonly content: string;
  /** Names what was listed, so that an object that is written anew meanwhile is told. */
  readonly version: string;
  /** When it was written, milliseconds since the epoch. */
  readonly modified: number;
}

export interface ObjectPage {
  readonly objects: readonly BucketObject[];
  /** Where the next page starts; absent on the last one. */
  readonly next: string | undefined;
}

/** One vendor's API, one request per call; errors are the vendor's own. */
export interface BucketClient {
  /** For errors: "Amazon S3". */
  readonly vendor: string;
  page(prefix: string, token: string | undefined, signal: AbortSignal): Promise<ObjectPage>;
  /** Fails when the object is no longer the listed version. */
  open(object: BucketObject, signal: AbortSignal): Promise<Readable>;
  /** What an error of this API means. */
  refusal(error: unknown): Refusal;
}

/** An error in vendor-neutral words. */
export interface Refusal {
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** The vendor's own code, "AccessDenied". */
  readonly code: string;
  readonly message: string;
  /** Milliseconds to wait. */
  readonly retryAfter?: number | undefined;
  /** What to do about it, where the vendor's error says more than its status. */
  readonly hint?: string | undefined;
  /** What is wrong on our side, in place of the vendor's words: nothing was sent. */
  readonly ours?: string | undefined;
}

/** The object was written anew or removed since it was listed. */
export class ChangedError extends Error {
  override readonly name = 'ChangedError';
}
