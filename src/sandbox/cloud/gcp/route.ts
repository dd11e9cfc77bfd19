/** One method of one of Google's APIs, as the stand-in answers it. */
import type { GoogleApi } from './refusal.ts';
import type { Json } from './types.ts';

export interface Route {
  readonly api: GoogleApi;
  readonly method: 'GET' | 'POST';
  /** Of the whole path; its named groups go to `answer`. */
  readonly path: RegExp;
  /** "compute.instances.stop" */
  readonly operation: string;
  /** What the caller must have been granted. */
  readonly permission: string;
  readonly write: boolean;
  /** Throws Refusal. */
  answer(request: RouteRequest): Json;
}

export interface RouteRequest {
  /** Named groups of the path, decoded. */
  readonly at: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
}
